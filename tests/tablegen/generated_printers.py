"""The C++ printers that mlir-tblgen generates from assembly formats, run as Python.

Their code is a few kinds of lines: `odsPrinter << "text";`, `if (...) {`, `printStrippedAttrOrType(getX())`.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.upstream.sources import INCLUDES, MLIR_TBLGEN

Printer = Callable[[Mapping[str, str]], str]


class Format(NamedTuple):
    """An assembly format; the parameters in it are `aN` (required), `oN` (optional) and `dN` (with the default 7).

    `declared` are those that the directive `params` stands for.
    """

    text: str
    declared: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters, in order."""
        return tuple(dict.fromkeys([*self.declared.split(), *re.findall(r"\$(\w+)", self.text)]))

    @property
    def optional(self) -> tuple[str, ...]:
        """Those that may be missing."""
        return tuple(name for name in self.parameters if name[0] in "od")


_HEAD = """\
include "mlir/IR/AttrTypeBase.td"
def Dialect_ : Dialect { let name = "d"; let cppNamespace = "::d"; }
"""
_KINDS = {
    "a": '"int":${}',
    "o": 'OptionalParameter<"Attribute">:${}',
    "d": 'DefaultValuedParameter<"int", "7">:${}',
}


def _source(formats: Sequence[Format]) -> str:
    parts = [_HEAD]
    for index, form in enumerate(formats):
        text = form.text.replace("\\", "\\\\")
        declared = ", ".join(_KINDS[name[0]].format(name) for name in form.parameters)
        parts.append(
            f'def A{index} : AttrDef<Dialect_, "A{index}"> {{ let mnemonic = "a{index}"; '
            f'let parameters = (ins {declared}); let assemblyFormat = "{text}"; }}'
        )
    return "\n".join(parts)


_IS_SET = re.compile(r"!\(get(\w+)\(\) == (?:Attribute\(\)|7)\)")
_VALUE = re.compile(r"odsPrinter(?:\.printStrippedAttrOrType\(get(\w+)\(\)\)| << get(\w+)\(\))")


def _condition(cpp: str) -> str:
    python = _IS_SET.sub(lambda match: f"({match[1].lower()!r} in given)", cpp)
    return python.replace("||", "or").replace("&&", "and").replace("!", "not ")


def _statement(cpp: str) -> str:
    """One line of C++ that prints, as Python."""
    if match := _VALUE.fullmatch(cpp):
        return f"out.append(given.get({(match[1] or match[2]).lower()!r}, '<missing>'))"
    if cpp == "odsPrinter.printNewline()":
        return "out.append('\\n')"
    if cpp.startswith("odsPrinter << "):
        texts = re.findall(r""" << (?:"([^"]*)"|'([^']*)')""", cpp)
        return f"out.append({''.join(a or b for a, b in texts)!r})"
    if cpp in ("bool _firstPrinted = true", "_firstPrinted = false"):
        return f"first = {cpp.endswith('true')}"
    raise AssertionError(f"mlir-tblgen printed a line of a new kind: {cpp}")


def _python(body: str) -> Printer:
    """The body of a C++ `print` as a function from the parameters that are set to the text."""
    lines, depth = ["def printer(given):", "  out = []"], 1
    for line in map(str.strip, body.splitlines()):
        pad = "  " * depth
        if line == "} else {":
            lines += [f"{pad}pass", f"{'  ' * (depth - 1)}else:"]
        elif line == "}":
            lines.append(f"{pad}pass")
            depth -= 1
        elif line == "{":
            lines.append(f"{pad}if True:")
            depth += 1
        elif match := re.fullmatch(r"if \((.*)\) \{", line):
            lines.append(f"{pad}if {_condition(match[1])}:")
            depth += 1
        elif match := re.fullmatch(r"if \(!_firstPrinted\) (.*);+", line):
            lines.append(f"{pad}if not first: {_statement(match[1])}")
        elif line and not line.startswith("::mlir::Builder"):
            lines.append(f"{pad}{_statement(line.rstrip(';'))}")
    space: dict[str, Printer] = {}
    exec("\n".join([*lines, "  return ''.join(out)"]), space)
    return space["printer"]


def printers(formats: Sequence[Format], folder: Path) -> list[Printer]:
    """The printer that mlir-tblgen generates from each format."""
    source = folder / "formats.td"
    source.write_text(_source(formats), encoding="utf-8")
    options = [word for include in INCLUDES for word in ("-I", str(include))]
    run = subprocess.run(
        [str(MLIR_TBLGEN), "-gen-attrdef-defs", str(source), *options], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    found = []
    for index in range(len(formats)):
        match = re.search(
            rf"void A{index}Attr::print\(.*?\) const \{{\n(.*?)^\}}$", run.stdout, re.DOTALL | re.MULTILINE
        )
        assert match is not None, f"no printer of {formats[index]}"
        found.append(_python(match[1]))
    return found
