"""The Python module of a dialect as data: what it defines, in which order, with which signatures.

Emitters read this view; nothing here is text layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from opspec.dataclass import dataclass
from opspec.model.lookup import ByName
from opspec.naming.policy import PyName
from opspec.pyview.extensions import PyExtension
from opspec.pyview.python import Call, Expression, Name, Parameter, Statement

__all__ = [
    "PyAccessor",
    "PyAlias",
    "PyCase",
    "PyConstant",
    "PyDefinition",
    "PyDefinitionParameter",
    "PyEnum",
    "PyHelper",
    "PyModule",
    "PyOldAccessor",
    "PyOldParameter",
    "PyOperation",
    "PyParameter",
    "init_parameters",
    "parameters_of",
]


@dataclass(frozen=True, slots=True)
class PyParameter:
    """A parameter of a builder; `default` is None where the parameter is required.

    `init_name` is the same parameter in the class's constructor.
    """

    name: PyName
    init_name: PyName
    annotation: Expression
    doc: str
    default: Expression | None = None
    keyword_only: bool = False


@dataclass(frozen=True, slots=True)
class PyAccessor:
    """A descriptor of an operation's class: what makes it, and its documentation."""

    name: PyName
    value: Call
    doc: str


@dataclass(frozen=True, slots=True)
class PyAlias:
    """Another name of something in the module. `message` says why it is deprecated; empty where it is not."""

    name: PyName
    target: PyName
    message: str = ""


@dataclass(frozen=True, slots=True)
class PyOldParameter:
    """A name that a parameter had: `old` was `new` in the builder, `init_old` was `init_new` in the constructor.

    `part` is the part of the operation whose name changed, `is_derived` says that the parameter is called after another
    one of that part (`body_arguments` after `body`).
    """

    old: PyName
    new: PyName
    init_old: PyName
    init_new: PyName
    message: str
    part: str
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class PyOldAccessor:
    """A name that an accessor had. `target` is what it stands for: the accessor's name now."""

    old: PyName
    target: Expression
    message: str


@dataclass(frozen=True, slots=True)
class PyConstant:
    """A private constant of the module."""

    name: PyName
    expression: Expression


@dataclass(frozen=True, slots=True)
class PyOperation:
    """A builder function and its class. `body` is the function's code.

    `rules` are what is declared of the operation: what the builder follows and checks.
    """

    mnemonic: str
    function: PyName
    class_name: PyName
    parameters: tuple[PyParameter, ...]
    returns: Expression
    returns_doc: str
    body: tuple[Statement, ...]
    accessors: tuple[PyAccessor, ...]
    computes_results: bool
    summary: str
    description: str
    rules: PyConstant
    functions: tuple[PyAlias, ...] = ()
    classes: tuple[PyAlias, ...] = ()
    old_parameters: tuple[PyOldParameter, ...] = ()
    old_accessors: tuple[PyOldAccessor, ...] = ()


@dataclass(frozen=True, slots=True)
class PyCase:
    """A case of an enum."""

    name: PyName
    value: int
    text: str
    doc: str
    aliases: tuple[PyAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class PyEnum:
    """An enum; `base` is its class in the runtime, `text` the type of its cases' texts; None where any may be one."""

    name: PyName
    base: Name
    cases: tuple[PyCase, ...]
    summary: str
    description: str
    text: PyName | None
    classes: tuple[PyAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class PyDefinitionParameter:
    """A parameter of an attribute or type class; `key` is its name in the assembly format.

    `default` is None where the parameter is required; `optional` ones may be None.
    """

    name: PyName
    key: str
    accepts: Expression
    gives: Expression
    kind: Expression
    doc: str
    default: Expression | None = None
    optional: bool = False
    old: tuple[PyAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class PyDefinition:
    """An attribute or type class; `format` is None where only C++ knows the text, empty where the prefix is all."""

    name: PyName
    base: Name
    prefix: str
    format: str | None
    parameters: tuple[PyDefinitionParameter, ...]
    summary: str
    description: str
    classes: tuple[PyAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class PyHelper:
    """A function that makes an attribute, or an array of attributes, of a definition with one enum."""

    name: PyName
    class_name: PyName
    accepts: Expression
    coercer: Expression
    is_array: bool
    doc: str
    enum: PyName
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PyModule:
    """The module of one dialect; `name` is the module's, `dialect` the dialect's."""

    name: PyName
    dialect: str
    summary: str
    description: str
    enums: tuple[PyEnum, ...]
    definitions: tuple[PyDefinition, ...]
    coercers: tuple[PyConstant, ...]
    helpers: tuple[PyHelper, ...]
    operations: tuple[PyOperation, ...]
    constants: tuple[PyConstant, ...] = ()
    extensions: tuple[PyExtension, ...] = ()
    _operations: ByName[PyOperation] = field(init=False, repr=False, compare=False)
    _functions: frozenset[str] = field(init=False, repr=False, compare=False)
    _definitions: ByName[PyDefinition] = field(init=False, repr=False, compare=False)
    _enums: ByName[PyEnum] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for key, found in (
            ("_operations", ByName(self.operations, lambda operation: operation.mnemonic)),
            ("_functions", frozenset(str(operation.function) for operation in self.operations)),
            ("_definitions", ByName(self.definitions, lambda definition: definition.name)),
            ("_enums", ByName(self.enums, lambda enum: enum.name)),
        ):
            object.__setattr__(self, key, found)

    @property
    def exports(self) -> tuple[str, ...]:
        """The public names, sorted. Old names of classes are not among them: they are looked up when used."""
        names = {str(name) for enum in self.enums for name in (enum.name, enum.text) if name is not None}
        names |= {str(definition.name) for definition in self.definitions}
        names |= {str(helper.name) for helper in self.helpers}
        names |= {str(name) for op in self.operations for name in (op.function, op.class_name)}
        names |= {str(alias.name) for op in self.operations for alias in op.functions}
        names |= {str(alias.name) for alias in self.classes if not alias.message}
        names |= {name for extension in self.extensions for name, _ in extension.exports}
        return tuple(sorted(names))

    @property
    def names(self) -> frozenset[str]:
        """Every public name, old ones too."""
        return frozenset({*self.exports, *(str(alias.name) for alias in self.classes)})

    @property
    def classes(self) -> tuple[PyAlias, ...]:
        """The further and the old names of classes."""
        groups = [enum.classes for enum in self.enums]
        groups += [definition.classes for definition in self.definitions]
        groups += [operation.classes for operation in self.operations]
        return tuple(alias for group in groups for alias in group)

    def operation(self, mnemonic: str) -> PyOperation:
        """The operation of that mnemonic."""
        return self._operations[mnemonic]

    def has_function(self, name: str) -> bool:
        """Whether an operation's function is called so."""
        return name in self._functions

    def definition(self, name: str) -> PyDefinition:
        """The class of an attribute or type, by its name in Python."""
        return self._definitions[name]

    def enum(self, name: str) -> PyEnum:
        """The class of an enum, by its name in Python."""
        return self._enums[name]


def parameters_of(parameters: Sequence[PyParameter]) -> tuple[Parameter, ...]:
    """The parameters of a builder."""
    return tuple(Parameter(p.name, p.annotation, p.default, p.keyword_only) for p in parameters)


def init_parameters(parameters: Sequence[PyParameter]) -> tuple[Parameter, ...]:
    """The parameters of a constructor."""
    return tuple(Parameter(p.init_name, p.annotation, p.default, p.keyword_only) for p in parameters)
