"""The builder function and the class of an operation."""

from __future__ import annotations

from dataclasses import replace

from opspec.emitters.python.old_names import (
    aliases_of_function,
    keyword_decorators,
    old_accessors,
    overloads,
)
from opspec.emitters.python.prose import about, argument_doc, doc_lines, title
from opspec.pyview.module import PyOperation, init_parameters, parameters_of
from opspec.pyview.python import (
    ANY,
    NONE,
    Assign,
    Class,
    Evaluate,
    Function,
    Group,
    Parameter,
    Starred,
    Statement,
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
    doc += ["", "Raises: TypeError or ValueError where an argument does not fit."]
    return Function(
        name=operation.function,
        parameters=parameters_of(operation.parameters),
        returns=operation.returns,
        doc=tuple(doc),
        body=operation.body,
        decorators=keyword_decorators(operation, dialect),
    )


def _constructors(operation: PyOperation, dialect: str) -> list[Function]:
    """The constructor: with the parameters of the builder, or with its own where they are called otherwise."""
    doc = (f"Build the operation; the parameters are those of `{operation.function}`.",)
    made = Function("__init__", (), NONE, doc, first="self")
    old = overloads(operation, "__init__", is_init=True)
    if any(parameter.name != parameter.init_name for parameter in operation.parameters):
        passed = [own(p.init_name) for p in operation.parameters if not p.keyword_only]
        named = {str(p.name): own(p.init_name) for p in operation.parameters if p.keyword_only}
        body = Evaluate(call(rt("construct"), own("self"), own("self._build"), *passed, **named))
        decorators = keyword_decorators(operation, dialect, is_init=True)
        parameters = init_parameters(operation.parameters)
        return [*old, replace(made, parameters=parameters, body=(body,), decorators=decorators)]
    if old:
        anything = (Parameter("*args", ANY), Parameter("**keywords", ANY))
        given = (Starred(own("args")), Starred(Starred(own("keywords"))))
        body = Evaluate(call(rt("construct"), own("self"), own("self._build"), *given))
        return [*old, replace(made, parameters=anything, body=(body,))]
    return [replace(made, decorators=(call(rt("builds_as"), own(operation.function)),))]


def _class(operation: PyOperation, dialect: str) -> Class:
    name = f"{dialect}.{operation.mnemonic}"
    facts: list[Statement] = [Assign("OPERATION_NAME", literal(name))]
    constructors = _constructors(operation, dialect)
    if constructors[-1].body:
        facts.append(Assign("_build", call(own("staticmethod"), own(operation.function))))
    accessors: list[Group] = [
        (Assign(each.name, each.value, doc=about(each.doc or f"The part `{each.name}`.", 4)),)
        for each in operation.accessors
    ]
    groups = (
        tuple(facts),
        *((each,) for each in constructors),  # before an accessor that may have the builder's name
        *accessors,
        *((old,) for old in old_accessors(operation)),
    )
    doc = about(f"`{name}`: {title(operation.summary)}", 4)
    return Class(operation.class_name, (ir("OpView"),), doc, groups, (rt("operation_class"),))


def operation_statements(operation: PyOperation, dialect: str) -> list[Statement]:
    """The rules of an operation, its builder, its class, and its further and old names."""
    return [
        Assign(operation.rules.name, operation.rules.expression),
        *overloads(operation, operation.function),
        _function(operation, dialect),
        _class(operation, dialect),
        *aliases_of_function(operation, dialect),
    ]
