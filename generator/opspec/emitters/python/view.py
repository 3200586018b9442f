"""What the Python templates place: a module's parts as finished lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from opspec.emitters.python.definitions import definition_lines
from opspec.emitters.python.prose import argument_doc, doc_lines, title
from opspec.emitters.python.renames import (
    alias_blocks,
    init_overloads,
    keyword_decorator,
    old_accessor_lines,
    old_case_lines,
    old_class_lines,
    overload_blocks,
)
from opspec.emitters.python.signatures import signature_lines
from opspec.notation.scanning import split_list
from opspec.pyview.expressions import rendered
from opspec.pyview.extensions import PyExtension
from opspec.pyview.layout import WIDTH, call, py_docstring, py_literal, wrap_markdown
from opspec.pyview.module import (
    PyConstant,
    PyEnum,
    PyHelper,
    PyModule,
    PyOperation,
)

__all__ = ["ModuleView", "view_module"]


@dataclass(frozen=True, slots=True)
class ModuleView:
    """The lines of a module, by section."""

    docstring: str
    typing_names: tuple[str, ...]
    collection_names: tuple[str, ...]
    needs_checking: bool
    exports: tuple[str, ...]
    dialect: str
    enums: tuple[str, ...]
    definitions: tuple[str, ...]
    coercers: tuple[str, ...]
    constants: tuple[str, ...]
    helpers: tuple[str, ...]
    operations: tuple[str, ...]
    renames: tuple[str, ...]
    imports: tuple[str, ...]


def _function(operation: PyOperation, dialect: str) -> list[str]:
    doc = doc_lines(operation.summary, operation.description, 4)
    doc += ["", "Args:"]
    for parameter in operation.parameters:
        doc += argument_doc(parameter.name, parameter.doc)
    returns = wrap_markdown(operation.returns_doc, WIDTH - 8)
    doc += ["", "Returns:", *(f"    {line}" for line in returns)]
    doc += ["", "Raises:", "    TypeError: An argument is of a kind that its parameter does not take."]
    doc += ["    ValueError: An argument is out of bounds, a rule is broken, or there is no location."]
    lines = keyword_decorator(operation, dialect, 0)
    lines += signature_lines(f"def {operation.function}", operation.parameters, operation.returns, 0)
    lines.append(py_docstring(doc, 4))
    lines.append(f"    with _rt.building({py_literal(f'{dialect}.{operation.mnemonic}')}, loc):")
    return [*lines, *operation.body]


def _accessor_lines(operation: PyOperation) -> list[str]:
    lines: list[str] = []
    for accessor in operation.accessors:
        lines += call(f"{accessor.name} = {accessor.expression}(", list(accessor.arguments), 4)
        lines.append(py_docstring(wrap_markdown(accessor.doc or f"The part `{accessor.name}`.", WIDTH - 10), 4))
        lines.append("")
    return [*lines, *old_accessor_lines(operation)]


def _class(operation: PyOperation, dialect: str) -> list[str]:
    name = f"{dialect}.{operation.mnemonic}"
    lines = [
        f"@_rt.register_operation({py_literal(dialect)})",
        f"class {operation.class_name}(_ir.OpView):",
        py_docstring(wrap_markdown(f"`{name}`: {title(operation.summary)}", WIDTH - 10), 4),
        "",
        f"    OPERATION_NAME = {py_literal(name)}",
    ]
    count, fixed = operation.regions
    lines.append(f"    _ODS_REGIONS = ({count}, {fixed})")
    if operation.is_terminator:
        lines.append("    IS_TERMINATOR = True")
    lines += [f"    _build = staticmethod({operation.function})", ""]
    lines += _accessor_lines(operation)
    lines += init_overloads(operation)
    lines += keyword_decorator(operation, dialect, 4)
    lines += signature_lines("def __init__", operation.parameters, "None", 4, "self")
    lines.append(py_docstring([f"Build the operation; the parameters are those of `{operation.function}`."], 8))
    passed = [
        f"{parameter.name}={parameter.init_name}" if parameter.keyword_only else str(parameter.init_name)
        for parameter in operation.parameters
    ]
    lines += call("built = self._build(", passed, 8)
    lines.append("        _rt.adopt(self, built)")
    return lines


def _enum(enum: PyEnum) -> list[str]:
    inside, behind = old_case_lines(enum)
    base = f"{enum.base}, metaclass=_rt.RenamingEnum" if behind else enum.base
    lines = [f"class {enum.name}({base}):", py_docstring(doc_lines(enum.summary, enum.description, 4), 4), ""]
    for case in enum.cases:
        lines.append(f"    {case.name} = {case.value}, {py_literal(case.text)}")
        if case.doc:
            lines += [py_docstring(wrap_markdown(case.doc, WIDTH - 10), 4), ""]
        for alias in case.aliases:
            if not alias.message:
                lines.append(f"    {alias.name} = {case.value}, {py_literal(case.text)}")
                lines += [py_docstring([f"Another name of `{case.name}`."], 4), ""]
    return [*(lines[:-1] if not lines[-1] else lines), *inside, *behind]


def _helper(helper: PyHelper) -> list[str]:
    given, parameter = (f"_Sequence[{helper.accepts}]", "values") if helper.is_array else (helper.accepts, "value")
    returns = "_ir.ArrayAttr" if helper.is_array else str(helper.class_name)
    what = "The array attribute" if helper.is_array else "The attribute"
    return [
        f"def {helper.name}(",
        f"    {parameter}: {given},",
        "    context: _ir.Context | None = None,",
        f") -> {returns}:",
        py_docstring([f"{what} of {helper.doc}."], 4),
        f"    with _rt.entered({py_literal(helper.name)}, context):",
        f"        made: {returns} = {helper.coercer}(",
        f"            {parameter},",
        f"            {py_literal(helper.name)},",
        f"            {py_literal(parameter)},",
        "        )",
        "        return made",
    ]


def _import(extension: PyExtension) -> list[str]:
    """The import of what a hand-written module adds; it stands at the end, where that module can use this one."""
    names = [name for name, _ in extension.exports]
    one = f"from .{extension.module} import {', '.join(names)}"
    return [one] if len(one) <= WIDTH else call(f"from .{extension.module} import (", names, 0)


def _rules(constant: PyConstant | None) -> list[list[str]]:
    return [] if constant is None else [_constant(constant)]


def _constant(constant: PyConstant) -> list[str]:
    expression = constant.expression
    if isinstance(expression, str):
        return [f"{constant.name} = {expression}"]
    return rendered(replace(expression, head=f"{constant.name} = {expression.head}"), 0)


def view_module(module: PyModule) -> ModuleView:
    """The lines of a dialect's module."""
    operations = [
        block
        for op in module.operations
        for block in (
            *_rules(op.rules),
            *overload_blocks(op),
            _function(op, module.dialect),
            _class(op, module.dialect),
            *alias_blocks(op, module.dialect),
        )
    ]
    enums = [_enum(enum) for enum in module.enums]
    old_classes = old_class_lines(module)
    classes = frozenset(str(definition.name) for definition in module.definitions)
    definitions = [definition_lines(definition, classes) for definition in module.definitions]
    helpers = [_helper(helper) for helper in module.helpers]
    text = "\n".join(line for part in (*operations, *definitions, *helpers) for line in part)
    collections = tuple(name for name in ("Mapping", "Sequence") if f"_{name}[" in text)
    return ModuleView(
        py_docstring(doc_lines(module.summary, module.description, 0), 0),
        tuple(name for name in ("Any", "overload") if f"_{name}" in text),
        collections,
        any("TYPE_CHECKING" in line for block in (*enums, *old_classes) for line in block),
        module.exports,
        module.dialect,
        tuple("\n".join(enum) for enum in enums),
        tuple("\n".join(definition) for definition in definitions),
        tuple("\n".join(_coercer(c.name, c.expression)) for c in module.coercers),
        tuple("\n".join(_constant(constant)) for constant in module.constants),
        tuple("\n".join(helper) for helper in helpers),
        tuple("\n".join(operation) for operation in operations),
        tuple("\n".join(block) for block in old_classes),
        tuple("\n".join(_import(extension)) for extension in module.extensions),
    )


def _coercer(name: str, expression: str) -> list[str]:
    head, _, arguments = expression.partition("(")
    if not arguments or len(f"{name} = {expression}") <= WIDTH:
        return [f"{name} = {expression}"]
    return call(f"{name} = {head}(", list(split_list(arguments.removesuffix(")"))), 0)
