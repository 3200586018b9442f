"""How constraints look in Python: what a parameter accepts, and which runtime function takes it."""

from __future__ import annotations

from dataclasses import dataclass

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
    Literal,
    OpaqueConstraint,
    OpaqueLiteral,
    ParameterConstraint,
    ParameterKind,
    TypeOf,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.notation import print_attribute
from opspec.pyview.layout import py_literal
from opspec.pyview.type_rules import TypeRules

__all__ = ["AttributeView", "ConstraintViews", "ParameterView"]


@dataclass(frozen=True, slots=True)
class AttributeView:
    """An attribute constraint in Python: what it accepts, the class an accessor gives, the function that coerces."""

    accepts: str
    class_name: str
    coercer: str


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter of a definition in Python: what it accepts, what an accessor gives, its kind in the runtime."""

    accepts: str
    gives: str
    kind: str


_KINDS: dict[AttributeKind, AttributeView] = {
    AttributeKind.BOOL: AttributeView("bool | _ir.BoolAttr", "_ir.BoolAttr", "_rt.bool_attribute"),
    AttributeKind.INTEGER: AttributeView("int | _ir.IntegerAttr", "_ir.IntegerAttr", "_rt.any_integer"),
    AttributeKind.INDEX: AttributeView("int | _ir.IntegerAttr", "_ir.IntegerAttr", "_rt.index_attribute"),
    AttributeKind.FLOAT: AttributeView("float | _ir.FloatAttr", "_ir.FloatAttr", "_rt.any_float"),
    AttributeKind.STRING: AttributeView("str | _ir.StringAttr", "_ir.StringAttr", "_rt.string"),
    AttributeKind.TYPE: AttributeView("_ir.Type | _ir.TypeAttr", "_ir.TypeAttr", "_rt.type_attribute"),
    AttributeKind.UNIT: AttributeView("bool", "_ir.UnitAttr", "_rt.unit"),
    AttributeKind.ARRAY: AttributeView("_Sequence[_Any] | _ir.ArrayAttr", "_ir.ArrayAttr", "_rt.array"),
    AttributeKind.DICTIONARY: AttributeView("_Mapping[str, _Any] | _ir.DictAttr", "_ir.DictAttr", "_rt.dictionary"),
    AttributeKind.SYMBOL_NAME: AttributeView("str | _ir.StringAttr", "_ir.StringAttr", "_rt.symbol_name"),
    AttributeKind.SYMBOL_REF: AttributeView(
        "str | _Sequence[str] | _ir.Attribute | _ir.OpView", "_ir.Attribute", "_rt.symbol_ref"
    ),
    AttributeKind.FLAT_SYMBOL_REF: AttributeView(
        "str | _ir.FlatSymbolRefAttr | _ir.OpView", "_ir.FlatSymbolRefAttr", "_rt.flat_symbol_ref"
    ),
    AttributeKind.AFFINE_MAP: AttributeView("_ir.AffineMap | _ir.AffineMapAttr", "_ir.AffineMapAttr", "_rt.affine_map"),
    AttributeKind.INTEGER_SET: AttributeView(
        "_ir.IntegerSet | _ir.IntegerSetAttr", "_ir.IntegerSetAttr", "_rt.integer_set"
    ),
    AttributeKind.ELEMENTS: AttributeView("_Any", "_ir.Attribute", "_rt.elements"),
    AttributeKind.LOCATION: AttributeView("_ir.Location | _ir.Attribute", "_ir.Attribute", "_rt.location"),
}
_DENSE = {"i1": ("bool", "Bool"), "f32": ("float", "F32"), "f64": ("float", "F64")}
_PARAMETERS: dict[ParameterKind, ParameterView] = {
    ParameterKind.BOOL: ParameterView("bool", "bool", "_rt.boolean"),
    ParameterKind.INT32: ParameterView("int", "int", "_rt.integer(32)"),
    ParameterKind.INT64: ParameterView("int", "int", "_rt.integer(64)"),
    ParameterKind.UINT32: ParameterView("int", "int", "_rt.integer(32, signed=False)"),
    ParameterKind.UINT64: ParameterView("int", "int", "_rt.integer(64, signed=False)"),
    ParameterKind.FLOAT: ParameterView("float", "float", '_rt.floating("f32")'),
    ParameterKind.DOUBLE: ParameterView("float", "float", '_rt.floating("f64")'),
    ParameterKind.STRING: ParameterView("str", "str", "_rt.text"),
    ParameterKind.TYPE: ParameterView("_ir.Type", "_ir.Type", "_rt.type_"),
    ParameterKind.ATTRIBUTE: ParameterView("_Any", "_ir.Attribute", "_rt.attribute_of(_rt.any_attribute)"),
}


class ConstraintViews:
    """Looks up how a dialect's constraints look in Python."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy) -> None:
        self._dialect = dialect
        self._naming = naming

    def attribute(self, constraint: AttributeConstraint) -> AttributeView:
        """The Python side of an attribute constraint."""
        match constraint:
            case AttributeKind():
                return _KINDS[constraint]
            case AnyConstraint():
                return AttributeView("_Any", "_ir.Attribute", "_rt.any_attribute")
            case IntegerOf(prefix, width):
                coercer = f"_rt.integer_of({py_literal(prefix)}, {width})"
                return AttributeView("int | _ir.IntegerAttr", "_ir.IntegerAttr", coercer)
            case Builtin(word):
                return AttributeView("float | _ir.FloatAttr", "_ir.FloatAttr", f"_rt.float_of({py_literal(word)})")
            case EnumReference(name):
                return self._enum(name)
            case ArrayOf(element):
                inner = self.attribute(element)
                accepts = f"_Sequence[{inner.accepts}] | _ir.ArrayAttr"
                return AttributeView(accepts, "_ir.ArrayAttr", f"_rt.array_of({inner.coercer})")
            case DenseArray(element_word):
                python, host = _DENSE.get(element_word, ("int", element_word.upper()))
                class_name = f"_ir.Dense{host}ArrayAttr"
                coercer = f"_rt.dense_array({py_literal(element_word)})"
                return AttributeView(f"_Sequence[{python}] | {class_name}", class_name, coercer)
            case TypeOf(held):
                kind = _KINDS[AttributeKind.TYPE]
                coercer = f"_rt.type_of({TypeRules(self._dialect, self._naming).whole(held)})"
                return AttributeView(kind.accepts, kind.class_name, coercer)
            case Confined(base, refinements):
                inner = self.attribute(base)
                pairs = [py_literal((r.word, r.values[0] if r.values else 0)) for r in refinements]
                coercer = f"_rt.confined({', '.join([inner.coercer, *pairs])})"
                return AttributeView(inner.accepts, inner.class_name, coercer)
            case AnyOf(options):
                views = [self.attribute(option) for option in options]  # type: ignore[arg-type]
                accepts = " | ".join(dict.fromkeys(part for s in views for part in s.accepts.split(" | ")))
                return AttributeView(accepts, "_ir.Attribute", f"_rt.any_of({', '.join(s.coercer for s in views)})")
            case DefinitionReference(dialect, mnemonic):
                return self._definition(dialect, mnemonic)
            case InterfaceConstraint(name) | OpaqueConstraint(name):
                coercer = f'_rt.instance_of("Attribute", {py_literal(f"an attribute ({name})")})'
                return AttributeView("_ir.Attribute", "_ir.Attribute", coercer)

    def _enum(self, name: str) -> AttributeView:
        enum = self._dialect.enum(name)
        python = self._naming.enum(enum)
        prefix, width = enum.storage.rstrip("0123456789"), enum.storage.lstrip("iuse")
        coercer = f"_rt.enum_attribute({python}, {py_literal(prefix)}, {width})"
        return AttributeView(f"{python} | str | int | _ir.IntegerAttr", "_ir.IntegerAttr", coercer)

    def _definition(self, dialect: str, mnemonic: str) -> AttributeView:
        definition = self._dialect.attribute(dialect, mnemonic)
        if definition is None:
            coercer = f'_rt.instance_of("Attribute", {py_literal(f"an attribute #{dialect}.{mnemonic}")})'
            return AttributeView("_ir.Attribute", "_ir.Attribute", coercer)
        python = self._naming.definition_class(definition)
        accepts = "_ir.Attribute"
        if len(definition.parameters) == 1:
            accepts = f"{self.parameter(definition.parameters[0].parameter.constraint).accepts} | _ir.Attribute"
        return AttributeView(accepts, python, f"{python}.coerce")

    def coercer(self, constraint: AttributeConstraint) -> str:
        """The name of the module's function that coerces to this constraint."""
        return self._naming.coercer(print_attribute(constraint))

    def default(self, literal: Literal, constraint: AttributeConstraint) -> str:
        """The Python expression of a default; `None` where only C++ can say it."""
        match literal:
            case EnumCases(names):
                enum = self._dialect.enum_of(constraint)
                if enum is None:
                    return "None"
                return " | ".join(f"{self._naming.enum(enum)}.{self._naming.enum_case(enum, name)}" for name in names)
            case OpaqueLiteral():
                return "None"
            case tuple():
                return f"({', '.join(self.default(item, constraint) for item in literal)}{',' * (len(literal) == 1)})"
            case _:
                return py_literal(literal)

    def parameter_default(self, literal: Literal, constraint: ParameterConstraint) -> str:
        """The Python expression of a parameter's default; `None` where only C++ can say it."""
        return self.default(literal, constraint if isinstance(constraint, EnumReference) else AnyConstraint())

    def _attribute_parameter(self, constraint: AttributeConstraint) -> ParameterView:
        """A parameter that is an attribute: MLIR leaves out what the parser knows anyway."""
        view = self.attribute(constraint)
        kind = f"_rt.attribute_of({view.coercer})"
        if ".coerce" in view.coercer:  # of a class that may stand further down
            kind = f"_rt.attribute_of(lambda *given: {view.coercer}(*given))"
        if isinstance(constraint, DenseArray):
            kind = f"_rt.dense_list({view.coercer}, {py_literal(constraint.element)})"
        elif isinstance(constraint, DefinitionReference):
            definition = self._dialect.attribute(constraint.dialect, constraint.mnemonic)
            if definition is not None and not is_opaque(definition):
                kind = f"_rt.nested(lambda: {view.class_name})"
        return ParameterView(view.accepts, view.class_name, kind)

    def parameter(self, constraint: ParameterConstraint) -> ParameterView:
        """The Python side of a definition's parameter."""
        match constraint:
            case ParameterKind():
                return _PARAMETERS[constraint]
            case EnumReference(name):
                enum = self._dialect.enum(name)
                python = self._naming.enum(enum)
                separator = f", {py_literal(enum.separator)}" if enum.bits else ""
                return ParameterView(f"{python} | str | int", python, f"_rt.enum_case({python}{separator})")
            case ListOf(element):
                inner = self.parameter(element)
                accepts, gives = f"_Sequence[{inner.accepts}]", f"_Sequence[{inner.gives}]"
                return ParameterView(accepts, gives, f"_rt.list_of({inner.kind})")
            case AttributeParameter(AttributeKind.FLAT_SYMBOL_REF):
                return ParameterView("str | _ir.FlatSymbolRefAttr", "str", "_rt.symbol")
            case AttributeParameter(inner):
                return self._attribute_parameter(inner)
            case OpaqueConstraint():
                return ParameterView("str", "str", "_rt.opaque")
