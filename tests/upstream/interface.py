"""What users see of a generated module, read from its text: of mlir-tblgen's and of ours alike."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

_SETTABLE = {"AttributeAccessor", "OptionalAttributeAccessor", "UnitAttributeAccessor"}
_DELETABLE = {"OptionalAttributeAccessor", "UnitAttributeAccessor"}


@dataclass(frozen=True)
class Signature:
    """The parameters but for `self`: name, and whether it must be given."""

    positional: tuple[tuple[str, bool], ...]
    keyword_only: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        def shown(parameters: tuple[tuple[str, bool], ...]) -> list[str]:
            return [name if required else f"{name}=" for name, required in parameters]

        return f"({', '.join([*shown(self.positional), '*', *shown(self.keyword_only)])})"


@dataclass
class Class:
    """The class of an operation. `accessors` are all; ours may be set and deleted more often than upstream's."""

    name: str
    init: Signature | None = None
    regions: Any = None
    accessors: set[str] = field(default_factory=set)
    settable: set[str] = field(default_factory=set)
    deletable: set[str] = field(default_factory=set)


@dataclass
class Interface:
    """A module: classes by the operation's name, functions by theirs, and what each public name stands for."""

    classes: dict[str, Class] = field(default_factory=dict)
    functions: dict[str, Signature] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    exports: set[str] = field(default_factory=set)


def _signature(function: ast.FunctionDef) -> Signature:
    given = function.args
    assert not given.posonlyargs, f"{function.name} has positional-only parameters"
    assert given.vararg is None, f"{function.name} takes any number of arguments"
    assert given.kwarg is None, f"{function.name} takes any keyword"
    first_optional = len(given.args) - len(given.defaults)
    positional = tuple((part.arg, index < first_optional) for index, part in enumerate(given.args))
    keyword_only = tuple(
        (part.arg, default is None) for part, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    )
    return Signature(positional[1:] if positional[:1] == (("self", True),) else positional, keyword_only)


def _property(cls: Class, function: ast.FunctionDef) -> None:
    """An accessor as mlir-tblgen writes it."""
    for decorator in function.decorator_list:
        kind = decorator.attr if isinstance(decorator, ast.Attribute) else ""
        kinds = {"property": cls.accessors, "setter": cls.settable, "deleter": cls.deletable}
        if kind in kinds:
            kinds[kind].add(function.name)


def _descriptor(cls: Class, name: str, call: ast.Call) -> None:
    """An accessor as we write it."""
    kind = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if kind.endswith("Accessor"):
        cls.accessors.add(name)
        if kind in _SETTABLE:
            cls.settable.add(name)
        if kind in _DELETABLE:
            cls.deletable.add(name)


def _constructor(init: ast.FunctionDef, functions: dict[str, Signature]) -> Signature:
    """The constructor's signature; ours is that of a builder where it says so."""
    for decorator in init.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute):
            (builder,) = decorator.args
            if decorator.func.attr == "builds_as" and isinstance(builder, ast.Name):
                return functions[builder.id]
    return _signature(init)


def _regions(rules: ast.Call) -> tuple[int, bool]:
    """How many regions an operation has at least, and whether it has no more, by what our rules declare."""
    declared = [each.value for each in rules.keywords if each.arg == "regions"]
    regions = declared[0].elts if declared and isinstance(declared[0], ast.Tuple) else []
    fixed = [
        rule
        for rule in regions
        if isinstance(rule, ast.Call) and not any(each.arg == "is_variadic" for each in rule.keywords)
    ]
    return len(fixed), len(fixed) == len(regions)


def _class(node: ast.ClassDef, functions: dict[str, Signature]) -> tuple[str, Class]:
    """A class and the name of its operation; an empty name for a class that is not of an operation."""
    operation, cls = "", Class(node.name)
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            if part.name == "__init__":
                cls.init = _constructor(part, functions)
            elif part.decorator_list:
                _property(cls, part)
        elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            name = part.targets[0].id
            if name == "OPERATION_NAME":
                operation = ast.literal_eval(part.value)
            elif name == "_ODS_REGIONS":
                cls.regions = ast.literal_eval(part.value)
            elif isinstance(part.value, ast.Call):
                _descriptor(cls, name, part.value)
    return operation, cls


def read_interface(text: str) -> Interface:
    """The interface of a module."""
    found = Interface()
    regions: dict[str, tuple[int, bool]] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            operation, cls = _class(node, found.functions)
            if operation:
                cls.regions = regions.get(operation, cls.regions)
                assert operation not in found.classes, f"two classes of {operation}"
                found.classes[operation] = cls
                found.names[node.name] = f"the class of {operation}"
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found.functions[node.name] = _signature(node)
            found.names[node.name] = "a function"
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id == "__all__":
                found.exports = set(ast.literal_eval(node.value))
            elif node.targets[0].id.endswith("_rules") and isinstance(node.value, ast.Call):
                regions[ast.literal_eval(node.value.args[0])] = _regions(node.value)
    return found


def _class_differences(operation: str, theirs: Class, ours: Class) -> Iterator[str]:
    for part in fields(Class):
        expected, found = getattr(theirs, part.name), getattr(ours, part.name)
        if part.name in ("settable", "deletable"):
            if expected - found:
                yield f"{operation}: not {part.name}: {sorted(expected - found)}"
        elif part.name == "accessors":
            if expected != found:
                yield f"{operation}: accessors lack {sorted(expected - found)}, have also {sorted(found - expected)}"
        elif expected != found:
            yield f"{operation}: {part.name} is {found}, upstream {expected}"


def differences(theirs: Interface, ours: Interface) -> list[str]:
    """What is not as mlir-tblgen has it, a line each."""
    found = [f"{name}: no class" for name in theirs.classes.keys() - ours.classes.keys()]
    found += [f"{name}: a class that upstream lacks" for name in ours.classes.keys() - theirs.classes.keys()]
    for name in theirs.classes.keys() & ours.classes.keys():
        found += _class_differences(name, theirs.classes[name], ours.classes[name])
    found += [f"def {name}: missing" for name in theirs.functions.keys() - ours.functions.keys()]
    found += [f"def {name}: upstream lacks it" for name in ours.functions.keys() - theirs.functions.keys()]
    for name in theirs.functions.keys() & ours.functions.keys():
        if theirs.functions[name] != ours.functions[name]:
            found.append(f"def {name}: {ours.functions[name]}, upstream {theirs.functions[name]}")
    for name, what in theirs.names.items():
        if ours.names.get(name) != what:
            found.append(f"{name}: stands for {ours.names.get(name)}, upstream for {what}")
        if name not in ours.exports:
            found.append(f"{name}: not in __all__")
    return sorted(found)
