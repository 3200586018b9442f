"""Attribute and type classes, and enums."""

from __future__ import annotations

from opspec.emitters.python.old_names import (
    checked_cases,
    get_decorators,
    get_overloads,
    old_cases,
    old_parameters,
)
from opspec.emitters.python.prose import about, argument_doc, doc_lines
from opspec.pyview.module import PyDefinition, PyDefinitionParameter, PyEnum, PyHelper
from opspec.pyview.python import (
    NONE,
    TRUE,
    Assign,
    Class,
    Evaluate,
    Expression,
    Function,
    Group,
    Index,
    Items,
    Name,
    Origin,
    Parameter,
    Quoted,
    Return,
    Statement,
    With,
    call,
    dict_of,
    ir,
    literal,
    or_none,
    own,
    rt,
    sequence,
    tuple_of,
)

__all__ = ["definition_class", "enum_statements", "helper_function"]

_TYPE_MEMBERS = ("typeid", "maybe_downcast")
_ATTRIBUTE_MEMBERS = ("type", *_TYPE_MEMBERS)
"""Members of the host's types and attributes: a parameter of that name is in their place, and of another type."""

_CONTEXT = Parameter("context", or_none(ir("Context")), NONE)


def enum_statements(enum: PyEnum) -> list[Statement]:
    """The class of an enum, and what finds its cases under old names."""
    groups: list[Group] = []
    open_group: list[Statement] = []
    for case in enum.cases:
        value = Items((literal(case.value), literal(case.text)), "")
        open_group.append(Assign(case.name, value, doc=about(case.doc, 4) if case.doc else ()))
        if case.doc:
            groups, open_group = [*groups, tuple(open_group)], []
        for alias in case.aliases:
            if not alias.message:
                groups.append((*open_group, Assign(alias.name, value, doc=(f"Another name of `{case.name}`.",))))
                open_group = []
    groups += [tuple(open_group)] if open_group else []
    behind = old_cases(enum)
    metaclass = rt("RenamingEnum") if behind is not None else None
    doc = tuple(doc_lines(enum.summary, enum.description, 4))
    made = Class(enum.name, (enum.base,), doc, (*groups, *checked_cases(enum)), metaclass=metaclass)
    return [made, *([] if behind is None else [Evaluate(behind)]), *_texts(enum)]


def _texts(enum: PyEnum) -> list[Statement]:
    """The type of the texts that stand for its cases, for whoever passes them on."""
    if enum.text is None:
        return []
    words = {word.lower(): word for case in enum.cases for word in (case.name.lower(), case.text)}
    texts = Index(Name("Literal", Origin.TYPING), tuple(map(literal, words.values())))
    doc = (f"A case of `{enum.name}` by its text in the IR, or by its name.",)
    return [Assign(enum.text, texts, Name("TypeAlias", Origin.TYPING), doc)]


def helper_function(helper: PyHelper) -> Function:
    """The function that makes an attribute, or an array of attributes, of a definition with one enum."""
    given, parameter = (sequence(helper.accepts), "values") if helper.is_array else (helper.accepts, "value")
    returns = ir("ArrayAttr") if helper.is_array else own(helper.class_name)
    what = "The array attribute" if helper.is_array else "The attribute"
    made = call(helper.coercer, own(parameter), literal(helper.name), literal(parameter))
    return Function(
        helper.name,
        (Parameter(parameter, given), _CONTEXT),
        returns,
        (f"{what} of {helper.doc}.",),
        (
            With(
                call(rt("in_context"), literal(helper.name), own("context")),
                (Assign("made", made, returns), Return(own("made"))),
            ),
        ),
    )


def _at_run_time(annotation: Expression, classes: frozenset[str]) -> Expression:
    """A type that is evaluated at run time: in quotes where the name may not exist yet."""
    is_there = isinstance(annotation, Name) and not annotation.origin.value and annotation.text not in classes
    return annotation if is_there else Quoted(annotation)


def _declared(parameter: PyDefinitionParameter) -> Expression:
    given: dict[str, Expression] = {}
    if parameter.optional:
        given = {"optional": TRUE}
    elif parameter.default is not None:
        given = {"default": parameter.default}
    return call(rt("ParameterRule"), literal(parameter.key), literal(parameter.name), parameter.kind, **given)


def _accessors(definition: PyDefinition, classes: frozenset[str]) -> list[Group]:
    groups: list[Group] = []
    hidden = _ATTRIBUTE_MEMBERS if definition.prefix.startswith("#") else _TYPE_MEMBERS
    for parameter in definition.parameters:
        accessor = call(
            Index(rt("ParameterAccessor"), (_at_run_time(parameter.gives, classes),)), literal(parameter.key)
        )
        doc = about(parameter.doc or f"The parameter `{parameter.key}`.", 4)
        annotation = Name("Any", Origin.TYPING) if parameter.name in hidden else None
        groups += [(Assign(parameter.name, accessor, annotation, doc),), *((old,) for old in old_parameters(parameter))]
    return groups


def _get(definition: PyDefinition) -> Function:
    """The constructor: required parameters, then by keyword alone those with a default."""
    what = "attribute" if definition.prefix.startswith("#") else "type"
    doc = [f"The {what} with these parameters." if definition.parameters else f"The {what}.", "", "Args:"]
    for parameter in definition.parameters:
        doc += argument_doc(parameter.name, parameter.doc)
    doc.append("    context: Context; the current one by default.")
    required = [Parameter(p.name, p.accepts) for p in definition.parameters if p.default is None]
    others = [Parameter(p.name, p.accepts, p.default, True) for p in definition.parameters if p.default is not None]
    context = Parameter("context", or_none(ir("Context")), NONE, bool(others))
    given = dict_of((p.key, own(p.name)) for p in definition.parameters)
    returns = own(definition.name)
    body = (
        Assign("parameters", given, Index(own("dict"), (own("str"), own("object")))),
        Assign("made", call(own("cls._get"), own("parameters"), own("context")), returns),
        Return(own("made")),
    )
    decorators = (own("classmethod"), *get_decorators(definition))
    return Function(
        name="get",
        parameters=(*required, *others, context),
        returns=returns,
        doc=tuple(doc),
        body=body,
        decorators=decorators,
        first="cls",
    )


def definition_class(definition: PyDefinition, classes: frozenset[str]) -> Class:
    """The class of an attribute or type; `classes` are those of the module, in whatever order they come."""
    doc = tuple(doc_lines(definition.summary, definition.description, 4))
    facts: list[Statement] = [Assign("PREFIX", literal(definition.prefix))]
    if definition.format is None:
        return Class(definition.name, (definition.base,), doc, (tuple(facts),))
    facts.append(Assign("FORMAT", literal(definition.format)))
    if definition.parameters:
        facts.append(Assign("PARAMETERS", tuple_of(_declared(parameter) for parameter in definition.parameters)))
    get = _get(definition)
    groups = (
        tuple(facts),
        *_accessors(definition, classes),
        *((each,) for each in get_overloads(definition, get)),
        (get,),
    )
    return Class(definition.name, (definition.base,), doc, groups)
