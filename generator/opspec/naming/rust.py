"""Every name in generated Rust is decided here, once: the convention `rust`, applied.

What overlays choose under `python:` are Python's names and change nothing here, but for parts that facts only number
(`operand_0`, which a binary did not name). Where two things of one scope would be called alike, the later one gets a
number behind its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.model.dialect import (
    AttributeDefinition,
    Definition,
    Dialect,
    Enum,
    NamedAttribute,
    NamedValue,
    Operation,
    Region,
    Successor,
    is_unnamed,
)
from opspec.naming.conventions import Convention, Style, convention_named
from opspec.naming.pynames import legal
from opspec.naming.words import Case, join_words, snake_case, split_words

__all__ = ["RsName", "RsScope", "RustPolicy", "rs_name", "rust_policy"]

_KEYWORDS = frozenset(
    """abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if
    impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type
    typeof unsafe unsized use virtual where while yield""".split()
)
_UNRAW = frozenset({"crate", "self", "super", "Self"})
"""Keywords that no `r#` makes a name."""

_TYPES = frozenset(
    """Attribute AttributeLike ArrayAttribute Block BlockRef BlockLike BoolAttribute Call Context Count Default Display
    DenseI32ArrayAttribute DenseI64ArrayAttribute DictionaryAttribute Err Error FlatSymbolRefAttribute FloatAttribute
    Flow Flows Formatter FromAttribute FunctionType Identifier IntegerAttribute Layout Location Module None Ok Operation
    OperationBuilder OperationLike OperationRef Option Region RegionLike RegionRef Result Role Rule Self Some String
    StringAttribute ToText TryFrom Type TypeAttribute TypeLike TypeRule Value ValueLike Vec""".split()
)
"""Names of types and traits that a generated module uses."""
_FUNCTIONS = frozenset(
    """another array check_layout check_name dense_integers drop element_of float index integer integers is_written_by
    named no_case operand operands optional optional_operand optional_result parameter_of present region regions
    required result results segments signed_integer successor successors typed types_of unsigned_integer
    written""".split()
)
"""Names of functions that a generated module uses."""
_PARAMETERS = frozenset(
    """arguments attributes context function is_ok location operation options result_type result_types sizes text
    verify verify_call""".split()
)
"""Names that every builder and every reader of an operation uses."""
_MODULES = frozenset({"declared", "lib", "test"})
"""Modules that stand beside those of the dialects."""
_CASES = frozenset({"Self", "ALL"})
_WORDS = re.compile(r"[^A-Za-z0-9]+")
_NUMBERED = re.compile(r"(operand|result|region|successor)_\d+")


class RsName(str):
    """A legal Rust name, `r#` in front of it where it is a keyword."""

    __slots__ = ()


def rs_name(text: str) -> RsName:
    """The Rust name that is nearest to a text."""
    name = legal(text)
    if not name.strip("_"):
        name = "unnamed"
    if name in _UNRAW:
        return RsName(f"{name}_")
    return RsName(f"r#{name}" if name in _KEYWORDS else name)


class RsScope:
    """Names of one scope: each is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def name(self, text: str, between: str = "_") -> RsName:
        """The name for a text, with a number behind it where it is taken."""
        found, number = rs_name(text), 2
        while found in self._taken:
            found, number = rs_name(f"{text.rstrip('_')}{between}{number}"), number + 1
        self._taken.add(found)
        return found


