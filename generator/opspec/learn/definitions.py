"""Attribute and type definitions of a binary: their parsers say what they expect next, until a text is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AttributeKind,
    AttributeParameter,
    DenseArray,
    EnumReference,
    ListOf,
    OpaqueConstraint,
    Parameter,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.dialect import AttributeDefinition, Enum, EnumCase, NamedParameter, TypeDefinition
from opspec.notation.formats import CUSTOM
from opspec.notation.scanning import written
from opspec.probe.definitions import given_module
from opspec.probe.driver import Asks, Question
from opspec.probe.readings import Accepted, Cases, Died, NoDefinition, NoDialect, Reading, Unparsable
from opspec.tablegen.parameters import constraint_of

__all__ = ["LearntDefinition", "learn_definition", "learn_unknown"]

_ROUNDS = 24
_NO_CASE = "no_case_of_any_enum"
_NO_NAME = "no_definition_of_any_dialect"
_PARAMETER = re.compile(r"failed to parse (\w+) parameter '(\w+)' which is to be a `([^`]*)`")
_STRUCT = "expected a parameter name in struct"
_EXPECTED = re.compile(r"^expected '([^']+)'")
_OPEN = {"<": ">", "[": "]", "(": ")", "{": "}"}
_SAMPLES: dict[ParameterConstraint, str] = {
    ParameterKind.BOOL: "true",
    ParameterKind.STRING: '"name"',
    ParameterKind.TYPE: "f64",
    ParameterKind.FLOAT: "1.0",
    ParameterKind.DOUBLE: "1.0",
    ParameterKind.ATTRIBUTE: "1 : i64",
    AttributeParameter(AttributeKind.STRING): '"name"',
    AttributeParameter(AttributeKind.SYMBOL_REF): "@name",
    AttributeParameter(AttributeKind.FLAT_SYMBOL_REF): "@name",
    AttributeParameter(AttributeKind.ARRAY): "[0]",
    AttributeParameter(AttributeKind.DICTIONARY): "{}",
    AttributeParameter(AttributeKind.BOOL): "true",
    AttributeParameter(AttributeKind.FLOAT): "1.0 : f64",
    AttributeParameter(AttributeKind.INTEGER): "1 : i64",
    AttributeParameter(AttributeKind.TYPE): "f64",
    AttributeParameter(AttributeKind.AFFINE_MAP): "affine_map<(d0) -> (d0)>",
}
_OTHERS = (
    *("1", "[1]", "1 : i64", '"name"', "f64", "true", "@name", "()", "[]", "none", "1.0 : f64", "unit"),
    "tensor<f64>",
)


@dataclass(frozen=True, slots=True)
class LearntDefinition:
    """A definition, the enum whose case it holds, a text of it that is taken, and how all that was learnt.

    `text` is empty where nothing that was tried is taken; the definition is then one that C++ prints and parses.
    """

    definition: AttributeDefinition | TypeDefinition
    enum: Enum | None
    text: str
    how: str


def learn_unknown(sigil: str, dialect: str) -> Asks[str]:
    """What a dialect says of an attribute (`#`) or type (`!`) that it does not have, with `{}` for the mnemonic."""
    (reading,) = yield (Question(given_module(f"{sigil}{dialect}.{_NO_NAME}")),)
    return getattr(reading, "message", "").replace(_NO_NAME, "{}")


def learn_definition(
    sigil: str,
    name: str,
    *,
    unknown: str = "",
    parameters: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Asks[LearntDefinition | None]:
    """Ask about an attribute (`#`) or type (`!`) by its full name; None where the binary has none of that name.

    `unknown` is what `learn_unknown` told of its dialect, `parameters` are what parameters may be called, `others` are
    texts that may stand in it.
    """
    return (yield from _Learning(sigil, name, unknown, parameters, (*_OTHERS, *others)).run())


class _Learning:
    def __init__(self, sigil: str, name: str, unknown: str, names: Sequence[str], others: Sequence[str]) -> None:
        self._prefix = sigil + name
        self._names = names
        self._others = others
        self._unknown = unknown.replace("{}", name.partition(".")[2])
        self._body: list[str] = []
        self._format: list[str] = []
        self._parameters: dict[str, ParameterConstraint] = {}
        self._class = ""
        self._enum: Enum | None = None

    def run(self) -> Asks[LearntDefinition | None]:
        for number in range(_ROUNDS):
            reading = yield from self._ask()
            if isinstance(reading, (NoDialect, NoDefinition)) or getattr(reading, "message", "") == self._unknown:
                if number == 0:
                    return None
                break
            if isinstance(reading, Accepted):
                return self._learnt(written(self._prefix, self._text(self._body)))
            if number == 0 and not self._is_about_it(reading):
                return None
            if not (yield from self._extend(reading)):
                break
        return (yield from self._guessed())

    def _guessed(self) -> Asks[LearntDefinition]:
        """A text that C++ reads, found by trying what may stand where it stopped; what its parts are is not told."""
        body = list(self._body)
        for _ in range(_ROUNDS):
            (reading,) = yield from self._asked([body])
            said = getattr(reading, "message", "")
            expected = _EXPECTED.match(said)
            tries = [[*body, text] for text in (self._others if expected is None else (expected[1],))]
            answered = list(zip(tries, (yield from self._asked(tries)), strict=True))
            for tried, answer in answered:
                if isinstance(answer, Accepted):
                    taken = written(self._prefix, self._text(tried))
                    return replace(self._learnt(""), text=taken, how=f"C++ reads and prints it; taken: {taken}")
            messages = [(tried, getattr(answer, "message", "")) for tried, answer in answered]
            further = [b for b, m in messages if m not in (said, self._unknown) and _EXPECTED.match(m)]
            if not further:
                break
            body = further[0]
        return self._learnt("")

    def _is_about_it(self, reading: Reading) -> bool:
        """Whether the binary tried to read the definition, whatever it says."""
        return isinstance(reading, (Unparsable, Cases, Died))

    def _text(self, body: Sequence[str]) -> str:
        opened = [_OPEN[token] for token in body if token in _OPEN]
        for token in body:
            if token in _OPEN.values() and token in opened:
                opened.remove(token)
        text = " ".join(body).replace("< ", "<").replace("( ", "(") + "".join(reversed(opened))
        return f" {text}" if text and text[0] != "<" else text

    def _ask(self) -> Asks[Reading]:
        (reading,) = yield from self._asked([self._body])
        return reading

    def _asked(self, bodies: Sequence[Sequence[str]]) -> Asks[Sequence[Reading]]:
        """What is said of the definition with each of the bodies."""
        return (yield tuple(Question(given_module(written(self._prefix, self._text(body)))) for body in bodies))

    def _extend(self, reading: Reading) -> Asks[bool]:
        """Write what is expected next; whether that was possible."""
        said = reading.said if isinstance(reading, (Unparsable, Cases)) else ""
        match = _PARAMETER.search(said)
        if match is not None:
            return (yield from self._add(match[1], match[2], match[3]))
        if _STRUCT in said:
            return (yield from self._add_struct())
        if isinstance(reading, Unparsable) and (expected := _EXPECTED.match(reading.message)):
            self._body.append(expected[1])
            self._format.append(f"`{expected[1]}`")
            return True
        return False

    def _add_struct(self) -> Asks[bool]:
        """Write all parameters by their names, which are found by trying; whether there are any."""
        tries = [[*self._body, name, "=", _NO_CASE] for name in self._names]
        readings = yield from self._asked(tries)
        answered = [(name, getattr(reading, "said", "")) for name, reading in zip(self._names, readings, strict=True)]
        named = [(match[1], match[2], match[3]) for _, said in answered if (match := _PARAMETER.search(said))]
        form = [*self._format, "struct(params)"]
        for number, (class_name, name, cpp) in enumerate(named):
            self._body += [",", name, "="] if number else [name, "="]
            if not (yield from self._add(class_name, name, cpp)):
                return False
        self._format = form
        return bool(named)

    def _add(self, class_name: str, name: str, cpp: str) -> Asks[bool]:
        """Write a value of a parameter that is to be of this C++ type."""
        if name in self._parameters:
            return False
        self._class = class_name
        self._body.append(_NO_CASE)
        listed = yield from self._ask()
        self._body.pop()
        if isinstance(listed, Cases):
            self._enum = _enum_of(cpp, listed.cases)
            constraint: ParameterConstraint = EnumReference(self._enum.name)
            tries: Sequence[str] = listed.cases[:1]
        else:
            constraint = constraint_of(cpp, lambda _: False, lambda _: None)
            tries = (_sample(constraint), *self._others)
        fitting: list[str] = []
        for text in tries:
            self._body.append(text)
            reading = yield from self._ask()
            self._body.pop()
            said = reading.said if isinstance(reading, (Unparsable, Cases)) else ""
            if f"parameter '{name}' which" not in said:
                fitting.append(text)
            if isinstance(reading, Accepted) or _EXPECTED.match(getattr(reading, "message", "")):
                fitting = [*fitting[-1:]]
                break
        if not fitting:
            return False
        self._parameters[name] = constraint
        self._format.append(f"${name}")
        self._body.append(fitting[0])
        return True

    def _learnt(self, text: str) -> LearntDefinition:
        mnemonic = self._prefix.partition(".")[2]
        kind = AttributeDefinition if self._prefix[0] == "#" else TypeDefinition
        parameters = tuple(NamedParameter(name, Parameter(constraint)) for name, constraint in self._parameters.items())
        opened = [_OPEN[token] for token in self._body if token in _OPEN and _OPEN[token] not in self._body]
        closers = [f"`{token}`" for token in reversed(opened)]
        form = " ".join((*self._format, *closers)) if self._format else None
        words = "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", mnemonic))
        suffix = "Attr" if self._prefix[0] == "#" else "Type"
        class_name = (self._class.rpartition("_")[2] or words).removesuffix(suffix) + suffix
        definition = kind(mnemonic, class_name, parameters if text else (), form if text else CUSTOM)
        how = f"its parser asks for each part; taken: {text}" if text else "its parser takes nothing that was tried"
        if not self._parameters and text:
            how = f"taken: {text}"
        return LearntDefinition(definition, self._enum if text else None, text, how)


def _sample(constraint: ParameterConstraint) -> str:
    match constraint:
        case ListOf(element):
            return _sample(element)
        case AttributeParameter(DenseArray()):
            return "[1]"
        case OpaqueConstraint():
            return "1"
        case _:
            return _SAMPLES.get(constraint, "1")


def _enum_of(cpp: str, cases: Sequence[str]) -> Enum:
    """An enum of these words; the numbers, which no text of the IR has, are their places in the list."""
    name = cpp.rpartition("::")[2]
    return Enum(name, "i32", tuple(EnumCase(_symbol(text), number, text) for number, text in enumerate(cases)))


def _symbol(text: str) -> str:
    symbol = re.sub(r"\W+", "_", text).strip("_") or "empty"
    return f"_{symbol}" if symbol[0].isdigit() else symbol
