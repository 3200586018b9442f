"""A type for each operand and result of a sample, so that the operation's traits hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opspec.constraints.accepts import TypeText, accepts, read_type_text
from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AllTypesMatch,
    ConstraintReference,
    Projection,
    ProjectionKind,
    Shaped,
    TypesMatchWith,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, NamedValue, Operation, TypeDefinition
from opspec.model.traits import claims_of
from opspec.samples.definitions import sample_parameter, sample_text
from opspec.samples.types import candidates, freedom

__all__ = ["choose_types"]

_STEPS = 20_000
"""How many assignments are tried at most: rules that contradict each other have none."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """The named parts have the same types, element types, or shapes (`claim`)."""

    claim: str
    names: tuple[str, ...]

    @property
    def is_strict(self) -> bool:
        """Whether a suggestion is the only type that fits."""
        return self.claim == "same_types"

    def holds(self, types: Mapping[str, TypeText]) -> bool:
        found = [types[name] for name in self.names if name in types]
        match self.claim:
            case "same_types":
                return len({each.text for each in found}) <= 1
            case "same_element_types":
                return len({each.scalar for each in found}) <= 1
            case "one_shape":
                containers = [each for each in found if each.container]
                return all(_compatible(containers[0], each) for each in containers[1:])
            case _:
                return all(_compatible(found[0], each) for each in found[1:])

    def suggest(self, name: str, types: Mapping[str, TypeText]) -> Iterator[TypeText]:
        if name in self.names:
            yield from (types[other] for other in self.names if other in types)


def _compatible(one: TypeText, other: TypeText) -> bool:
    if not one.container or not other.container:
        return not one.container and not other.container
    if ("*",) in (one.shape, other.shape):
        return True
    known = zip(one.shape, other.shape, strict=False)
    return len(one.shape) == len(other.shape) and all(a == b or "?" in (a, b) for a, b in known)


class _Follows:
    """The type of `target` is what a projection takes from the type of its source."""

    is_strict = True

    def __init__(self, target: str, projection: Projection, dialect: Dialect) -> None:
        self._target = target
        self._projection = projection
        self._dialect = dialect

    def holds(self, types: Mapping[str, TypeText]) -> bool:
        source, target = types.get(self._projection.source), types.get(self._target)
        if source is None or target is None or self._is_opaque():
            return True
        return self._taken(source) == target.text

    def _is_opaque(self) -> bool:
        """Whether only C++ knows what the projection takes."""
        kind = self._projection.kind
        definition = self._definition()
        is_unknown = kind is ProjectionKind.PARAMETER and (definition is None or is_opaque(definition))
        return is_unknown or kind is ProjectionKind.OPAQUE

    def suggest(self, name: str, types: Mapping[str, TypeText]) -> Iterator[TypeText]:
        source, target = self._projection.source, self._target
        if name == target and source in types:
            taken = self._taken(types[source])
            if taken is not None:
                yield read_type_text(taken)
        elif name == source:
            yield from self._sources(types[target].text if target in types else "f64")

    def _taken(self, source: TypeText) -> str | None:
        """What the projection takes from a type; None where it takes nothing, or a spec does not say."""
        match self._projection.kind:
            case ProjectionKind.SAME:
                return source.text
            case ProjectionKind.ELEMENT_TYPE:
                return source.element
            case ProjectionKind.PARAMETER:
                definition = self._definition()
                if definition is None:
                    return None
                return sample_parameter(definition, self._dialect, self._projection.parameter, source.text)
            case ProjectionKind.OPAQUE:
                return None

    def _sources(self, taken: str) -> Iterator[TypeText]:
        """Types from which the projection takes `taken`."""
        match self._projection.kind:
            case ProjectionKind.SAME:
                yield read_type_text(taken)
            case ProjectionKind.ELEMENT_TYPE:
                yield from (read_type_text(f"{form}<4x{taken}>") for form in ("tensor", "memref", "vector"))
            case ProjectionKind.PARAMETER:
                definition = self._definition()
                if definition is not None:
                    given = {self._projection.parameter: taken}
                    yield TypeText(sample_text(definition, self._dialect, given))
            case ProjectionKind.OPAQUE:
                pass

    def _definition(self) -> TypeDefinition | None:
        reference = self._projection.definition
        return None if reference is None else self._dialect.type(reference.dialect, reference.mnemonic)


def _relations(dialect: Dialect, operation: Operation) -> list[_Alike | _Follows]:
    """What the operation's traits say about types."""
    found: list[_Alike | _Follows] = []
    for trait in operation.traits:
        match trait:
            case AllTypesMatch(names):
                found.append(_Alike("same_types", names))
            case TypesMatchWith(target, projection):
                found.append(_Follows(target, projection, dialect))
            case _:
                found += [_Alike(claim, names) for claim, names in claims_of(operation, trait)]
    return found


