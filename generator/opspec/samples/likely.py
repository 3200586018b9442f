"""Types and attributes to try where only C++ says what is right: the name of the constraint tells what is likely.

A sample is one example. Where only C++ knows whether it is right, one that probably is shows more than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opspec.model.constraints import ParameterKind
from opspec.model.dialect import Definition, Dialect
from opspec.naming.words import split_words
from opspec.notation.formats import CUSTOM
from opspec.samples.definitions import sample_text
from opspec.samples.upstream import ADDRESS_SPACES, DIALECTS, OWN_NUMBERS, TYPES

__all__ = ["likely_attribute", "likely_types"]

_FILLING = {"any", "type", "attr", "attribute", "interface", "like", "of", "opaque", "handle"}
_MEANING = {"scalar": "number", "ptr": "pointer", "string": "str", "fp": "float", "bool": "i1"}
_CONTAINERS = ("tensor", "vector", "memref")
_NUMBERS = {"float": "f32", "integer": "i32", "int": "i32", "signless": "i32", "index": "index"}
_WIDTHS = ("i1", "i8", "i16", "i32", "i64", "f16", "bf16", "f32", "f64", "f128")
_ATTRIBUTES = (
    ("typed", "1.000000e+00 : f64"),
    ("constant", "1.000000e+00 : f32"),
    ("float", "1.000000e+00 : f32"),
    ("index", "1 : index"),
    ("ordinal", "1 : index"),
    ("size", "1 : index"),
    ("integer", "1 : i64"),
    ("string", '"name"'),
    ("array", "[]"),
    ("dict", "{}"),
    ("dictionary", "{}"),
    ("map", "affine_map<(d0) -> (d0)>"),
)
"""Attributes by a word of the constraint's name, the one that says most first."""


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in split_words(name))


def _of_definition(definition: Definition) -> tuple[set[str], set[str]]:
    """The words of a definition's mnemonic, and of its class."""
    ending = "Type" if definition.class_name.endswith("Type") else "Attr"
    return set(_words(definition.mnemonic)), set(_words(definition.class_name.removesuffix(ending)))


def _own(words: Sequence[str], definitions: Sequence[Definition], dialect: Dialect) -> Iterator[str]:
    """The definitions whose names are in the constraint's, those with most of it first."""
    said = set(words) | {_MEANING[word] for word in words if word in _MEANING}
    said -= _FILLING | ({dialect.name} if len(set(words) - _FILLING) > 1 else set())
    scored = []
    for index, definition in enumerate(definitions):
        matching = [part for each in _of_definition(definition) if (part := each - _FILLING) and part <= said]
        if matching:
            most = max(matching, key=len)
            first = min((words.index(word) for word in most if word in words), default=len(words))
            scored.append((-len(most), first, index, definition))
    found = [definition for *_, definition in sorted(scored, key=lambda each: each[:3])]
    for definition in found:
        others = [other.mnemonic for other in found if other is not definition and not other.parameters]
        given = _cases(definition, said, dialect) | _held(definition, others, dialect)
        yield sample_text(definition, dialect, given)


def _held(definition: Definition, named: Sequence[str], dialect: Dialect) -> dict[str, str]:
    """What a type holds, as `list` and `int` in a constraint's name say, in a dialect with numbers of its own."""
    has_numbers = any(found.mnemonic in OWN_NUMBERS for found in dialect.types)
    holding = [each.name for each in definition.parameters if each.parameter.constraint is ParameterKind.TYPE]
    is_one = definition.format == CUSTOM and len(definition.parameters) == len(holding) == 1
    return {holding[0]: named[0]} if has_numbers and is_one and named else {}


def _cases(definition: Definition, said: set[str], dialect: Dialect) -> dict[str, str]:
    """The cases of enums that the constraint's name says, by parameter."""
    found: dict[str, str] = {}
    for named in definition.parameters:
        enum = dialect.enum_of(named.parameter.constraint)
        fitting = [case.text for case in enum.cases if case.symbol.lower() in said] if enum is not None else []
        if fitting:
            found[named.name] = fitting[0]
    return found


def _builtin(words: Sequence[str]) -> Iterator[str]:
    """Types of MLIR that the words name."""
    widths = [word for word in words if word in _WIDTHS]
    numbers = [_NUMBERS[word] for word in words if word in _NUMBERS]
    element = (*widths, *numbers, "f32")[0]
    meant = {*words, *(_MEANING[word] for word in words if word in _MEANING)}
    yield from (f"{container}<4x{element}>" for container in _CONTAINERS if container in meant)
    if "pointer" in meant:
        spaces = [ADDRESS_SPACES[word] for word in words if word in ADDRESS_SPACES]
        yield f"!llvm.ptr<{spaces[-1]}>" if any(spaces) else "!llvm.ptr"
    if "struct" in meant:
        yield f"!llvm.struct<({element})>"
    yield from (*widths, *numbers)


def _written_in_cpp(name: str) -> Iterator[str]:
    """The type that C++ defines under the name: `HAL_BufferView` is `!hal.buffer_view`, as such names go."""
    prefix, _, rest = name.partition("_")
    words = _words(rest)
    if words and words[0] != "any" and words[-1] != "of" and prefix.lower() not in DIALECTS and prefix.isidentifier():
        yield f"!{prefix.lower()}.{'_'.join(words)}"


def likely_types(name: str, dialect: Dialect) -> Iterator[str]:
    """Types that a constraint or interface of that name probably accepts, the likeliest first."""
    if name in TYPES:
        yield TYPES[name]
    words = _words(name)
    yield from _own(words, dialect.types, dialect)
    yield from _builtin(words)
    if "interface" in words:
        anything = [found for found in dialect.types if found.mnemonic.startswith("any_") and not found.parameters]
        yield from (sample_text(definition, dialect) for definition in anything)
    yield from _written_in_cpp(name)


def likely_attribute(name: str, dialect: Dialect) -> str | None:
    """An attribute that a constraint or interface of that name probably accepts; None where it tells nothing."""
    words = _words(name)
    if "attr" not in words:
        return None
    if "ref" in words or "symbol" in words:
        return "@name"
    if "elements" in words:
        element = ("index", *(width for width in _WIDTHS if width in words), "i64")
        return f"dense<1> : tensor<4x{element[0] if 'index' in words else element[1]}>"
    own = next(_own(words, dialect.attributes, dialect), None)
    if own is not None:
        return own
    if widths := [word for word in words if word in _WIDTHS]:
        number = "1" if widths[0].startswith("i") else "1.000000e+00"
        return "true" if widths[0] == "i1" else f"{number} : {widths[0]}"
    return next((text for word, text in _ATTRIBUTES if word in words), None)
