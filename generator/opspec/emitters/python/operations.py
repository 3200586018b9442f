"""The builder function and the class of an operation."""

from __future__ import annotations

from opspec.emitters.python.old_names import (
    aliases_of_function,
    keyword_decorators,
    old_accessors,
    overloads,
)
from opspec.emitters.python.prose import about, argument_doc, doc_lines, title
from opspec.pyview.module import PyOperation, init_parameters, parameters_of
from opspec.pyview.python import (
    NONE,
    TRUE,
    Assign,
    Class,
    Evaluate,
    Function,
    Group,
    Statement,
    With,
    call,
    ir,
    literal,
    own,
    rt,
)
from opspec.pyview.text import WIDTH, wrap_markdown

__all__ = ["operation_statements"]


def _function(operation: PyOperation, dialect: str) -> Function:
    doc = doc_lines(operation.summary, operation.description, 4)
    doc += ["", "Args:"]
    for parameter in operation.parameters:
        doc += argument_doc(parameter.name, parameter.doc)
    returns = wrap_markdown(operation.returns_doc, WIDTH - 8)
    doc += ["", "Returns:", *(f"    {line}" for line in returns)]
    doc += ["", "Raises:", "    TypeError: An argument is of a kind that its parameter does not take."]
    doc += ["    ValueError: An argument is out of bounds, a rule is broken, or there is no location."]
    surroundings = call(rt("building"), literal(f"{dialect}.{operation.mnemonic}"), own("loc"))
    return Function(
        operation.function,
        parameters_of(operation.parameters),
        operation.returns,
        tuple(doc),
        (With(surroundings, operation.body),),
        keyword_decorators(operation, dialect),
    )


def _constructor(operation: PyOperation, dialect: str) -> Function:
    given = [own(p.init_name) for p in operation.parameters if not p.keyword_only]
    named = {str(p.name): own(p.init_name) for p in operation.parameters if p.keyword_only}
    return Function(
        "__init__",
        init_parameters(operation.parameters),
        NONE,
        (f"Build the operation; the parameters are those of `{operation.function}`.",),
        (
            Assign("built", call(own("self._build"), *given, **named)),
            Evaluate(call(rt("adopt"), own("self"), own("built"))),
        ),
        keyword_decorators(operation, dialect, is_init=True),
        "self",
    )


def _class(operation: PyOperation, dialect: str) -> Class:
    name = f"{dialect}.{operation.mnemonic}"
    facts: list[Statement] = [
        Assign("OPERATION_NAME", literal(name)),
        Assign("_ODS_REGIONS", literal(operation.regions)),
    ]
    if operation.is_terminator:
        facts.append(Assign("IS_TERMINATOR", TRUE))
    facts.append(Assign("_build", call(own("staticmethod"), own(operation.function))))
    accessors: list[Group] = [
        (Assign(each.name, each.value, doc=about(each.doc or f"The part `{each.name}`.", 4)),)
        for each in operation.accessors
    ]
    groups = (
        tuple(facts),
        *accessors,
        *((old,) for old in old_accessors(operation)),
        *((each,) for each in overloads(operation, "__init__", is_init=True)),
        (_constructor(operation, dialect),),
    )
    doc = about(f"`{name}`: {title(operation.summary)}", 4)
    registered = call(rt("register_operation"), literal(dialect))
    return Class(operation.class_name, (ir("OpView"),), doc, groups, (registered,))


def operation_statements(operation: PyOperation, dialect: str) -> list[Statement]:
    """The rules of an operation, its builder, its class, and its further and old names."""
    rules = operation.rules
    return [
        *([] if rules is None else [Assign(rules.name, rules.expression)]),
        *overloads(operation, operation.function),
        _function(operation, dialect),
        _class(operation, dialect),
        *aliases_of_function(operation, dialect),
    ]
