"""Assembly formats print as the C++ that mlir-tblgen generates from them does, and read back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from opspec.notation.assembly import AssemblyFormat
from tests.tablegen.generated_printers import Format, printers
from tests.upstream.sources import needs_mlir_tblgen

pytestmark = needs_mlir_tblgen

WRITTEN = [
    Format("`<` $a0 `>`"),
    Format("$a0"),
    Format("`<` $a0 (`,` `lower` `=` $o0^)? (`,` `upper` `=` $d0^)? `>`"),
    Format("`<` (`x` `=` $o0^)? (`,` `y` `=` $o1^)? `>`"),
    Format("`<` ($o0^ `:`)? $a0 `>`"),
    Format("`<` params `>`", "a0 o0 o1 d0"),
    Format("`<` struct(params) `>`", "a0 o0 d0"),
    Format("params", "a0 a1"),
    Format("`x` params", "o0 d0"),
    Format("(`[` struct($o0,$d0)^ `]`) : (`none` $o1)?"),
    Format("(`plain`) : (`[` $o0^ `]`)?"),
    Format("`<` $a0 `` `x` ` ` `y` `\\n` qualified($a1) `->` $a2 `>`"),
    Format("`{` $a0 `}` `=` `[` $a1 `]` `:` `(` $a2 `)`"),
    Format("`<` $a0 `,` (`_x` $o0^ `,` $d0)? $a1 `>`"),
    Format("`<` (`(` params^ `)`)? `>`", "o0 o1"),
    Format("`<` $a0 `:` `:` $a1 `?` `*` `+` `>`"),
    Format("`<` `>`", ""),
]
MARKS = ["<", ">", "(", ")", "[", "]", "{", "}", ",", ":", "=", "->", "?", "*", "+", "word", "_x", "a.b"]


def _random(random: Random) -> Format:
    """A format with literals, spaces, parameters and groups in any order."""
    elements: list[str] = []
    for index in range(random.randrange(1, 7)):
        literal = f"`{random.choice(MARKS)}`"
        kind = random.randrange(6)
        if kind == 0:
            elements.append(f"$a{index}")
        elif kind == 1:
            elements.append(random.choice(["``", "` `", "`\\n`"]))
        elif kind == 2:
            inner = [literal, *[f"`{random.choice(MARKS)}`"] * random.randrange(2), f"${random.choice('od')}{index}^"]
            inner += [f"`{random.choice(MARKS)}`"] * random.randrange(2)
            otherwise = f" : (`{random.choice(MARKS)}`)" if random.randrange(3) == 0 else ""
            elements.append(f"({' '.join(inner)}){otherwise}?")
        else:
            elements.append(literal)
    return Format(" ".join(elements))


def _present(form: Format) -> Iterator[dict[str, str]]:
    """Every way in which optional parameters are there or not."""
    values = {name: f"{name}v" for name in form.parameters}
    for count in range(len(form.optional) + 1):
        for missing in itertools.combinations(form.optional, count):
            yield {name: value for name, value in values.items() if name not in missing}


def _compare(formats: list[Format], folder: Path) -> int:
    compared = 0
    for form, printer in zip(formats, printers(formats, folder), strict=True):
        ours = AssemblyFormat(form.text, form.parameters, form.optional)
        for present in _present(form):
            assert ours.print(present) == printer(present), (form.text, present)
            compared += 1
    return compared


def test_formats_of_every_form(tmp_path: Path) -> None:
    assert _compare(WRITTEN, tmp_path) > 50


@pytest.mark.parametrize("seed", range(3))
def test_random_formats(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    assert _compare([_random(random) for _ in range(150)], tmp_path) > 200


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.text)
def test_what_is_printed_reads_back(form: Format) -> None:
    ours = AssemblyFormat(form.text, form.parameters, form.optional)
    for present in _present(form):
        text = ours.print(present)
        found = ours.parse(text, lambda name, value: value == f"{name}v")
        assert found == {name: value for name, value in present.items() if value in text}
