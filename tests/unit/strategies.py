"""Hypothesis strategies for every model class that has a notation."""

from __future__ import annotations

from hypothesis import strategies as st

from opspec.model.constraints import (
    AllTypesMatch,
    AnyConstraint,
    AnyOf,
    ArrayOf,
    Attribute,
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    Builtin,
    Confined,
    ConstraintReference,
    DefinitionReference,
    DenseArray,
    Effect,
    EnumCases,
    EnumReference,
    HasParent,
    IntegerOf,
    InterfaceConstraint,
    ListOf,
    Literal,
    Modifier,
    Multiplicity,
    NamedTrait,
    OpaqueConstraint,
    OpaqueLiteral,
    Parameter,
    ParameterConstraint,
    ParameterKind,
    Projection,
    ProjectionKind,
    Refinement,
    RegionConstraint,
    Shaped,
    Trait,
    TypeConstraint,
    TypeOf,
    TypesMatchWith,
    Value,
)
from opspec.model.contracts import Flow
from opspec.notation.words import CONTAINERS, TYPE_WORDS

# Words of the grammar that a dialect, an enum case or a trait of that name would be mistaken for.
_WORDS = set("any attr prop interface opaque optional variadic variadic_of_variadic true false where".split())
_TRAITS = {"AllTypesMatch", "HasParent", "ParentOneOf", "TypesMatchWith"}
_FLOATS = ("bf16", "f16", "f32", "f64", "f8E5M2")

names = st.from_regex(r"[A-Za-z_][A-Za-z_0-9]{0,8}", fullmatch=True).filter(lambda name: name not in _WORDS)
dotted = st.lists(names, min_size=1, max_size=3).map(".".join)
integers = st.integers(-(2**63), 2**64)
lists_of_integers = st.lists(integers, max_size=3).map(tuple)

literals: st.SearchStrategy[Literal] = st.recursive(
    st.booleans()
    | integers
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.lists(names, min_size=1, max_size=3).map(lambda found: EnumCases(tuple(found)))
    | st.builds(OpaqueLiteral, st.just("") | st.text(max_size=12)),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)

_definitions = st.builds(DefinitionReference, names, dotted)
_integers = st.builds(IntegerOf, st.sampled_from(["i", "si", "ui", "int"]), st.integers(1, 1000))
_shared = (
    st.just(AnyConstraint())
    | _integers
    | _definitions
    | st.builds(InterfaceConstraint, dotted)
    | st.builds(OpaqueConstraint, dotted)
)
_modifiers = st.lists(st.builds(Modifier, names, lists_of_integers), max_size=2).map(tuple)


def _alternatives(one: st.SearchStrategy[TypeConstraint]) -> st.SearchStrategy[TypeConstraint]:
    """One constraint, or several alternatives; alternatives do not nest."""
    return one | st.lists(one, min_size=2, max_size=3).map(lambda options: AnyOf(tuple(options)))


_one_type: st.SearchStrategy[TypeConstraint] = st.recursive(
    _shared
    | st.sampled_from(TYPE_WORDS).map(Builtin)
    | st.from_regex(r"[A-Z][A-Za-z_0-9]{0,8}", fullmatch=True).map(ConstraintReference),
    lambda inner: st.builds(Shaped, st.sampled_from(CONTAINERS), _alternatives(inner), _modifiers),
    max_leaves=4,
)
types = _alternatives(_one_type)

_refinements = st.lists(st.builds(Refinement, names, lists_of_integers), min_size=1, max_size=2).map(tuple)


def _confined(one: st.SearchStrategy[AttributeConstraint]) -> st.SearchStrategy[AttributeConstraint]:
    """Alternatives, with or without conditions; conditions stand once, at the end."""
    bases = _alternatives(one)
    return bases | st.builds(Confined, bases, _refinements)


_one_attribute: st.SearchStrategy[AttributeConstraint] = st.recursive(
    _shared
    | st.sampled_from(AttributeKind)
    | st.sampled_from(_FLOATS).map(Builtin)
    | st.builds(EnumReference, names)
    | st.builds(DenseArray, st.sampled_from(["i1", "i8", "i16", "i32", "i64", "f32", "f64"]))
    | st.builds(TypeOf, types),
    lambda inner: st.builds(ArrayOf, _confined(inner)),
    max_leaves=4,
)
attribute_constraints = _confined(_one_attribute)

_effects = st.lists(st.sampled_from(Effect), max_size=3).map(tuple)
_multiplicities = st.sampled_from([many for many in Multiplicity if many is not Multiplicity.NESTED])
values = st.builds(Value, types, _multiplicities, _effects) | st.builds(
    Value, types, st.just(Multiplicity.NESTED), _effects, names
)
attributes = st.builds(Attribute, attribute_constraints, st.booleans(), st.none() | literals, st.booleans())
arguments = values | attributes

_parameter_constraints: st.SearchStrategy[ParameterConstraint] = st.recursive(
    st.sampled_from(ParameterKind)
    | st.builds(EnumReference, names)
    | st.builds(AttributeParameter, attribute_constraints)
    | st.builds(OpaqueConstraint, dotted),
    lambda inner: st.builds(ListOf, inner),
    max_leaves=3,
)
parameters = st.builds(Parameter, _parameter_constraints, st.booleans(), st.none() | literals)

regions = st.builds(
    RegionConstraint,
    st.integers(0, 100),
    st.booleans(),
    st.sampled_from([Multiplicity.ONE, Multiplicity.VARIADIC]),
) | st.builds(RegionConstraint, st.none(), st.just(False), st.sampled_from([Multiplicity.ONE, Multiplicity.VARIADIC]))
successors = st.sampled_from([Multiplicity.ONE, Multiplicity.VARIADIC])

_items = dotted | integers.map(str)
_lists_of_items = st.lists(_items, min_size=1, max_size=3).map(tuple)
_operations = st.from_regex(r"[a-z][a-z0-9]*\.[a-z0-9_.$-]+", fullmatch=True)
_plain_projections = st.builds(
    Projection, st.sampled_from([kind for kind in ProjectionKind if kind is not ProjectionKind.PARAMETER]), names
)
_parameter_projections = st.builds(Projection, st.just(ProjectionKind.PARAMETER), names, _definitions, names)
traits: st.SearchStrategy[Trait] = (
    st.builds(NamedTrait, dotted.filter(lambda name: name not in _TRAITS), st.just(()) | _lists_of_items)
    | st.builds(AllTypesMatch, _lists_of_items)
    | st.builds(HasParent, st.lists(names | _operations, min_size=1, max_size=3).map(tuple))
    | st.builds(TypesMatchWith, names, _plain_projections | _parameter_projections)
)

roles = st.lists(st.sampled_from(["primal", "shadow", "seed", "derivative"]), max_size=3).map(tuple)
flows: st.SearchStrategy[Flow] = st.builds(Flow, roles, roles, st.just(AnyConstraint()) | types)
