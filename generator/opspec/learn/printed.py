"""What a draft is printed as in its dialect's own format, taken apart: tokens, in which operands have their names."""

from __future__ import annotations

import re
from dataclasses import field

from opspec.dataclass import dataclass
from opspec.learn.segments import sizes_of
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import NamedValue, Operation
from opspec.probe.drafts import Draft

__all__ = ["Printed", "places_of", "printed_line", "read_printed", "without_locations"]

_LOCATION = re.compile(r"\bloc\(.*?\)")
_WORD = re.compile(r"[A-Za-z_]\w*")
_REGION = re.compile(r"\{\n.*?\n {4}\}", re.DOTALL)
_END = re.compile(r"\n {4}(?:func\.)?return\b|\n {2}\}")
_OPERAND = re.compile(r"%arg(\d+)")
_TOKEN = r'"(?:[^"\\]|\\.)*"|->|::|[%#!@][\w.$#:]+|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_$][\w.$]*|\S'


@dataclass(frozen=True, slots=True)
class Printed:
    """A draft, the tokens it is printed as behind its name, and the types of what each operand and result stands for.

    A token `$name.0` is the first value of the operand `name`, `$name` a region.
    """

    draft: Draft
    tokens: tuple[str, ...]
    types: dict[str, tuple[str, ...]] = field(compare=False)

    def type_at(self, place: tuple[str, int]) -> str | None:
        """The type of a value of an operand or result; None where it stands for fewer."""
        found = self.types.get(place[0], ())
        return found[place[1]] if place[1] < len(found) else None


def without_locations(text: str) -> str:
    """What is printed, without locations."""
    return _LOCATION.sub("", text)


def printed_line(text: str, name: str) -> str:
    """The line that begins with the operation of a draft, without results; empty where it has no format of its own."""
    for line in without_locations(text).splitlines():
        before, found, after = line.partition(name)
        if found and (not before.strip() or before.rstrip().endswith("=")) and not _WORD.match(after):
            line = " ".join(f"{name}{after}".split())
            return f"{line} .. }}" if line.endswith("{") else line
    return ""


def places_of(operation: Operation, draft: Draft, part: str) -> dict[str, range] | None:
    """Where in a draft the values of each operand or result stand; None where that cannot be told."""
    declared = operation.operands if part == "operands" else operation.results
    total = len(draft.types_of(part))
    sizes = sizes_of(draft, part) or _sizes(declared, total)
    if sizes is None or len(sizes) != len(declared) or sum(sizes) != total:
        return None
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    return {named.name: range(start, start + size) for named, start, size in zip(declared, starts, sizes, strict=True)}


def _sizes(declared: tuple[NamedValue, ...], total: int) -> list[int] | None:
    several = [named for named in declared if named.value.multiplicity is not Multiplicity.ONE]
    free = total - (len(declared) - len(several))
    if len(several) > 1 or free < 0:
        return None
    return [1 if named.value.multiplicity is Multiplicity.ONE else free for named in declared]


def read_printed(operation: Operation, draft: Draft, text: str) -> Printed | None:
    """What is printed for the draft; None where it is printed in generic form, or its parts cannot be told apart."""
    operands, results = places_of(operation, draft, "operands"), places_of(operation, draft, "results")
    begin = re.search(rf"(?m)^ *(?:%[^=\n]* = )?{re.escape(draft.name)}(?![\w.])", text)
    if operands is None or results is None or begin is None or draft.parents:
        return None
    end = _END.search(text, begin.end())
    body, count = _REGION.subn(" $$region ", without_locations(text[begin.end() : end.start() if end else len(text)]))
    if count != len(draft.regions):
        return None
    names = {f"%arg{index}": f"${name}.{i}" for name, places in operands.items() for i, index in enumerate(places)}
    types = {name: tuple(draft.operands[index] for index in places) for name, places in operands.items()}
    types |= {name: tuple(draft.results[index] for index in places) for name, places in results.items()}
    written = {one: one for each in types.values() for one in each}
    # a type of a dialect is written without its name where an operand can only be of that
    written |= {one[one.index("<") :]: one for one in written if one.startswith("!") and one.endswith(">")}
    known = sorted(written, key=len, reverse=True)
    pattern = re.compile("|".join([*(rf"{re.escape(one)}(?![\w<.])" for one in known), r"\$\$region", _TOKEN]))
    regions = iter(operation.regions)
    tokens = (f"${next(regions).name}" if each == "$$region" else each for each in pattern.findall(body))
    return Printed(draft, tuple(names.get(each, written.get(each, each)) for each in tokens), types)
