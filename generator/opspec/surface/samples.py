"""Samples made whole: a value for every part of a call, from the overlay's sample or from the constraints."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opspec.model.constraints import (
    AllTypesMatch,
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    ConstraintReference,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    ParameterKind,
    Projection,
    ProjectionKind,
    Refinement,
    Shaped,
    TypeConstraint,
    TypeOf,
    TypesMatchWith,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect, NamedValue, Operation
from opspec.model.sample import SampleRegion, SampleValue
from opspec.surface.sample_definitions import sample_text

__all__ = ["ResolvedSample", "resolve_sample"]


@dataclass(frozen=True, slots=True)
class ResolvedSample:
    """One call. `operands` and `results` hold the types of each declared part, in order.

    `inner` is the operation that the sample is about where it stands in the region of this one, as its terminator.
    """

    operation: Operation
    operands: tuple[tuple[str, ...], ...]
    attributes: tuple[tuple[str, SampleValue], ...]
    results: tuple[tuple[str, ...], ...]
    regions: tuple[SampleRegion, ...]
    setup: str
    inner: Operation | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The types of all operands, in order."""
        return tuple(text for part in self.operands for text in part)

    def attribute(self, name: str) -> SampleValue | None:
        """The value of an attribute; None where the sample leaves it unset."""
        return dict(self.attributes).get(name)


_CONTAINERS = {
    "shaped": "tensor<4x{}>",
    "tensor": "tensor<4x{}>",
    "ranked_tensor": "tensor<4x{}>",
    "unranked_tensor": "tensor<*x{}>",
    "memref": "memref<4x{}>",
    "unranked_memref": "memref<*x{}>",
    "ranked_or_unranked_memref": "memref<4x{}>",
    "vector": "vector<4x{}>",
    "fixed_vector": "vector<4x{}>",
    "scalable_vector": "vector<[4]x{}>",
    "value_semantics": "tensor<4x{}>",
    "complex": "complex<{}>",
    "tuple": "tuple<{}>",
    "like": "{}",
}
_WORDS = {
    "integer": "i64",
    "signless_integer": "i64",
    "signed_integer": "si64",
    "unsigned_integer": "ui64",
    "float": "f64",
    "complex": "complex<f64>",
    "function": "() -> ()",
    "tuple": "tuple<f64>",
}


def _sample_type(constraint: TypeConstraint, dialect: Dialect) -> str:
    """A type that satisfies the constraint, in MLIR's syntax."""
    match constraint:
        case AnyConstraint() | InterfaceConstraint() | OpaqueConstraint():
            return "f64"
        case ConstraintReference(name):
            return _sample_type(dialect.constraint(name), dialect)
        case Builtin(word):
            return _WORDS.get(word, word)
        case IntegerOf(prefix, width):
            return f"{'i' if prefix == 'int' else prefix}{width}"
        case Shaped(container, element, _):
            return _CONTAINERS[container].format(_sample_type(element, dialect))
        case AnyOf(options):
            return _sample_type(options[0], dialect)  # type: ignore[arg-type]
        case DefinitionReference(owner, mnemonic):
            return _definition_type(dialect, constraint) or f"!{owner}.{mnemonic}"


def _definition_type(dialect: Dialect, reference: DefinitionReference) -> str | None:
    definition = dialect.type(reference.dialect, reference.mnemonic)
    return sample_text(definition, dialect) if definition is not None else None


def _refined(value: SampleValue, refinement: Refinement) -> SampleValue:
    """The value, changed so that it meets a condition."""
    bound = refinement.values[0] if refinement.values else 0
    if isinstance(value, tuple):
        items = value or (1,)
        if refinement.word in ("count", "min_count"):
            return (items * max(bound, 1))[: max(bound, len(items) * (refinement.word == "min_count"))]
        return value[:bound] if refinement.word == "max_count" else value
    if isinstance(value, int) and not isinstance(value, bool):
        if refinement.word == "min":
            return max(value, bound)
        return min(value, bound) if refinement.word == "max" else value
    return value


