"""Enums of a dialect in Rust: cases with their texts and numbers; sets of flags where several may be set."""

from __future__ import annotations

from collections.abc import Callable

from opspec.model.constraints import EnumReference
from opspec.model.definitions import is_opaque
from opspec.model.dialect import AttributeDefinition, Dialect, Enum, EnumCase
from opspec.naming.rust import RustPolicy, case_words
from opspec.rsview.code import (
    Arm,
    Array,
    Atom,
    Case,
    Constant,
    Do,
    EnumItem,
    Field,
    Function,
    Impl,
    Item,
    Let,
    Nested,
    Parameter,
    StructItem,
    Tail,
    Use,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.definitions import reading_of
from opspec.rsview.kinds import CONTEXT, class_of
from opspec.rsview.text import docs, rs_literal

__all__ = ["build_enum", "definition_of"]

_ERROR = declared("Error")
_SELF = (Parameter("self", None),)


def definition_of(dialect: Dialect, enum: Enum) -> AttributeDefinition | None:
    """The attribute definition that holds a case of the enum and nothing else, if there is one."""
    for definition in dialect.attributes:
        parameters = [named.parameter for named in definition.parameters]
        if len(parameters) == 1 and not is_opaque(definition) and parameters[0].constraint == EnumReference(enum.name):
            return definition
    return None


class _Enums:
    def __init__(self, dialect: Dialect, enum: Enum, names: RustPolicy) -> None:
        self._dialect = dialect
        self._enum = enum
        self._policy = names
        self._name = names.enum(enum)
        self._cases = names.cases(enum)
        self._is_number = enum.storage.lstrip("iu").isdigit()

    def build(self) -> tuple[Item, ...]:
        words = docs(self._enum.doc.summary or f"The enum `{self._enum.name}`", self._enum.doc.description)
        display = Impl(Atom(f" fmt::Display for {self._name}", (Use("std", "fmt"),)), (self._display(),))
        reading = self._reading()
        if self._enum.bits:
            struct = StructItem(
                self._name, (Field("bits", Atom("u64")),), words, "", "Debug, Clone, Copy, PartialEq, Eq, Hash"
            )
            return struct, Impl(Atom(f" {self._name}"), self._flags()), self._or(), display, reading
        cases = tuple(
            Case(self._cases[case.symbol], docs(case.doc.summary or f"`{case.text}`")) for case in self._enum.cases
        )
        return EnumItem(self._name, cases, words), Impl(Atom(f" {self._name}"), self._members()), display, reading

    def _display(self) -> Function:
        parameters = (Parameter("&self", None), Parameter("formatter", Atom("&mut fmt::Formatter")))
        shown = "&self.mnemonic()" if self._enum.bits else "self.mnemonic()"
        return Function("fmt", parameters, Atom("fmt::Result"), (Tail(call("formatter.write_str", shown)),), head="fn")

    def _reading(self) -> Impl:
        kind = f"a case of `{self._enum.name}`"
        if not self._is_number:
            found = "StringAttribute::from_attribute(attribute)?.value()"
            value = atom(f"Self::from_mnemonic({found}).ok()", melior("ir::attribute::StringAttribute"))
        else:
            value = Atom("Self::from_number(i64::from_attribute(attribute)?).ok()")
        return reading_of(self._name, kind, value)

    # --- one case at a time ---

    def _members(self) -> tuple[Function | Constant, ...]:
        cases = self._enum.cases
        everything = Array(tuple(Atom(f"Self::{self._cases[case.symbol]}") for case in cases))
        number = len(cases)
        members: list[Function | Constant] = [
            Constant("ALL", Atom(f"[Self; {number}]"), everything, docs("Every case"), "pub const"),
            self._match(
                "mnemonic", "&'static str", "Returns the text of the case in the IR", lambda c: rs_literal(c.text)
            ),
            self._from("mnemonic", "&str", "Returns the case of a text", [rs_literal(c.text) for c in cases]),
        ]
        if self._is_number:
            members += [
                self._match("number", "i64", "Returns the number of the case", lambda c: str(c.value)),
                self._from("number", "i64", "Returns the case of a number", [str(c.value) for c in cases]),
            ]
        return (*members, self._attribute())

    def _match(self, name: str, type: str, summary: str, value: Callable[[EnumCase], str]) -> Function:
        arms = tuple(Arm(f"Self::{self._cases[case.symbol]}", Atom(value(case))) for case in self._enum.cases)
        body = (Nested(Atom("match self"), arms),)
        return Function(name, _SELF, Atom(type), body, docs(summary), head="pub const fn")

    def _from(self, name: str, type: str, summary: str, keys: list[str]) -> Function:
        arms = []
        for number, (case, key) in enumerate(zip(self._enum.cases, keys, strict=True)):
            if key not in keys[:number]:
                arms.append(Arm(key, Atom(f"Ok(Self::{self._cases[case.symbol]})")))
        wrong = Arm("_", Atom(f"Err(no_case({rs_literal(self._enum.name)}, {name}))", declared("no_case").uses))
        body = (Nested(Atom(f"match {name}"), (*arms, wrong)),)
        parameters = (Parameter(name, Atom(type)),)
        return Function(f"from_{name}", parameters, Atom("Result<Self, Error>", _ERROR.uses), body, docs(summary))

    # --- flags ---

    def _flags(self) -> tuple[Function | Constant, ...]:
        constants = tuple(
            Constant(
                case_words(self._cases[case.symbol]),
                Atom("Self"),
                Atom(f"Self {{ bits: {case.value} }}"),
                docs(case.doc.summary or f"`{case.text}`"),
                "pub const",
            )
            for case in self._enum.cases
        )
        return (
            *constants,
            self._contains(),
            self._flag_text(),
            self._flags_of_text(),
            *self._numbers(),
            self._attribute(),
        )

    def _contains(self) -> Function:
        parameters = (*_SELF, Parameter("other", Atom("Self")))
        body = (Tail(Atom("self.bits & other.bits == other.bits")),)
        return Function("contains", parameters, Atom("bool"), body, docs("Returns whether all of other flags are set"))

    def _flag_text(self) -> Function:
        pairs = [(case.text, case.value) for case in self._enum.cases]
        whole = [Arm(str(value), Atom(f"return {rs_literal(text)}.into()")) for text, value in _unique(pairs)]
        single = Array(tuple(Atom(f"({rs_literal(t)}, {v})") for t, v in pairs if v and v & (v - 1) == 0), "[")
        count = len(single.items)
        body = (
            Nested(Atom("match self.bits"), (*whole, Atom("_ => {}"))),
            Let(f"flags: [(&str, u64); {count}]", single),
            Let("set", Atom("flags.iter().filter(|(_, bit)| self.bits & bit == *bit)")),
            Let("texts", Atom("set.map(|(text, _)| *text).collect::<Vec<_>>()")),
            Tail(call("texts.join", rs_literal(self._enum.separator or "|"))),
        )
        return Function("mnemonic", _SELF, Atom("String"), body, docs("Returns the text of the flags in the IR"))

    def _flags_of_text(self) -> Function:
        arms = tuple(
            Arm(rs_literal(text), Atom(str(value)))
            for text, value in _unique([(c.text, c.value) for c in self._enum.cases], by_text=True)
        )
        name = rs_literal(self._enum.name)
        wrong = Arm("text", Atom(f"return Err(no_case({name}, text))", declared("no_case").uses))
        loop = Nested(
            Atom(f"for text in mnemonic.split({rs_literal((self._enum.separator or '|').strip())})"),
            (Nested(Atom("bits |= match text.trim()"), (*arms, wrong), "};"),),
        )
        body = (Let("mut bits", Atom("0")), loop, Tail(Atom("Ok(Self { bits })")))
        parameters = (Parameter("mnemonic", Atom("&str")),)
        returns = Atom("Result<Self, Error>", _ERROR.uses)
        return Function("from_mnemonic", parameters, returns, body, docs("Returns the flags of a text"))

    def _numbers(self) -> tuple[Function, ...]:
        everything = 0
        for case in self._enum.cases:
            everything |= case.value
        number = Function(
            "number", _SELF, Atom("i64"), (Tail(Atom("self.bits as i64")),), docs("Returns the number of the flags")
        )
        name = rs_literal(self._enum.name)
        guard = Nested(
            Atom(f"if bits & !{everything} != 0"),
            (Do(Atom(f"return Err(no_case({name}, number))", declared("no_case").uses)),),
        )
        body = (Let("bits", Atom("number as u64")), guard, Tail(Atom("Ok(Self { bits })")))
        parameters = (Parameter("number", Atom("i64")),)
        returns = Atom("Result<Self, Error>", _ERROR.uses)
        return number, Function("from_number", parameters, returns, body, docs("Returns the flags of a number"))

    def _or(self) -> Impl:
        parameters = (*_SELF, Parameter("other", Atom("Self")))
        body = (Let("bits", Atom("self.bits | other.bits")), Tail(Atom("Self { bits }")))
        both = Function("bitor", parameters, Atom("Self"), body, head="fn")
        return Impl(Atom(f" std::ops::BitOr for {self._name}"), (both,), (Atom("type Output = Self;"),))

    # --- attributes ---

    def _attribute(self) -> Function:
        """The attribute of a case: that of the definition which holds it, or else its number or text."""
        parameters = (*_SELF, Parameter("context", atom("&Context", CONTEXT)))
        definition = definition_of(self._dialect, self._enum)
        words = docs("Creates the attribute of it")
        if definition is not None:
            name = self._policy.definition(definition)
            returns = Atom(f"Result<{name}<'_>, Error>", _ERROR.uses)
            return Function("attribute", parameters, returns, (Tail(call(f"{name}::new", "context", "self")),), words)
        if self._is_number:
            bits = self._enum.storage.lstrip("iu")
            made = call(declared("integer"), "context", bits, "self.number()")
            return Function("attribute", parameters, class_of("IntegerAttribute", "'_"), (Tail(made),), words)
        shown = "&self.mnemonic()" if self._enum.bits else "self.mnemonic()"
        made = call("StringAttribute::new", "context", shown)
        return Function("attribute", parameters, class_of("StringAttribute", "'_"), (Tail(made),), words)


def _unique(pairs: list[tuple[str, int]], *, by_text: bool = False) -> list[tuple[str, int]]:
    found: dict[object, tuple[str, int]] = {}
    for text, value in pairs:
        found.setdefault(text if by_text else value, (text, value))
    return list(found.values())


def build_enum(dialect: Dialect, enum: Enum, names: RustPolicy) -> tuple[Item, ...]:
    """The items of an enum."""
    return _Enums(dialect, enum, names).build()
