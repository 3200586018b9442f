"""What an operation accepts: type constraints, attribute constraints, traits, parameters.

Each family is a closed union of frozen classes, so that a `match` over it is exhaustive. A C++ predicate that has
no structural form is an explicit `OpaqueConstraint`, which `opspec lint` counts; nothing becomes "any" silently.
The text form of every class is defined in `opspec.notation`.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = [
    "AllTypesMatch",
    "AnyConstraint",
    "AnyOf",
    "ArrayOf",
    "Attribute",
    "AttributeConstraint",
    "AttributeKind",
    "AttributeParameter",
    "Builtin",
    "Confined",
    "ConstraintReference",
    "DefinitionReference",
    "DenseArray",
    "Effect",
    "EnumCases",
    "EnumReference",
    "HasParent",
    "IntegerOf",
    "InterfaceConstraint",
    "ListOf",
    "Literal",
    "Modifier",
    "Multiplicity",
    "NamedTrait",
    "OpaqueConstraint",
    "OpaqueLiteral",
    "Parameter",
    "ParameterConstraint",
    "ParameterKind",
    "Projection",
    "ProjectionKind",
    "Refinement",
    "RegionConstraint",
    "Shaped",
    "Trait",
    "TypeConstraint",
    "TypeOf",
    "TypesMatchWith",
    "Value",
]


# --- literals ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EnumCases:
    """One or more case names of an enum, e.g. `none` or `nnan|ninf`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpaqueLiteral:
    """A default of which only its C++ expression is known, or not even that. Written `opaque("text")` or `opaque`."""

    text: str = ""


Literal: TypeAlias = "bool | int | float | str | EnumCases | OpaqueLiteral | tuple[Literal, ...]"


# --- constraints that types and attributes share ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnyConstraint:
    """Everything is accepted. Written `any`."""


@dataclass(frozen=True, slots=True)
class Builtin:
    """A kind that MLIR's builtin dialect has a word for, e.g. `index`, `f64`, `float`, `string`, `unit`."""

    word: str


@dataclass(frozen=True, slots=True)
class IntegerOf:
    """An integer of one width: `i64` (signless), `si32` (signed), `ui8` (unsigned), `int8` (of any signedness)."""

    prefix: str
    width: int


@dataclass(frozen=True, slots=True)
class DefinitionReference:
    """An attribute or type definition of a dialect, e.g. `enzyme.Cache`."""

    dialect: str
    mnemonic: str


@dataclass(frozen=True, slots=True)
class InterfaceConstraint:
    """Everything that implements an interface. Written `interface(TypedAttr)`."""

    name: str


@dataclass(frozen=True, slots=True)
class OpaqueConstraint:
    """A C++ predicate without a structural form; `name` is that of its definition. Written `opaque(Name)`."""

    name: str


@dataclass(frozen=True, slots=True)
class ConstraintReference:
    """A type constraint that the dialect has a name for, e.g. `HLO_Tensor`. Names start with a capital letter."""

    name: str