@dataclass(frozen=True, slots=True)
class RustPolicy:
    """The names of a dialect's things, by what the dialect calls them."""

    convention: Convention
    functions: tuple[tuple[str, RsName], ...]
    operations: tuple[tuple[str, RsName], ...]
    enums: tuple[tuple[str, RsName], ...]
    definitions: tuple[tuple[tuple[str, str, bool], RsName], ...]

    def module(self, dialect: Dialect) -> RsName:
        """The module of a dialect."""
        name = snake_case(dialect.name)
        return rs_name(f"{name}_dialect" if name in _MODULES else name)

    def function(self, operation: Operation) -> RsName:
        """The function that builds an operation."""
        return dict(self.functions)[operation.mnemonic]

    def related_function(self, operation: Operation, suffix: str) -> RsName:
        """A further function about an operation, e.g. `autodiff_results`."""
        return rs_name(f"{self.function(operation).removeprefix('r#')}_{suffix}")

    def operation(self, operation: Operation) -> RsName:
        """The type that reads an operation, e.g. `AutoDiffOperation`."""
        return dict(self.operations)[operation.mnemonic]

    def related_type(self, operation: Operation, suffix: str) -> RsName:
        """A further type of an operation, e.g. `AutoDiffOptions`."""
        return rs_name(self.operation(operation).removesuffix("Operation") + suffix)

    def parts(self, operation: Operation) -> dict[str, RsName]:
        """Operands, attributes, results, regions and successors: parameters and readers alike."""
        scope = RsScope(_PARAMETERS)
        named = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
        return {part.name: scope.name(self._part(_told(part))) for part in named}

    def _part(self, name: str) -> str:
        if is_unnamed(name):
            kind, number = name.strip("_0123456789") or "output", name.lstrip("_argeionsuc")
            return f"{kind}_{number}"
        return self.convention.styled(name, self.convention.parameters).lower().strip("_")

    def enum(self, enum: Enum) -> RsName:
        """An enum, e.g. `Activity`."""
        return dict(self.enums)[enum.name]

    def cases(self, enum: Enum) -> dict[str, RsName]:
        """The cases of an enum by symbol, without a prefix that all of them have, e.g. `DupNoNeed`."""
        scope = RsScope(_CASES)
        return {case.symbol: scope.name(self._case(enum, case.symbol), "") for case in enum.cases}

    def _case(self, enum: Enum, symbol: str) -> str:
        prefix = enum.shared_word
        name = symbol.removeprefix(prefix)
        others = {case.symbol.removeprefix(prefix).lower() for case in enum.cases} - {name.lower()}
        known = sorted(word for word in others if len(word) > 2 and name.lower().startswith(word))
        text = self.convention.with_words(known, ()).styled(name, self.convention.enum_cases)
        if enum.bits:
            return text
        return f"Case{text.strip('_')}" if text in _UNRAW or not text[:1].isalpha() else text

    def definition(self, definition: Definition) -> RsName:
        """An attribute or type, e.g. `ActivityAttribute`, `CacheType`."""
        return dict(self.definitions)[_key(definition)]

    def parameters(self, definition: Definition) -> dict[str, RsName]:
        """The parameters of an attribute or type."""
        scope = RsScope({"context", "text"})
        return {named.name: scope.name(self._part(named.name)) for named in definition.parameters}


def _told(part: NamedValue | NamedAttribute | Region | Successor) -> str:
    """What a part is called: by a person, where facts only number it."""
    is_numbered = is_unnamed(part.name) or _NUMBERED.fullmatch(part.name)
    return (part.names.chosen.text if is_numbered else "") or part.name


def _key(definition: Definition) -> tuple[str, str, bool]:
    return definition.dialect, definition.mnemonic, isinstance(definition, AttributeDefinition)


def _pascal(text: str) -> str:
    """A name of a type: as it is given, from a capital on."""
    words = [word[:1].upper() + word[1:] for word in _WORDS.split(text) if word]
    name = "".join(words)
    return name if name[:1].isalpha() else f"The{name}"


def rust_policy(dialect: Dialect) -> RustPolicy:
    """The names of a dialect in Rust."""
    found = convention_named("rust")
    assert found is not None, "the convention is a built-in one"
    convention = found.with_words(dialect.names.words, dialect.names.splits)
    convention = replace(convention, enum_cases=Style(Case.PASCAL, split=True))
    functions, types = RsScope(_FUNCTIONS), RsScope(_TYPES)
    return RustPolicy(
        convention=convention,
        functions=tuple(
            (o.mnemonic, functions.name(convention.function(o.mnemonic, o.class_name).lower().strip("_")))
            for o in dialect.operations
        ),
        enums=tuple((enum.name, types.name(_pascal(enum.name), "")) for enum in dialect.enums),
        definitions=tuple(
            (_key(each), types.name(_definition(each, isinstance(each, AttributeDefinition)), ""))
            for each in dialect.definitions
        ),
        operations=tuple(
            (o.mnemonic, types.name(_pascal(o.class_name.removesuffix("Op") or o.class_name) + "Operation", ""))
            for o in dialect.operations
        ),
    )


def _definition(definition: Definition, is_attribute: bool) -> str:
    name = _pascal(definition.class_name)
    if is_attribute:
        return f"{name.removesuffix('Attr').removesuffix('Attribute') or name}Attribute"
    return name if name.endswith("Type") else f"{name}Type"


def case_words(text: str) -> str:
    """A text in capitals with underscores, for constants."""
    return join_words(split_words(text), Case.UPPER)
