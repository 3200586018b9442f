"""The text of a dialect's module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opspec.emitters.python.definitions import definition_class, enum_statements, helper_function
from opspec.emitters.python.old_names import names_of_classes
from opspec.emitters.python.operations import operation_statements
from opspec.emitters.python.prose import doc_lines
from opspec.pyview.hiding import with_builtins
from opspec.pyview.module import PyConstant, PyModule
from opspec.pyview.names_used import names_of
from opspec.pyview.printer import block
from opspec.pyview.python import (
    Assign,
    Class,
    Comment,
    Evaluate,
    Group,
    Import,
    Origin,
    Statement,
    call,
    literal,
    rt,
)
from opspec.pyview.text import py_docstring, py_literal

__all__ = ["module_text"]


def _constants(comment: str, constants: Sequence[PyConstant]) -> Iterator[Group]:
    if constants:
        yield (Comment(comment), *(Assign(each.name, each.expression) for each in constants))


def _groups(module: PyModule) -> Iterator[Group]:
    """What stands in the module, in groups with two empty lines between them."""
    classes = frozenset(str(definition.name) for definition in module.definitions)
    for enum in module.enums:
        yield from ((statement,) for statement in enum_statements(enum))
    yield from ((with_builtins(definition_class(definition, classes)),) for definition in module.definitions)
    yield from _constants("What attributes accept: Python values in, attributes out.", module.coercers)
    yield from _constants("What operands and results may be, and how they follow from functions.", module.constants)
    yield from ((helper_function(helper),) for helper in module.helpers)
    for operation in module.operations:
        for statement in operation_statements(operation, module.dialect):
            yield (with_builtins(statement) if isinstance(statement, Class) else statement,)
    yield from ((statement,) for statement in names_of_classes(module))
    if module.extensions:
        # They stand at the end, where what they import can use this module.
        imports = (Import(f".{each.module}", tuple(name for name, _ in each.exports)) for each in module.extensions)
        yield (Comment("What is written by hand for this dialect."), *imports)


def _imports(statements: Iterable[Statement]) -> list[str]:
    """The imports that the statements need."""
    names = sorted(names_of(statements), key=lambda name: (name.origin.value, name.text))
    lines = [
        f"from {name.origin.value} import {name.text} as _{name.text}"
        for name in names
        if name.origin in (Origin.BUILTINS, Origin.COLLECTIONS, Origin.TYPING)
    ]
    if any(name.origin is Origin.CHECKING for name in names):
        lines.append("from typing import TYPE_CHECKING")
    return [*lines, *([""] if lines else []), "from .. import _runtime as _rt", "from .._runtime.host import ir as _ir"]


def module_text(module: PyModule, header: str) -> str:
    """The module: documentation, imports, exports, what it defines."""
    groups = list(_groups(module))
    registered = Evaluate(call(rt("register_dialect"), literal(module.dialect)))
    lines = [
        header,
        py_docstring(doc_lines(module.summary, module.description, 0), 0),
        "",
        "from __future__ import annotations",
        "",
        *_imports(statement for group in groups for statement in group),
        "",
        "__all__ = [",
        *(f"    {py_literal(name)}," for name in module.exports),
        "]",
        "",
        *block([registered]),
    ]
    for group in groups:
        lines += ["", "", *block(group)]
    return "\n".join(lines) + "\n"
