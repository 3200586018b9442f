"""Lines for further and old names: aliases, overloads with the old keywords, what is looked up when it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from opspec.emitters.python.signatures import signature_lines
from opspec.naming.policy import PyName
from opspec.pyview.layout import WIDTH, call, py_docstring, py_literal, wrap_markdown
from opspec.pyview.module import (
    PyAlias,
    PyDefinition,
    PyDefinitionParameter,
    PyEnum,
    PyModule,
    PyOldParameter,
    PyOperation,
    PyParameter,
)

__all__ = [
    "alias_blocks",
    "get_decorator",
    "get_overloads",
    "init_overloads",
    "keyword_decorator",
    "old_accessor_lines",
    "old_case_lines",
    "old_class_lines",
    "old_parameter_lines",
    "overload_blocks",
]

_MOST_OVERLOADS = 7
"""Of calls with old keywords: beyond, only calls with one of them are typed."""

_Renames = tuple[PyOldParameter, ...]


def _deprecated(message: str, indent: int) -> list[str]:
    return call("@_rt.deprecated(", [py_literal(message)], indent)


def _choices(renames: _Renames) -> Iterator[_Renames]:
    """Which old names one call may use: for each part none or one of them, but not none for all."""
    by_part: dict[str, list[_Renames]] = {}
    for rename in renames:
        olds = by_part.setdefault(rename.part, [])
        if rename.is_derived:
            olds[-1] = (*olds[-1], rename)
        else:
            olds.append((rename,))
    count = 1
    for olds in by_part.values():
        count *= len(olds) + 1
    if count - 1 > _MOST_OVERLOADS:
        yield from (group for olds in by_part.values() for group in olds)
        return
    for chosen in product(*([(), *olds] for olds in by_part.values())):
        if found := tuple(rename for group in chosen for rename in group):
            yield found


def _renamed(parameters: Sequence[PyParameter], renames: _Renames) -> list[PyParameter]:
    """The parameters of a call that uses old names: those by keyword and required, and so what follows them."""
    by_name = {rename.new: rename for rename in renames}
    found, by_keyword = [], False
    for parameter in parameters:
        rename = by_name.get(parameter.name)
        by_keyword = by_keyword or parameter.keyword_only or rename is not None
        if rename is None:
            found.append(replace(parameter, keyword_only=by_keyword))
        else:
            default = parameter.default if rename.is_derived else None
            named = replace(parameter, name=rename.old, init_name=rename.init_old)
            found.append(replace(named, default=default, keyword_only=True))
    return found


def _overloads(operation: PyOperation, head: str, returns: str, indent: int, first: str = "") -> Iterator[list[str]]:
    """A signature with the names of now, then one for each choice of old names."""
    pad = " " * indent
    if not operation.old_parameters:
        return
    yield [f"{pad}@_overload", *signature_lines(head, operation.parameters, returns, indent, first, "...")]
    for renames in _choices(operation.old_parameters):
        message = "; ".join(rename.message for rename in renames if not rename.is_derived)
        parameters = _renamed(operation.parameters, renames)
        lines = signature_lines(head, parameters, returns, indent, first, "...")
        yield [f"{pad}@_overload", *_deprecated(message, indent), *lines]


def overload_blocks(operation: PyOperation) -> list[list[str]]:
    """The overloads of a builder, if parameters of it have old names."""
    return list(_overloads(operation, f"def {operation.function}", operation.returns, 0))


def init_overloads(operation: PyOperation) -> list[str]:
    """The overloads of a constructor, each with an empty line behind it."""
    blocks = _overloads(operation, "def __init__", "None", 4, "self")
    return [line for block in blocks for line in (*block, "")]


def keyword_decorator(operation: PyOperation, dialect: str, indent: int) -> list[str]:
    """What lets a builder (or, indented, a constructor) take old keywords."""
    if not operation.old_parameters:
        return []
    arguments = [py_literal(f"{dialect}.{operation.mnemonic}")]
    for rename in operation.old_parameters:
        old, new = (rename.init_old, rename.init_new) if indent else (rename.old, rename.new)
        arguments.append(py_literal((str(old), str(new), rename.message)))
    return _broken_call("@_rt.renamed_parameters(", arguments, indent)


def _broken_call(head: str, arguments: Sequence[str], indent: int) -> list[str]:
    """A call with an argument a line; tuples that are too long have an item a line, as black breaks them."""
    lines = call(head, arguments, indent)
    if len(lines) == 1:
        return lines
    pad = " " * (indent + 4)
    broken = [lines[0]]
    for argument in arguments:
        items = argument[1:-1].split(", ", 2) if argument.startswith("(") else []
        if len(f"{pad}{argument},") <= WIDTH or not items:
            broken.append(f"{pad}{argument},")
        else:
            broken += [f"{pad}(", *(f"{pad}    {item}," for item in items), f"{pad}),"]
    return [*broken, lines[-1]]


def old_accessor_lines(operation: PyOperation) -> list[str]:
    """The accessors of a class under old names."""
    lines: list[str] = []
    for old in operation.old_accessors:
        lines += call(f"{old.old} = _rt.RenamedAccessor(", [old.target, py_literal(old.message)], 4)
        lines += [py_docstring(wrap_markdown(f"Deprecated: {_sentence(old.message)}", WIDTH - 10), 4), ""]
    return lines


def _sentence(message: str) -> str:
    return f"{message}."


def _passed(parameters: Sequence[PyParameter]) -> list[str]:
    return [f"{p.name}={p.name}" if p.keyword_only else str(p.name) for p in parameters]


def alias_blocks(operation: PyOperation, dialect: str) -> Iterator[list[str]]:
    """The further and the old names of a builder."""
    for alias in operation.functions:
        if alias.message:
            yield from _old_function(operation, alias, dialect)
        else:
            yield [f"{alias.name} = {alias.target}", py_docstring([f"Another name of `{alias.target}`."], 0)]


def _old_function(operation: PyOperation, alias: PyAlias, dialect: str) -> Iterator[list[str]]:
    """A builder under an old name: as typed as it was, old keywords and all."""
    head = f"def {alias.name}"
    if operation.old_parameters:
        for block in _overloads(operation, head, operation.returns, 0):
            is_marked = any(line.startswith("@_rt.deprecated(") for line in block)
            yield block if is_marked else [block[0], *_deprecated(alias.message, 0), *block[1:]]
    lines = [*_deprecated(alias.message, 0), *keyword_decorator(operation, dialect, 0)]
    lines += signature_lines(head, operation.parameters, operation.returns, 0)
    about = wrap_markdown(f"Deprecated: {_sentence(alias.message)}", WIDTH - 10)
    lines.append(py_docstring(about, 4))
    lines += call(f"return {alias.target}(", _passed(operation.parameters), 4)
    yield lines


def old_case_lines(enum: PyEnum) -> tuple[list[str], list[str]]:
    """The old names of an enum's cases: for type checkers in its body, for the run time behind it."""
    old = [(case, alias) for case in enum.cases for alias in case.aliases if alias.message]
    if not old:
        return [], []
    inside = ["", "    if TYPE_CHECKING:"]
    inside += [f"        {alias.name} = {case.value}, {py_literal(case.text)}" for case, alias in old]
    entries = [f"{py_literal(str(alias.name))}: {py_literal((str(case.name), alias.message))}" for case, alias in old]
    behind = ["", "", "_rt.old_cases(", f"    {enum.name},", "    {"]
    for entry in entries:
        behind += _entry(entry)
    return inside, [*behind, "    },", ")"]


