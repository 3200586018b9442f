"""The Python module of a dialect, from the model."""

from __future__ import annotations

from opspec.constraints.opaque import cpp_default
from opspec.model.constraints import ArrayOf, DefinitionReference, EnumReference
from opspec.model.definitions import is_opaque, layout_of
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, Enum, NamedParameter
from opspec.naming.policy import NamingPolicy, PyName
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import written
from opspec.pyview.constraints import ConstraintViews
from opspec.pyview.context import context_of
from opspec.pyview.module import (
    PyCase,
    PyConstant,
    PyDefinition,
    PyDefinitionParameter,
    PyEnum,
    PyHelper,
    PyModule,
)
from opspec.pyview.operations import build_operation
from opspec.pyview.python import NONE, Expression, Member, or_none, own, rt
from opspec.pyview.renames import case_aliases, class_aliases, old_definition_parameters
from opspec.pyview.rules import Rules
from opspec.pyview.text import of_cpp, sentence

__all__ = ["build_module"]


def _enum(dialect: Dialect, enum: Enum, naming: NamingPolicy) -> PyEnum:
    cases = tuple(
        PyCase(
            naming.enum_case(enum, case.symbol),
            case.value,
            case.text,
            case.doc.summary,
            case_aliases(enum, case, naming),
        )
        for case in enum.cases
    )
    base = rt("FlagEnum" if enum.bits else "CaseEnum")
    summary = enum.doc.summary or f"The enum `{enum.name}`"
    name = naming.enum(enum)
    classes = class_aliases(dialect, enum, name, naming)
    return PyEnum(
        name=name,
        base=base,
        cases=cases,
        summary=summary,
        description=enum.doc.description,
        text=naming.enum_text(enum),
        classes=classes,
    )


def _definition(dialect: Dialect, definition: Definition, naming: NamingPolicy, views: ConstraintViews) -> PyDefinition:
    name = naming.definition_class(definition)
    is_attribute = isinstance(definition, AttributeDefinition)
    sigil = "#" if is_attribute else "!"
    parameters = tuple(_parameter(name, named, naming, views) for named in definition.parameters)
    prefix = f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"
    base = rt("AttributeDefinition" if is_attribute else "TypeDefinition")
    return PyDefinition(
        name=name,
        base=base,
        prefix=prefix,
        format=layout_of(definition),
        parameters=parameters,
        summary=definition.doc.summary or f"The {'attribute' if is_attribute else 'type'} `{prefix}`",
        description=definition.doc.description,
        classes=class_aliases(dialect, definition, name, naming),
    )


def _parameter(
    owner: PyName, named: NamedParameter, naming: NamingPolicy, views: ConstraintViews
) -> PyDefinitionParameter:
    parameter = named.parameter
    view = views.parameter(parameter.constraint)
    accepts, gives, doc = view.accepts, view.gives, named.doc.summary
    default: Expression | None = None
    cpp = cpp_default(parameter.default)
    if cpp is not None:
        default, doc = NONE, sentence(doc, of_cpp(cpp))
    elif parameter.default is not None:
        default = views.default(parameter.default, parameter.constraint)
    optional = parameter.optional or default == NONE
    if optional:
        accepts, gives, default = or_none(accepts), or_none(gives), NONE
    name, old = naming.parameter_of(named), old_definition_parameters(owner, named, naming)
    return PyDefinitionParameter(
        name=name,
        key=named.name,
        accepts=accepts,
        gives=gives,
        kind=view.kind,
        doc=doc,
        default=default,
        optional=optional,
        old=old,
    )


def _coercers(dialect: Dialect, naming: NamingPolicy, views: ConstraintViews) -> tuple[PyConstant, ...]:
    """A function for each distinct attribute constraint of the dialect's operations, sorted by name."""
    found: dict[str, Expression] = {}
    for operation in dialect.operations:
        for named in operation.attributes:
            constraint = named.attribute.constraint
            found[views.coercer(constraint).text] = views.attribute(constraint).coercer
    return tuple(PyConstant(PyName(name), found[name]) for name in sorted(found))


def _helpers(dialect: Dialect, naming: NamingPolicy, views: ConstraintViews) -> tuple[PyHelper, ...]:
    """Helpers for the dialect's own definitions that hold one enum, and for arrays of them where they are used."""
    used = {
        constraint.element
        for operation in dialect.operations
        for named in operation.attributes
        if isinstance(constraint := named.attribute.constraint, ArrayOf)
    }
    helpers: list[PyHelper] = []
    for definition in dialect.attributes:
        parameters = definition.parameters
        if definition.dialect or len(parameters) != 1 or is_opaque(definition):
            continue
        if not isinstance(parameters[0].parameter.constraint, EnumReference):
            continue
        reference = DefinitionReference(dialect.name, definition.mnemonic)
        cls = naming.definition_class(definition)
        enum = dialect.enum(parameters[0].parameter.constraint.name)
        cases = naming.enum(enum)
        accepts = views.attribute(reference).accepts
        texts = tuple(_attribute_text(dialect, definition, case.text) for case in enum.cases)
        name = naming.helper(definition.mnemonic, "attribute")
        doc = f"a case of `{cases}`, its name, or an attribute"
        helpers.append(
            PyHelper(
                name=name,
                class_name=cls,
                accepts=accepts,
                coercer=Member(own(cls), "coerce"),
                is_array=False,
                doc=doc,
                enum=cases,
                texts=texts,
            )
        )
        if reference in used:
            name = naming.helper(definition.mnemonic, "array_attribute")
            doc = f"cases of `{cases}`, their names, or attributes"
            coercer = views.coercer(ArrayOf(reference))
            helpers.append(
                PyHelper(
                    name=name,
                    class_name=cls,
                    accepts=accepts,
                    coercer=coercer,
                    is_array=True,
                    doc=doc,
                    enum=cases,
                    texts=texts,
                )
            )
    return tuple(helpers)


def _attribute_text(dialect: Dialect, definition: AttributeDefinition, case: str) -> str:
    """An attribute that holds a case, as the IR spells it."""
    parameters = {definition.parameters[0].name: case}
    layout = AssemblyFormat(definition.format or "", list(parameters))
    return written(f"#{dialect.name}.{definition.mnemonic}", layout.print(parameters))


def build_module(dialect: Dialect, naming: NamingPolicy) -> PyModule:
    """The view of a dialect's Python module; the dialect is checked, and so are its names."""
    views = ConstraintViews(dialect, naming)
    rules = Rules(dialect, naming)
    operations = tuple(
        build_operation(context_of(dialect, operation, naming), rules) for operation in dialect.operations
    )
    return PyModule(
        name=naming.module(dialect),
        dialect=dialect.name,
        summary=dialect.doc.summary or f"Builders for the `{dialect.name}` dialect",
        description=dialect.doc.description,
        enums=tuple(_enum(dialect, enum, naming) for enum in dialect.enums),
        definitions=tuple(_definition(dialect, definition, naming, views) for definition in dialect.definitions),
        coercers=_coercers(dialect, naming, views),
        helpers=_helpers(dialect, naming, views),
        operations=operations,
        constants=rules.constants(),
    )
