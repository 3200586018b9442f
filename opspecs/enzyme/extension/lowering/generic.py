"""Enzyme's own syntax, made readable for every host.

Enzyme prints the operations that are left of its dialect as their assembly formats say: `enzyme.fill_zero %0 :
memref<4xf64>`. A host that does not have the dialect reads operations in MLIR's generic form only. `to_generic`
rewrites the former into the latter, line by line, and leaves all other lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..dialects.enzyme import AtomicOrdering, AtomicRMWKind

__all__ = ["UnknownSyntax", "to_generic"]

LINE = re.compile(
    r"(?P<indent>\s*)(?P<results>%[^=]*= )?enzyme\.(?P<name>\w+)(?P<rest>.*)"
)
OPEN = "([{<"
CLOSE = ")]}>"
NAME = re.compile(r"%[\w$.#-]+")
SYMBOL = re.compile(r'@(?:[\w$.-]+|"(?:[^"\\]|\\.)*")')
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
WORD = re.compile(r"[\w$.]+")
DYNAMIC = str(-(2**63))

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "affine_atomic_rmw": "kind value , value , map values[ ordering fastmath attributes rmw",
        "atomic_rmw": "kind value , value values[ ordering fastmath attributes rmw",
        "autodiff": "symbol values( attributes functional",
        "autodiff_region": "values( region",
        "batch": "symbol values( attributes functional",
        "binomial_progress": "value , value attributes same",
        "concat": "values( attributes functional",
        "dump": "value attributes functional",
        "extract": "value index attributes functional",
        "fill_zero": "value attributes operand",
        "fwddiff": "symbol values( attributes functional",
        "fwddiff_region": "values( region",
        "ignore_derivatives": "value attributes arrow",
        "jacobian": "symbol values( attributes functional",
        "load": "value values[ sizes attributes load",
        "store": "value , value values[ sizes attributes store",
        "yield": "attributes yielded",
    }
)
"""What follows the name of each operation, piece by piece."""


class UnknownSyntax(ValueError):
    """A line that looks like an operation of Enzyme, but not like any that is known here."""


def split(text: str) -> list[str]:
    """The parts between commas that are not inside brackets or strings."""
    parts: list[str] = []
    depth = start = position = 0
    while position < len(text):
        character = text[position]
        if character == '"':
            position = _string_end(text, position)
            continue
        if text.startswith("->", position):
            position += 2
            continue
        depth += (character in OPEN) - (character in CLOSE)
        if character == "," and depth == 0:
            parts.append(text[start:position].strip())
            start = position + 1
        position += 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _string_end(text: str, position: int) -> int:
    """The place behind the string that begins at a place."""
    found = STRING.match(text, position)
    if found is None:
        raise UnknownSyntax(f"a string is never closed: {text[position:]!r}")
    return found.end()


@dataclass(slots=True)
class Reader:
    """A place in a line."""

    text: str
    position: int = 0

    def take(self, literal: str) -> bool:
        """Go past a literal, if it comes next."""
        self._skip()
        found = self.text.startswith(literal, self.position)
        self.position += len(literal) if found else 0
        return found

    def expect(self, literal: str) -> None:
        """Go past a literal that has to come next."""
        if not self.take(literal):
            raise UnknownSyntax(f"expected {literal!r} at {self.rest()!r}")

    def match(self, pattern: re.Pattern[str]) -> str:
        """Go past what a pattern matches, which has to come next."""
        self._skip()
        found = pattern.match(self.text, self.position)
        if found is None:
            raise UnknownSyntax(f"unexpected {self.rest()!r}")
        self.position = found.end()
        return found[0]

    def inside(self, opening: str) -> str:
        """Go past a bracket that has to come next, and give back what is in it."""
        self.expect(opening)
        start = self.position
        depth = 1
        while depth:
            if self.position >= len(self.text):
                raise UnknownSyntax(f"{opening!r} is never closed")
            character = self.text[self.position]
            if character == '"':
                self.position = _string_end(self.text, self.position)
                continue
            if self.text.startswith("->", self.position):
                self.position += 2
                continue
            depth += (character in OPEN) - (character in CLOSE)
            self.position += 1
        return self.text[start : self.position - 1]

    def rest(self) -> str:
        """All that is left, which is then used up."""
        self._skip()
        start, self.position = self.position, len(self.text)
        return self.text[start:].strip()

    def _skip(self) -> None:
        while self.text.startswith(" ", self.position):
            self.position += 1


@dataclass(slots=True)
class Operation:
    """An operation, as far as it has been read."""

    name: str
    values: list[str] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    def add(self, values: Iterable[str]) -> None:
        """Operands of one group."""
        group = list(values)
        self.values += group
        self.segments.append(len(group))

    def set_attribute(self, entry: str) -> None:
        """An entry of a dictionary, its value spelled with its type."""
        name, separator, value = entry.partition("=")
        name, value = name.strip(), value.strip()
        if not separator:
            value = "unit"
        elif name in ("width", "index", "alignment") and ":" not in value:
            value = f"{value} : i64"
        elif name == "batch_shape" and value.startswith("["):
            value = f"array<i64: {value[1:-1]}>"
        self.attributes[name] = value

    def head(self) -> str:
        """The name and the operands."""
        return f'"enzyme.{self.name}"({", ".join(self.values)})'

    def tail(self) -> str:
        """Attributes and type."""
        entries = ", ".join(
            f"{name} = {value}" for name, value in self.attributes.items()
        )
        outputs = ", ".join(self.outputs)
        if len(self.outputs) != 1 or "->" in outputs:
            outputs = f"({outputs})"
        shown = f" {{{entries}}}" if entries else ""
        return f"{shown} : ({', '.join(self.inputs)}) -> {outputs}"


def _element(type_: str) -> str:
    """The element type of a memref."""
    inner = split(type_.strip()[len("memref<") : -1])[0]
    return inner[re.match(r"(?:(?:\d+|\?)x)*", inner).end() :]  # type: ignore[union-attr]


def _read_attributes(operation: Operation, reader: Reader) -> None:
    if reader.take("<"):
        reader.position -= 1
        for entry in split(reader.inside("<")):
            operation.set_attribute(entry)
    reader.take("attributes")
    if reader.take("{"):
        reader.position -= 1
        for entry in split(reader.inside("{")):
            operation.set_attribute(entry)


def _read_types(operation: Operation, text: str) -> None:
    """`(inputs) -> outputs`."""
    reader = Reader(text)
    operation.inputs = split(reader.inside("("))
    reader.expect("->")
    outputs = reader.rest()
    if outputs.startswith("("):
        inner = Reader(outputs)
        operation.outputs = split(inner.inside("("))
        if not inner.rest():
            return
    operation.outputs = [outputs]


def _read_sizes(operation: Operation, reader: Reader) -> None:
    """`([4, %0])`: sizes that are known, and values for those that are not."""
    inner = Reader(reader.inside("("))
    entries = split(inner.inside("["))
    operation.add(entry for entry in entries if entry.startswith("%"))
    static = [DYNAMIC if entry.startswith("%") else entry for entry in entries]
    operation.attributes["static_sizes"] = (
        f"array<i64: {', '.join(static)}>" if static else "array<i64>"
    )


def _read_piece(operation: Operation, piece: str, reader: Reader) -> None:
    match piece:
        case ",":
            reader.expect(",")
        case "symbol":
            operation.attributes["fn"] = reader.match(SYMBOL)
        case "value":
            operation.add([reader.match(NAME)])
        case "values(" | "values[":
            operation.add(split(reader.inside(piece[-1])))
        case "attributes":
            _read_attributes(operation, reader)
        case "index":
            operation.set_attribute(f"index = {reader.inside('[')}")
        case "sizes":
            _read_sizes(operation, reader)
        case "kind":
            kind = AtomicRMWKind[reader.match(WORD).upper()]
            operation.attributes["kind"] = f"{kind.value} : i64"
        case "ordering":
            ordering = AtomicOrdering[reader.match(WORD).upper()]
            operation.attributes["ordering"] = f"{ordering.value} : i32"
        case "map":
            operation.attributes["map"] = reader.inside("(")
        case "fastmath":
            if reader.take("fastmath"):
                flags = reader.inside("<")
                operation.attributes["fastmath"] = f"#arith.fastmath<{flags}>"
        case _:
            _read_type(operation, piece, reader)


def _read_type(operation: Operation, piece: str, reader: Reader) -> None:
    if piece == "yielded":
        values: list[str] = []
        while reader.take("%"):
            reader.position -= 1
            values.append(reader.match(NAME))
            reader.take(",")
        operation.add(values)
        if values:
            reader.expect(":")
            operation.inputs = split(reader.rest())
        return
    reader.expect(":")
    text = reader.rest()
    if not text:
        raise UnknownSyntax(f"enzyme.{operation.name} has no type")
    count = len(operation.values)
    match piece:
        case "functional":
            _read_types(operation, text)
        case "arrow":
            before, _, after = text.partition(" -> ")
            operation.inputs, operation.outputs = [before], [after]
        case "operand":
            operation.inputs = [text]
        case "same":
            operation.inputs, operation.outputs = [text] * count, [text]
        case "load":
            operation.inputs = [text, *["index"] * (count - 1)]
            operation.outputs = [_element(text)]
            operation.attributes["operandSegmentSizes"] = _segments(operation)
        case "store":
            operation.inputs = [_element(text), text, *["index"] * (count - 2)]
            operation.attributes["operandSegmentSizes"] = _segments(operation)
        case "rmw":
            _read_types(operation, text)
            operation.inputs += ["index"] * (count - 2)
        case _:
            raise UnknownSyntax(f"unknown piece {piece!r}")


def _segments(operation: Operation) -> str:
    return f"array<i32: {', '.join(map(str, operation.segments))}>"


def _cut_location(text: str) -> tuple[str, str]:
    """A line without its location, and the location."""
    at = text.rfind(" loc(")
    return (text, "") if at < 0 else (text[:at], text[at:])


def to_generic(text: str) -> str:
    """The module with Enzyme's operations in MLIR's generic form.

    Raises:
        UnknownSyntax: An operation is spelled in a way that is not known here.
    """
    if "enzyme." not in text:
        return text
    lines = text.split("\n")
    regions: list[tuple[str, Operation]] = []
    for number, line in enumerate(lines):
        if regions and line.startswith(f"{regions[-1][0]}}}"):
            indent, operation = regions.pop()
            body, location = _cut_location(line)
            reader = Reader(body[len(indent) + 1 :])
            _read_attributes(operation, reader)
            reader.expect(":")
            _read_types(operation, reader.rest())
            lines[number] = f"{indent}}}){operation.tail()}{location}"
            continue
        found = LINE.fullmatch(line)
        if found is None:
            continue
        name = found["name"]
        if name not in FORMATS:
            raise UnknownSyntax(f"enzyme.{name}: {line.strip()}")
        operation = Operation(name)
        before = f"{found['indent']}{found['results'] or ''}"
        if FORMATS[name].endswith("region"):
            reader = Reader(found["rest"])
            _read_piece(operation, "values(", reader)
            reader.expect("{")
            regions.append((found["indent"], operation))
            lines[number] = f"{before}{operation.head()} ({{{reader.rest()}"
            continue
        body, location = _cut_location(found["rest"])
        reader = Reader(body)
        for piece in FORMATS[name].split():
            _read_piece(operation, piece, reader)
        lines[number] = f"{before}{operation.head()}{operation.tail()}{location}"
    return "\n".join(lines)