def _entry(entry: str) -> list[str]:
    """An entry of a mapping from names to pairs; a long pair has an item a line."""
    if len(f"        {entry},") <= WIDTH:
        return [f"        {entry},"]
    key, _, pair = entry.partition(": (")
    first, _, second = pair.removesuffix(")").partition(", ")
    return [f"        {key}: (", f"            {first},", f"            {second},", "        ),"]


def old_class_lines(module: PyModule) -> list[list[str]]:
    """Further names of classes; and old ones, classes of their own to type checkers, looked up at run time."""
    blocks: list[list[str]] = []
    enums = {enum.name for enum in module.enums}
    old = [alias for alias in module.classes if alias.message]
    for alias in module.classes:
        if not alias.message:
            blocks.append([f"{alias.name} = {alias.target}", py_docstring([f"Another name of `{alias.target}`."], 0)])
    if not old:
        return blocks
    lines = ["if TYPE_CHECKING:"]
    for alias in old:
        about = wrap_markdown(f"Deprecated: {_sentence(alias.message)}", WIDTH - 14)
        if alias.target in enums:
            lines += [f"    {alias.name} = {alias.target}", py_docstring(about, 4)]
        else:
            head = [*_deprecated(alias.message, 4), f"    class {alias.name}({alias.target}):"]
            lines += ["", *head, py_docstring(about, 8)]
    lines += ["", "else:", "    __getattr__ = _rt.old_classes(", "        __name__,", "        {"]
    for alias in old:
        entry = f"{py_literal(str(alias.name))}: ({alias.target}, {py_literal(alias.message)})"
        lines += [f"    {line}" for line in _entry(entry)] if len(entry) > WIDTH - 13 else [f"            {entry},"]
    blocks.append([*lines, "        },", "    )"])
    return blocks


def _get_renames(definition: PyDefinition) -> _Renames:
    """The old names of a definition's parameters, as those of a builder."""
    return tuple(
        PyOldParameter(old.name, parameter.name, old.name, parameter.name, old.message, parameter.key)
        for parameter in definition.parameters
        for old in parameter.old
    )


def get_decorator(definition: PyDefinition) -> list[str]:
    """What lets `get` take old keywords."""
    arguments = [py_literal(definition.prefix)]
    renames = _get_renames(definition)
    arguments += [py_literal((str(rename.old), str(rename.new), rename.message)) for rename in renames]
    return _broken_call("@_rt.renamed_parameters(", arguments, 4) if renames else []


def get_overloads(definition: PyDefinition) -> list[str]:
    """The overloads of `get`, if parameters have old names; each with an empty line behind it."""
    renames = _get_renames(definition)
    if not renames:
        return []
    parameters = [PyParameter(p.name, p.name, p.accepts, p.doc) for p in definition.parameters if p.default is None]
    others = [
        PyParameter(p.name, p.name, p.accepts, p.doc, p.default, True)
        for p in definition.parameters
        if p.default is not None
    ]
    name = PyName("context")
    context = PyParameter(name, name, "_ir.Context | None", "", "None", bool(others))
    lines: list[str] = []
    for chosen in ((), *_choices(renames)):
        marks = _deprecated("; ".join(rename.message for rename in chosen), 4) if chosen else []
        signature = signature_lines(
            "def get", _renamed([*parameters, *others, context], chosen), definition.name, 4, "cls", "..."
        )
        lines += ["    @_overload", "    @classmethod", *marks, *signature, ""]
    return lines


def old_parameter_lines(parameter: PyDefinitionParameter) -> list[str]:
    """The accessors of a definition's parameter under old names."""
    lines: list[str] = []
    for old in parameter.old:
        lines += call(f"{old.name} = _rt.RenamedParameter(", [str(parameter.name), py_literal(old.message)], 4)
        lines += [py_docstring(wrap_markdown(f"Deprecated: {_sentence(old.message)}", WIDTH - 10), 4), ""]
    return lines