# --- types ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Modifier:
    """A further restriction of a shaped type, e.g. `rank 1|2`; `values` are alternatives."""

    word: str
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shaped:
    """A container of elements, e.g. `tensor<i32|index>` or `memref<any, rank 1>`."""

    container: str
    element: TypeConstraint
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several alternatives. Written `index | i32`."""

    options: tuple[TypeConstraint | AttributeConstraint, ...]


TypeConstraint: TypeAlias = (
    "AnyConstraint | Builtin | IntegerOf | DefinitionReference | InterfaceConstraint | OpaqueConstraint"
    " | ConstraintReference | Shaped | AnyOf"
)


# --- attributes -------------------------------------------------------------------------------------------------


class AttributeKind(Enum):
    """The words for attributes of the builtin dialect that take no argument."""

    BOOL = "bool"
    INTEGER = "integer"
    INDEX = "index"
    FLOAT = "float"
    STRING = "string"
    TYPE = "type"
    UNIT = "unit"
    ARRAY = "array"
    DICTIONARY = "dictionary"
    SYMBOL_NAME = "symbol_name"
    SYMBOL_REF = "symbol_ref"
    FLAT_SYMBOL_REF = "flat_symbol_ref"
    AFFINE_MAP = "affine_map"
    INTEGER_SET = "integer_set"
    ELEMENTS = "elements"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class EnumReference:
    """A plain integer (or string) attribute that holds a case of an enum. Written `enum AtomicOrdering`."""

    name: str


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """An array attribute whose elements are all of one constraint. Written `array<enzyme.activity>`."""

    element: AttributeConstraint


@dataclass(frozen=True, slots=True)
class DenseArray:
    """A dense array of machine numbers. Written `dense_array<i64>`."""

    element: str


@dataclass(frozen=True, slots=True)
class TypeOf:
    """A type attribute that holds a constrained type. Written `type<float>`."""

    constraint: TypeConstraint


@dataclass(frozen=True, slots=True)
class Refinement:
    """A condition on a value, e.g. `positive`, `power_of_two`, `min 0`."""

    word: str
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Confined:
    """A constraint with conditions on the value. Written `i64 where positive, power_of_two`."""

    base: AttributeConstraint
    refinements: tuple[Refinement, ...]


AttributeConstraint: TypeAlias = (
    "AnyConstraint | AttributeKind | Builtin | IntegerOf | DefinitionReference | InterfaceConstraint"
    " | OpaqueConstraint | EnumReference | ArrayOf | DenseArray | TypeOf | Confined | AnyOf"
)


# --- what an operation's parts are declared as ------------------------------------------------------------------


class Multiplicity(Enum):
    """How many values a declared operand, result, region or successor stands for."""

    ONE = ""
    OPTIONAL = "optional"
    VARIADIC = "variadic"
    NESTED = "variadic_of_variadic"


class Effect(Enum):
    """A memory effect that an operation has on an operand or result."""

    ALLOCATE = "alloc"
    FREE = "free"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Value:
    """The declaration of an operand or a result, e.g. `variadic memref<any> [read, write]`."""

    type: TypeConstraint
    multiplicity: Multiplicity = Multiplicity.ONE
    effects: tuple[Effect, ...] = ()
    segments: str = ""
    """For a variadic of variadics, the attribute that holds the size of each group."""

    @property
    def is_list(self) -> bool:
        """Whether it stands for any number of values."""
        return self.multiplicity in (Multiplicity.VARIADIC, Multiplicity.NESTED)


@dataclass(frozen=True, slots=True)
class Attribute:
    """The declaration of an attribute, e.g. `attr optional string` or `attr i64 = 1`; or of a property, `prop ...`."""

    constraint: AttributeConstraint
    optional: bool = False
    default: Literal | None = None
    is_property: bool = False

    @property
    def required(self) -> bool:
        """Whether an operation is wrong without it."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class RegionConstraint:
    """The declaration of a region: `any`, `blocks 1`, `min_blocks 1`, `max_blocks 1`; `blocks` is None for any."""

    blocks: int | None = None
    minimum: bool = False
    multiplicity: Multiplicity = Multiplicity.ONE
    maximum: bool = False


class ParameterKind(Enum):
    """The words for parameters of attribute and type definitions."""

    BOOL = "bool"
    INT32 = "int32"
    INT64 = "int64"
    UINT32 = "uint32"
    UINT64 = "uint64"
    FLOAT = "float"
    DOUBLE = "double"
    STRING = "string"
    TYPE = "type"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list parameter. Written `list<int64>`."""

    element: ParameterConstraint


@dataclass(frozen=True, slots=True)
class AttributeParameter:
    """A parameter that is itself an attribute. Written `attr flat_symbol_ref`."""

    constraint: AttributeConstraint


ParameterConstraint: TypeAlias = "ParameterKind | EnumReference | ListOf | AttributeParameter | OpaqueConstraint"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an attribute or type definition, e.g. `optional list<int64>`."""

    constraint: ParameterConstraint
    optional: bool = False
    default: Literal | None = None


# --- traits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NamedTrait:
    """A trait that says all by its name and arguments, e.g. `Pure` or `SingleBlockImplicitTerminator(scf.yield)`."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllTypesMatch:
    """The named operands and results have one type. Written `AllTypesMatch(value, result)`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasParent:
    """The operation stands directly in one of these. Written `HasParent(enzyme.autodiff_region)`.

    A name without a dot is the C++ class of an operation that nobody knows by its name: it is written
    `opaque("hw::HWModuleOp")`, and what stands in another operation may be right.
    """

    operations: tuple[str, ...]


class ProjectionKind(Enum):
    """How one type is taken from another."""

    SAME = "same"
    ELEMENT_TYPE = "element_type"
    PARAMETER = "parameter"
    OPAQUE = "opaque"


@dataclass(frozen=True, slots=True)
class Projection:
    """A type computed from the type of `source`: `element_type(memref)`, `parameter(cache, enzyme.Cache.type)`."""

    kind: ProjectionKind
    source: str
    definition: DefinitionReference | None = None
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class TypesMatchWith:
    """The type of `target` follows from another. Written `TypesMatchWith(value = element_type(memref))`."""

    target: str
    projection: Projection


Trait: TypeAlias = "NamedTrait | AllTypesMatch | HasParent | TypesMatchWith"
