"""How constraints look in Python: what a parameter accepts, and which runtime function takes it."""

from __future__ import annotations

from dataclasses import replace

from opspec.constraints.parts import enum_in
from opspec.constraints.parts import walk as walk_constraint
from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumCases,
    EnumReference,
    IntegerOf,
    InterfaceConstraint,
    ListOf,
    OpaqueConstraint,
    OpaqueLiteral,
    ParameterConstraint,
    ParameterKind,
    TypeOf,
)
from opspec.model.constraints import (
    Literal as Default,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, Enum
from opspec.naming.policy import NamingPolicy
from opspec.notation import print_attribute
from opspec.pyview.names_used import walk
from opspec.pyview.python import (
    ANY,
    NONE,
    Expression,
    Lambda,
    Literal,
    Member,
    Name,
    Starred,
    call,
    ir,
    literal,
    mapping,
    own,
    rt,
    sequence,
    tuple_of,
    union,
)
from opspec.pyview.style import style_of
from opspec.pyview.type_rules import TypeRules

__all__ = ["AttributeView", "ConstraintViews", "ParameterView"]


@dataclass(frozen=True, slots=True)
class AttributeView:
    """An attribute constraint in Python: what it accepts, the class an accessor gives, the function that coerces."""

    accepts: Expression
    class_name: Name
    coercer: Expression


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter of a definition in Python: what it accepts, what an accessor gives, its kind in the runtime."""

    accepts: Expression
    gives: Expression
    kind: Expression


_BOOL, _INT, _FLOAT, _STR = own("bool"), own("int"), own("float"), own("str")
_ATTRIBUTE = ir("Attribute")


def _held(class_name: str, coercer: str, *accepts: Expression) -> AttributeView:
    """An attribute of a class of the host, which takes the attribute itself beside what is named."""
    return AttributeView(union(*accepts, ir(class_name)), ir(class_name), rt(coercer))


_KINDS: dict[AttributeKind, AttributeView] = {
    AttributeKind.BOOL: _held("BoolAttr", "bool_attribute", _BOOL),
    AttributeKind.INTEGER: _held("IntegerAttr", "any_integer", _INT),
    AttributeKind.INDEX: _held("IntegerAttr", "index_attribute", _INT),
    AttributeKind.FLOAT: _held("FloatAttr", "any_float", _FLOAT),
    AttributeKind.STRING: _held("StringAttr", "string", _STR),
    AttributeKind.TYPE: _held("TypeAttr", "type_attribute", ir("Type")),
    AttributeKind.UNIT: AttributeView(_BOOL, ir("UnitAttr"), rt("unit")),
    AttributeKind.ARRAY: _held("ArrayAttr", "array", sequence(ANY)),
    AttributeKind.DICTIONARY: _held("DictAttr", "dictionary", mapping(_STR, ANY)),
    AttributeKind.SYMBOL_NAME: _held("StringAttr", "symbol_name", _STR),
    AttributeKind.SYMBOL_REF: AttributeView(
        union(_STR, sequence(_STR), _ATTRIBUTE, ir("OpView")), _ATTRIBUTE, rt("symbol_ref")
    ),
    AttributeKind.FLAT_SYMBOL_REF: AttributeView(
        union(_STR, ir("FlatSymbolRefAttr"), ir("OpView")), ir("FlatSymbolRefAttr"), rt("flat_symbol_ref")
    ),
    AttributeKind.AFFINE_MAP: _held("AffineMapAttr", "affine_map", ir("AffineMap")),
    AttributeKind.INTEGER_SET: _held("IntegerSetAttr", "integer_set", ir("IntegerSet")),
    AttributeKind.ELEMENTS: AttributeView(ANY, _ATTRIBUTE, rt("elements")),
    AttributeKind.LOCATION: AttributeView(union(ir("Location"), _ATTRIBUTE), _ATTRIBUTE, rt("location")),
}
_DENSE = {"i1": (_BOOL, "Bool"), "f32": (_FLOAT, "F32"), "f64": (_FLOAT, "F64")}
_PARAMETERS: dict[ParameterKind, ParameterView] = {
    ParameterKind.BOOL: ParameterView(_BOOL, _BOOL, rt("bool_parameter")),
    ParameterKind.INT32: ParameterView(_INT, _INT, call(rt("integer_parameter"), Literal("si32"))),
    ParameterKind.INT64: ParameterView(_INT, _INT, call(rt("integer_parameter"), Literal("si64"))),
    ParameterKind.UINT32: ParameterView(_INT, _INT, call(rt("integer_parameter"), Literal("ui32"))),
    ParameterKind.UINT64: ParameterView(_INT, _INT, call(rt("integer_parameter"), Literal("ui64"))),
    ParameterKind.FLOAT: ParameterView(_FLOAT, _FLOAT, call(rt("float_parameter"), Literal("f32"))),
    ParameterKind.DOUBLE: ParameterView(_FLOAT, _FLOAT, call(rt("float_parameter"), Literal("f64"))),
    ParameterKind.STRING: ParameterView(_STR, _STR, rt("text_parameter")),
    ParameterKind.TYPE: ParameterView(ir("Type"), ir("Type"), rt("type_parameter")),
    ParameterKind.ATTRIBUTE: ParameterView(ANY, _ATTRIBUTE, call(rt("attribute_parameter"), rt("any_attribute"))),
}


class ConstraintViews:
    """Looks up how a dialect's constraints look in Python."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy) -> None:
        self._dialect = dialect
        self._naming = naming

    def attribute(self, constraint: AttributeConstraint) -> AttributeView:
        """The Python side of an attribute constraint."""
        match constraint:
            case AttributeKind.UNIT if not style_of(self._naming).has_defaults:
                return replace(_KINDS[AttributeKind.UNIT], coercer=rt("unit_or_nothing"))
            case AttributeKind():
                return _KINDS[constraint]
            case AnyConstraint():
                return AttributeView(ANY, _ATTRIBUTE, rt("any_attribute"))
            case IntegerOf(prefix, width):
                coercer = call(rt("integer_of"), literal(prefix), Literal(width))
                return AttributeView(union(_INT, ir("IntegerAttr")), ir("IntegerAttr"), coercer)
            case Builtin(word):
                return AttributeView(
                    union(_FLOAT, ir("FloatAttr")), ir("FloatAttr"), call(rt("float_of"), literal(word))
                )
            case EnumReference(name):
                return self._enum(name)
            case ArrayOf(element):
                inner = self.attribute(element)
                accepts = union(sequence(inner.accepts), ir("ArrayAttr"))
                return AttributeView(accepts, ir("ArrayAttr"), call(rt("array_of"), inner.coercer))
            case DenseArray(element_word):
                python, host = _DENSE.get(element_word, (_INT, element_word.upper()))
                class_name = ir(f"Dense{host}ArrayAttr")
                coercer = call(rt("dense_array"), literal(element_word))
                return AttributeView(union(sequence(python), class_name), class_name, coercer)
            case TypeOf(held):
                kind = _KINDS[AttributeKind.TYPE]
                coercer = call(rt("type_attribute_of"), TypeRules(self._dialect, self._naming).whole(held))
                return AttributeView(kind.accepts, kind.class_name, coercer)
            case Confined(base, refinements):
                inner = self.attribute(base)
                pairs = [literal((r.word, r.values[0] if r.values else 0)) for r in refinements]
                return AttributeView(inner.accepts, inner.class_name, call(rt("confined"), inner.coercer, *pairs))
            case AnyOf(options):
                views = [self.attribute(option) for option in options]  # type: ignore[arg-type]
                accepts = union(*(view.accepts for view in views))
                return AttributeView(accepts, _ATTRIBUTE, call(rt("any_of"), *(view.coercer for view in views)))
            case DefinitionReference(dialect, mnemonic):
                return self._definition(dialect, mnemonic)
            case InterfaceConstraint(name) | OpaqueConstraint(name):
                return _instance(f"an attribute ({name})")

    def _enum(self, name: str) -> AttributeView:
        enum = self._dialect.enum(name)
        python = own(self._naming.enum(enum))
        text = self._text_of(enum)
        prefix, width = enum.storage.rstrip("0123456789"), int(enum.storage.lstrip("iuse"))
        coercer = call(rt("enum_attribute"), python, literal(prefix), Literal(width))
        return AttributeView(union(python, text, _INT, ir("IntegerAttr")), ir("IntegerAttr"), coercer)

    def _text_of(self, enum: Enum) -> Name:
        """The type of a text that names a case; several bits are named by many texts."""
        name = self._naming.enum_text(enum)
        return own(name) if name is not None else _STR

    def _definition(self, dialect: str, mnemonic: str) -> AttributeView:
        definition = self._dialect.attribute(dialect, mnemonic)
        if definition is None:
            return _instance(f"an attribute #{dialect}.{mnemonic}")
        python = own(self._naming.definition_class(definition))
        accepts: Expression = _ATTRIBUTE
        if len(definition.parameters) == 1:
            accepts = union(self.parameter(definition.parameters[0].parameter.constraint).accepts, _ATTRIBUTE)
        return AttributeView(accepts, python, Member(python, "coerce"))

    def coercer(self, constraint: AttributeConstraint) -> Name:
        """The name of the module's function that coerces to this constraint."""
        return own(self._naming.coercer(print_attribute(constraint)))

    def default(self, value: Default, constraint: AttributeConstraint | ParameterConstraint) -> Expression:
        """A default in Python; None where only C++ can say it."""
        match value:
            case EnumCases(names):
                enum = enum_in(self._dialect, constraint)
                if enum is None or self._is_written_in_cpp(constraint):
                    return NONE
                python = own(self._naming.enum(enum))
                return union(*(Member(python, self._naming.enum_case(enum, name)) for name in names))
            case OpaqueLiteral():
                return NONE
            case tuple():
                return tuple_of(self.default(item, constraint) for item in value)
            case _:
                return literal(value)

    def _is_written_in_cpp(self, constraint: AttributeConstraint | ParameterConstraint) -> bool:
        """Whether cases stand in attributes that only C++ can write."""
        references = (part for part in walk_constraint(constraint) if isinstance(part, DefinitionReference))
        found = (self._dialect.attribute(part.dialect, part.mnemonic) for part in references)
        return any(definition is not None and is_opaque(definition) for definition in found)

    def _attribute_parameter(self, constraint: AttributeConstraint) -> ParameterView:
        """A parameter that is an attribute: MLIR leaves out what the parser knows anyway."""
        view = self.attribute(constraint)
        coercer = view.coercer
        if any(isinstance(part, Member) for part in walk(coercer)):  # of a class that may stand further down
            coercer = Lambda("*given", call(coercer, Starred(own("given"))))
        kind = call(rt("attribute_parameter"), coercer)
        if isinstance(constraint, DenseArray):
            kind = call(rt("dense_array_parameter"), view.coercer, literal(constraint.element))
        elif isinstance(constraint, DefinitionReference):
            definition = self._dialect.attribute(constraint.dialect, constraint.mnemonic)
            if definition is not None and not is_opaque(definition):
                kind = call(rt("nested_parameter"), Lambda("", view.class_name))
        return ParameterView(view.accepts, view.class_name, kind)

    def parameter(self, constraint: ParameterConstraint) -> ParameterView:
        """The Python side of a definition's parameter."""
        match constraint:
            case ParameterKind():
                return _PARAMETERS[constraint]
            case EnumReference(name):
                enum = self._dialect.enum(name)
                python = own(self._naming.enum(enum))
                separator = (literal(enum.separator),) if enum.bits else ()
                accepts = union(python, self._text_of(enum), _INT)
                return ParameterView(accepts, python, call(rt("enum_parameter"), python, *separator))
            case ListOf(element):
                inner = self.parameter(element)
                kind = call(rt("list_parameter"), inner.kind)
                return ParameterView(sequence(inner.accepts), sequence(inner.gives), kind)
            case AttributeParameter(AttributeKind.FLAT_SYMBOL_REF):
                return ParameterView(union(_STR, ir("FlatSymbolRefAttr")), _STR, rt("symbol_parameter"))
            case AttributeParameter(inner):
                return self._attribute_parameter(inner)
            case OpaqueConstraint():
                return ParameterView(_STR, _STR, rt("opaque_parameter"))


def _instance(accepted: str) -> AttributeView:
    """An attribute of which nothing more can be checked."""
    return AttributeView(_ATTRIBUTE, _ATTRIBUTE, call(rt("instance_of"), literal("Attribute"), literal(accepted)))