class _Resolver:
    def __init__(self, dialect: Dialect, operation: Operation) -> None:
        self._dialect = dialect
        self._operation = operation
        self._types: dict[str, tuple[str, ...]] = {}

    def resolve(self) -> ResolvedSample:
        operation, sample = self._operation, self._operation.sample
        if sample is not None:
            self._types.update(dict(sample.operands))
            self._types.update(dict(sample.results))
        for trait in operation.traits:
            if isinstance(trait, TypesMatchWith):
                self._match(trait.target, trait.projection)
        for named in (*operation.operands, *operation.results):
            if named.name not in self._types:
                self._types[named.name] = self._default(named)
        given = dict(sample.attributes) if sample is not None else {}
        attributes = []
        for attribute in operation.attributes:
            if attribute.name in given:
                attributes.append((attribute.name, given[attribute.name]))
            elif attribute.attribute.required:
                attributes.append((attribute.name, self._value(attribute.attribute.constraint)))
        return ResolvedSample(
            operation,
            tuple(self._types[operand.name] for operand in operation.operands),
            tuple(attributes),
            tuple(self._types[result.name] for result in operation.results),
            sample.regions if sample is not None else (),
            sample.setup if sample is not None else "",
        )

    def _match(self, target: str, projection: Projection) -> None:
        """Choose the types of a pair that a trait ties together."""
        source = projection.source
        if projection.kind is ProjectionKind.PARAMETER and projection.definition is not None:
            found = _definition_type(self._dialect, projection.definition)
            if found is not None:
                self._types.setdefault(source, (found,))
                self._types.setdefault(target, ("f64",))

    def _default(self, named: NamedValue) -> tuple[str, ...]:
        if named.value.multiplicity in (Multiplicity.OPTIONAL, Multiplicity.NESTED):
            return ()
        for trait in self._operation.traits:
            if isinstance(trait, AllTypesMatch) and named.name in trait.names:
                known = [self._types[name] for name in trait.names if name in self._types]
                if known:
                    return known[0]
        return (_sample_type(named.value.type, self._dialect),)

    def _parameter(self, definition: Definition) -> SampleValue | None:
        """The value of a definition's one parameter; None where there are several, or it is not a plain one."""
        if len(definition.parameters) != 1:
            return None
        match definition.parameters[0].parameter.constraint:
            case EnumReference(name):
                return self._dialect.enum(name).cases[0].text
            case ParameterKind.STRING:
                return "name"
            case ParameterKind.BOOL:
                return True
            case ParameterKind.TYPE:
                return "f64"
            case ParameterKind.INT32 | ParameterKind.INT64 | ParameterKind.UINT32 | ParameterKind.UINT64:
                return 1
            case _:
                return None

    def _value(self, constraint: AttributeConstraint) -> SampleValue:
        """A value that satisfies the constraint."""
        match constraint:
            case AttributeKind.BOOL:
                return True
            case AttributeKind.STRING | AttributeKind.SYMBOL_NAME | AttributeKind.SYMBOL_REF:
                return "name"
            case AttributeKind.FLAT_SYMBOL_REF:
                return "name"
            case AttributeKind.ARRAY | AttributeKind.DICTIONARY:
                return ()
            case AttributeKind.TYPE:
                return "f64"
            case AttributeKind.AFFINE_MAP:
                return "affine_map<(d0) -> (d0)>"
            case AttributeKind.INTEGER_SET:
                return "affine_set<(d0) : (d0 >= 0)>"
            case AttributeKind.ELEMENTS:
                return "dense<1> : tensor<4xi64>"
            case AttributeKind.LOCATION:
                return "loc(unknown)"
            case AttributeKind.FLOAT | Builtin():
                return 1.0
            case ArrayOf(element):
                return (self._value(element),)
            case DenseArray("f32" | "f64"):
                return (1.0,)
            case DenseArray("i1"):
                return (True,)
            case DenseArray():
                return (1,)
            case Confined(base, refinements):
                value = self._value(base)
                for refinement in refinements:
                    value = _refined(value, refinement)
                return value
            case AnyOf(options):
                return self._value(options[0])  # type: ignore[arg-type]
            case EnumReference(name):
                return self._dialect.enum(name).cases[0].text
            case TypeOf(held):
                return _sample_type(held, self._dialect)
            case DefinitionReference(owner, mnemonic):
                definition = self._dialect.attribute(owner, mnemonic)
                if definition is None:
                    return f"#{owner}.{mnemonic}"
                single = None if is_opaque(definition) else self._parameter(definition)
                return single if single is not None else sample_text(definition, self._dialect)
            case OpaqueConstraint() | InterfaceConstraint():
                return "unit"
            case _:
                return 1


def _parent(dialect: Dialect, operation: Operation) -> Operation | None:
    """The operation whose region this one ends, if that has a sample with the region's block."""
    for parent in dialect.operations:
        ended = {region.name for region in parent.regions if region.terminator == operation.mnemonic}
        if parent.sample is not None and any(region.name in ended for region in parent.sample.regions):
            return parent
    return None


def resolve_sample(dialect: Dialect, operation: Operation) -> ResolvedSample:
    """The sample of an operation; a terminator's is that of the operation it belongs to, if that has a block for it.

    Regions without a sample stay empty.
    """
    parent = _parent(dialect, operation)
    if parent is not None and operation.sample is None:
        return replace(_Resolver(dialect, parent).resolve(), inner=operation)
    return _Resolver(dialect, operation).resolve()
