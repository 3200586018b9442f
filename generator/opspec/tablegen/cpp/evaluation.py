"""C++ expressions to values."""

from __future__ import annotations

from opspec.exhaustive import assert_never
from opspec.tablegen.cpp.arithmetic import binary, converted, truth, unary
from opspec.tablegen.cpp.builders import member_called
from opspec.tablegen.cpp.calls import called, constant_named, constructed
from opspec.tablegen.cpp.enums import CppEnum, Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import BOOL, CHAR, INT, UINT, Kind, common, kind_named
from opspec.tablegen.cpp.numbers import read_number
from opspec.tablegen.cpp.parser import parse_expression
from opspec.tablegen.cpp.syntax import (
    Binary,
    Braces,
    Call,
    Cast,
    Character,
    Choice,
    Expression,
    Member,
    Name,
    NumberText,
    Strings,
    Unary,
)
from opspec.tablegen.cpp.texts import read_character, read_strings
from opspec.tablegen.cpp.values import CaseValue, Items, Number, Text, Value

__all__ = ["evaluate"]

_CHARACTERS = {"": CHAR, "u8": CHAR, "u": Kind("char16_t", 16, 2, signed=False), "U": UINT, "L": INT}


class _Evaluation:
    def __init__(self, enums: Enums) -> None:
        self._enums = enums

    def is_type(self, name: str) -> bool:
        return kind_named(name) is not None or self._enums.named(name) is not None

    def value(self, expression: Expression) -> Value:
        match expression:
            case NumberText(text):
                return Number(*read_number(text))
            case Character(text):
                prefix, number = read_character(text)
                return Number(_CHARACTERS[prefix], number)
            case Strings(texts):
                return Text(read_strings(texts))
            case Name(text):
                return self._named(text)
            case Braces("", items):
                return Items(tuple(self.value(item) for item in items))
            case Braces(name, items):
                return self._of_type(name, items, braced=True)
            case Call(callee, arguments):
                if isinstance(callee, Name):
                    return self._of_type(callee.text, arguments, braced=False)
                given = tuple(self._if_known(argument) for argument in arguments)
                return member_called(callee.name, given, self._enums)
            case Member(_, name):
                raise NotConstant(f"the member '{name}'")
            case Cast(name, operand):
                return self._cast(name, self.value(operand))
            case Unary(sign, operand):
                return unary(sign, self.value(operand))
            case Binary(sign, left, right):
                return self._binary(sign, left, right)
            case Choice():
                return self._choice(expression)
            case _:
                assert_never(expression)

    def _if_known(self, expression: Expression) -> Value | None:
        """The value of an argument; None where it is something else, such as a type or the context."""
        try:
            return self.value(expression)
        except NotConstant:
            return None

    def _named(self, name: str) -> Value:
        if name in ("true", "false"):
            return Number(BOOL, int(name == "true"))
        case = self._enums.case(name)
        if case is not None:
            return CaseValue(*case)
        found = constant_named(name)
        if found is None:
            raise NotConstant(f"'{name}' is no name that is known here")
        return found

    def _of_type(self, name: str, arguments: tuple[Expression, ...], *, braced: bool) -> Value:
        """`name(arguments)` or `name{arguments}`: a value of a type, or a call."""
        kind, enum = kind_named(name), self._enums.named(name)
        if kind is not None or enum is not None:
            if len(arguments) > 1:
                raise NotConstant(f"'{name}' of {len(arguments)} values")
            given = self.value(arguments[0]) if arguments else Number(INT, 0)
            made = self._cast(name, given)
            if braced and isinstance(given, Number) and _narrows(given, made):
                raise NotConstant(f"'{name}' has no room for {given.number} in braces")
            return made
        known = tuple(self._if_known(argument) for argument in arguments)
        return constructed(name, known) if braced else called(name, known, self._enums)

    def _cast(self, name: str, value: Value) -> Value:
        enum = self._enums.named(name)
        if enum is not None:
            return _as_case(enum, value)
        kind = kind_named(name)
        if kind is None:
            raise NotConstant(f"'{name}' is no type that is known here")
        if isinstance(value, CaseValue):
            value = Number(value.enum.kind, value.number)
        if not isinstance(value, Number):
            raise NotConstant(f"a cast to '{name}' of something that is no number")
        return converted(value, kind)

    def _binary(self, sign: str, left: Expression, right: Expression) -> Value:
        if sign in ("&&", "||"):
            first = truth(self.value(left))
            if first == (sign == "||"):
                return Number(BOOL, int(first))
            return Number(BOOL, int(truth(self.value(right))))
        return binary(sign, self.value(left), self.value(right))

    def _choice(self, choice: Choice) -> Value:
        chosen, other = choice.chosen, choice.other
        if not truth(self.value(choice.condition)):
            chosen, other = other, chosen
        value, left = self.value(chosen), self._if_known(other)
        if isinstance(value, Number):
            if not isinstance(left, Number):
                raise NotConstant("the two sides of a choice are not both numbers")
            return value if value.kind == left.kind else converted(value, common(value.kind, left.kind))
        return value


def _narrows(given: Number, made: Value) -> bool:
    """Whether a conversion is one of those that C++ refuses in braces."""
    if not isinstance(made, (Number, CaseValue)):
        return True
    if isinstance(made, Number) and made.kind.floating:
        return isinstance(given.number, int) and made.number != given.number
    return isinstance(given.number, float) or made.number != given.number


def _as_case(enum: CppEnum, value: Value) -> CaseValue:
    if isinstance(value, CaseValue):
        value = Number(value.enum.kind, value.number)
    if not isinstance(value, Number):
        raise NotConstant(f"a cast to '{enum.path[-1]}' of something that is no number")
    number = converted(value, enum.kind).number
    assert isinstance(number, int)
    return CaseValue(enum, number)


def evaluate(text: str, enums: Enums) -> Value:
    """The value of a C++ expression. Raises `NotConstant` where only C++ can say it."""
    evaluation = _Evaluation(enums)
    return evaluation.value(parse_expression(text, evaluation.is_type))
