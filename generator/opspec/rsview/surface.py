"""What Rust programs rely on, as values to compare: of an operation, an enum, an attribute or type."""

from __future__ import annotations

from collections.abc import Iterable

from opspec.dataclass import dataclass
from opspec.model.dialect import Definition, Dialect, Enum, Operation
from opspec.naming.rust import rust_policy
from opspec.rsview.code import Function, Impl, Item
from opspec.rsview.contracts import build_results
from opspec.rsview.definitions import build_definition
from opspec.rsview.inferred import build_inferred
from opspec.rsview.kinds import Kinds
from opspec.rsview.printer import print_signature
from opspec.rsview.readers import build_reader
from opspec.rsview.signature import Signature, build_signature

__all__ = ["OperationSurface", "PartSurface", "Surfaces"]


@dataclass(frozen=True, slots=True)
class PartSurface:
    """How programs give a part of an operation, and how they read it. What `is_required` no call can leave out."""

    given: str
    read: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class OperationSurface:
    """The names of an operation, the frame of its call, how result types are given, and its parts.

    `order` is that of the parts that are given by position, `returned` that of the results; `functions` are the
    signatures of what says which types follow.
    """

    names: tuple[str, ...]
    frame: tuple[bool, ...]
    results: tuple[str, ...]
    parts: tuple[tuple[str, PartSurface], ...]
    order: tuple[str, ...]
    returned: tuple[str, ...]
    functions: frozenset[str]

    def part(self, name: str) -> PartSurface | None:
        """The part of that name in the dialect."""
        return dict(self.parts).get(name)


class Surfaces:
    """The surfaces of a dialect's things, each made once."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._names = rust_policy(dialect)
        self._kinds = Kinds(dialect, self._names)
        self._operations: dict[str, OperationSurface] = {}

    def operation(self, operation: Operation) -> OperationSurface:
        """What programs rely on of an operation."""
        if operation.mnemonic not in self._operations:
            self._operations[operation.mnemonic] = self._operation(operation)
        return self._operations[operation.mnemonic]

    def _operation(self, operation: Operation) -> OperationSurface:
        signature = build_signature(self._dialect, operation, self._names, self._kinds)
        readers = self._readers(signature)
        given: dict[str, tuple[str, bool]] = {}
        results: list[str] = []
        order: list[str] = []
        for each in signature.required:
            shown = f"{each.name}: {each.field.text}" if signature.is_bundled else each.type.text
            if isinstance(each.part, str):
                results.append(shown)
            else:
                given[each.part.name] = shown, True
                order.append(each.part.name)
        for option in signature.optional:
            given[option.attribute.name] = f"{option.name}: {option.kind.held.text}", False
        parts = []
        for part, name in signature.parts:
            text, is_required = given.get(part, ("", False))
            parts.append((part, PartSurface(text, readers.get(name, ""), is_required)))
        functions = [
            *build_results(self._dialect, signature, self._names),
            *build_inferred(self._dialect, signature, self._names),
        ]
        return OperationSurface(
            names=(signature.function.name, self._names.operation(operation)),
            frame=(signature.is_bundled, signature.needs_context, bool(signature.optional)),
            results=tuple(results),
            parts=tuple(parts),
            order=() if signature.is_bundled else tuple(order),
            returned=tuple(result.name for result in operation.results),
            functions=frozenset(map(_shown, functions)),
        )

    def _readers(self, signature: Signature) -> dict[str, str]:
        name = f"{self._dialect.name}.{signature.operation.mnemonic}"
        items = build_reader(self._dialect, signature, self._names, self._kinds, name)
        return {each.name: _shown(each) for each in _members(items)}

    def case(self, enum: Enum, symbol: str) -> str:
        """What a case is called; empty where there is no such case."""
        return self._names.cases(enum).get(symbol, "")

    def enum(self, enum: Enum) -> tuple[str, bool, bool]:
        """The name of an enum, whether it is a set of flags, and whether its attribute is a number."""
        return self._names.enum(enum), enum.bits, enum.storage.lstrip("iu").isdigit()

    def definition(self, definition: Definition) -> frozenset[str]:
        """The name of an attribute or type, and the signatures of its functions."""
        members = _members(build_definition(self._dialect, definition, self._names))
        public = (_shown(each) for each in members if each.head.startswith("pub"))
        return frozenset({self._names.definition(definition), *public})


def _shown(function: Function) -> str:
    return " ".join(print_signature(function))


def _members(items: Iterable[Item]) -> list[Function]:
    held = (each for item in items if isinstance(item, Impl) for each in item.members)
    return [each for each in held if isinstance(each, Function)]