def _inferred(operation: Operation) -> list[_Alike | _Follows]:
    """That an only result has the type of operands of one constraint: C++ infers it, and says nothing of how."""
    constraints = {operand.value.type for operand in operation.operands}
    names = tuple(part.name for part in (*operation.operands, *operation.results))
    if "InferTypeOpInterface" not in operation.interfaces or len(operation.results) != 1 or len(constraints) != 1:
        return []
    return [_Alike("same_types", names)] if isinstance(constraints.pop(), (Shaped, ConstraintReference)) else []


class _Search:
    """Looks for an assignment in which all relations hold."""

    def __init__(self, dialect: Dialect, relations: Sequence[_Alike | _Follows]) -> None:
        self._dialect = dialect
        self._relations = relations
        self._steps = _STEPS

    def run(self, free: Sequence[NamedValue], known: Mapping[str, TypeText]) -> dict[str, TypeText] | None:
        """The first assignment in which all relations hold; None where there is none, or it is too far to seek."""
        self._steps -= 1
        if self._steps < 0 or not all(relation.holds(known) for relation in self._relations):
            return None
        if not free:
            return dict(known)
        first, *rest = free
        for tried in self._options(first, known):
            found = self.run(rest, {**known, first.name: tried})
            if found is not None:
                return found
        return None

    def _options(self, part: NamedValue, known: Mapping[str, TypeText]) -> Iterator[TypeText]:
        """Types for a part: what must follow from known ones, what its constraint offers, what others have."""
        constraint = part.value.type
        suggested = [(r.is_strict, t) for r in self._relations for t in r.suggest(part.name, known)]
        fitting = [
            (is_strict, t) for is_strict, t in suggested if accepts(constraint, t.text, self._dialect) is not False
        ]
        yield from (found for is_strict, found in fitting if is_strict)
        plain: list[TypeText] = []
        for found in candidates(constraint, self._dialect):  # the first one often does: the others are not made
            plain.append(found)
            yield found
        yield from (found for is_strict, found in fitting if not is_strict)
        for scalar in dict.fromkeys(known_type.scalar for known_type in known.values()):
            others = (each.of(scalar) for each in plain if each.container and each.scalar != scalar)
            yield from (each for each in others if accepts(constraint, each.text, self._dialect) is not False)


def choose_types(
    dialect: Dialect, operation: Operation, parts: Sequence[NamedValue], fixed: Mapping[str, str]
) -> dict[str, str]:
    """A type for each of these operands and results.

    Args:
        dialect: The dialect.
        operation: The operation.
        parts: The declared operands and results that have a value in the sample.
        fixed: Types that a person chose.

    Returns:
        The types by name: such that constraints and traits hold, as far as the fixed types let them.
    """
    relations = _relations(dialect, operation)
    free = [part for part in parts if part.name not in fixed]
    free.sort(key=lambda part: freedom(part.value.type, dialect))
    start = {name: read_type_text(text) for name, text in fixed.items()}
    inferred = _inferred(operation)
    found = _Search(dialect, [*relations, *inferred]).run(free, start) if inferred else None
    if found is None:
        found = _Search(dialect, relations).run(free, start)
    if found is None:  # what is fixed breaks a rule by itself: verification says so
        found = _Search(dialect, ()).run(free, start)
    assert found is not None, "every constraint has a type"
    return {name: chosen.text for name, chosen in found.items()}
