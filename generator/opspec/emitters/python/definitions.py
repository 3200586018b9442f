"""Attribute and type classes as finished lines."""

from __future__ import annotations

from opspec.emitters.python.prose import argument_doc, doc_lines
from opspec.emitters.python.renames import get_decorator, get_overloads, old_parameter_lines
from opspec.pyview.expressions import Expression, assigned, called, rendered, tuple_of
from opspec.pyview.layout import WIDTH, annotated, call, py_docstring, py_literal, wrap_markdown
from opspec.pyview.module import PyDefinition, PyDefinitionParameter

__all__ = ["definition_lines"]


def _quoted(annotation: str, classes: frozenset[str]) -> str:
    """An annotation that is evaluated at run time: in quotes where the name may not exist yet."""
    return annotation if annotation.isidentifier() and annotation not in classes else py_literal(annotation)


def _declared(parameter: PyDefinitionParameter) -> Expression:
    arguments = (py_literal(parameter.key), py_literal(str(parameter.name)), parameter.kind)
    if parameter.optional:
        return called("_rt.Declared", *arguments, optional="True")
    if parameter.default is not None:
        return called("_rt.Declared", *arguments, default=parameter.default)
    return called("_rt.Declared", *arguments)


def _parameters(definition: PyDefinition) -> list[str]:
    if not definition.parameters:
        return []
    declared = tuple_of(_declared(parameter) for parameter in definition.parameters)
    return rendered(assigned("PARAMETERS", declared), 4)


def _accessors(definition: PyDefinition, classes: frozenset[str]) -> list[str]:
    lines: list[str] = []
    for parameter in definition.parameters:
        head = f"{parameter.name} = _rt.ParameterAccessor[{_quoted(parameter.gives, classes)}]("
        lines += call(head, [py_literal(parameter.key)], 4)
        lines += [
            py_docstring(wrap_markdown(parameter.doc or f"The parameter `{parameter.key}`.", WIDTH - 10), 4),
            "",
        ]
        lines += old_parameter_lines(parameter)
    return lines


def _signature(definition: PyDefinition) -> list[str]:
    """The constructor's head: required parameters, then by keyword alone those with a default."""
    required = [p for p in definition.parameters if p.default is None]
    others = [p for p in definition.parameters if p.default is not None]
    lines = [*get_overloads(definition), "    @classmethod", *get_decorator(definition), "    def get(", "        cls,"]
    lines += [line for p in required for line in annotated(p.name, p.accepts, "", 8)]
    if others:
        lines.append("        *,")
    lines += [line for p in others for line in annotated(p.name, p.accepts, f" = {p.default}", 8)]
    return [*lines, "        context: _ir.Context | None = None,", f"    ) -> {definition.name}:"]


def _constructor(definition: PyDefinition) -> list[str]:
    what = "attribute" if definition.prefix.startswith("#") else "type"
    doc = [f"The {what} with these parameters." if definition.parameters else f"The {what}.", "", "Args:"]
    for parameter in definition.parameters:
        doc += argument_doc(parameter.name, parameter.doc)
    doc.append("    context: Context; the current one by default.")
    given = [f"{py_literal(p.key)}: {p.name}" for p in definition.parameters]
    return [
        *_signature(definition),
        py_docstring(doc, 8),
        *call("parameters: dict[str, object] = {", given, 8, close="}"),
        f"        made: {definition.name} = cls._get(parameters, context)",
        "        return made",
    ]


def definition_lines(definition: PyDefinition, classes: frozenset[str]) -> list[str]:
    """The class of an attribute or type; `classes` are those of the module, in whatever order they come."""
    lines = [
        f"class {definition.name}({definition.base}):",
        py_docstring(doc_lines(definition.summary, definition.description, 4), 4),
        "",
        f"    PREFIX = {py_literal(definition.prefix)}",
    ]
    if definition.format is None:
        return lines
    return [
        *lines,
        f"    FORMAT = {py_literal(definition.format)}",
        *_parameters(definition),
        "",
        *_accessors(definition, classes),
        *_constructor(definition),
    ]
