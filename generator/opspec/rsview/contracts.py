"""Contracts in Rust: the rules as constants, and functions that give the types which follow from a function."""

from __future__ import annotations

from collections.abc import Iterable

from opspec.dataclass import dataclass
from opspec.model.constraints import ArrayOf, Confined, DenseArray
from opspec.model.contracts import ActivityFlow, Contract, ContractRule, RoleType
from opspec.model.dialect import Dialect, Enum, Operation
from opspec.naming.rust import RustPolicy, case_words, rs_name
from opspec.naming.words import snake_case
from opspec.rsview.code import (
    Array,
    Atom,
    Constant,
    Expression,
    Function,
    Item,
    Let,
    Parameter,
    Reference,
    Statement,
    StructLiteral,
    Tail,
    Tuple,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.enums import definition_of
from opspec.rsview.signature import Signature
from opspec.rsview.text import docs
from opspec.rsview.types import type_rule

__all__ = ["build_call_check", "build_results", "build_rules"]

_ERROR = declared("Error")
_FUNCTION = melior("ir::r#type::FunctionType")
_TYPES = atom("Result<Vec<Type<'c>>, Error>", melior("ir::Type"), _ERROR)


def _enum_of(dialect: Dialect, operation: Operation) -> Enum | None:
    """The enum of the operation's activities; None where it knows none."""
    contract = operation.contract
    if contract is None or not contract.activity:
        return None
    constraint = next(a.attribute.constraint for a in operation.attributes if a.name == contract.activity)
    return dialect.enum_of(constraint.element) if isinstance(constraint, ArrayOf) else None


class _Contracts:
    def __init__(self, dialect: Dialect, names: RustPolicy) -> None:
        self._dialect = dialect
        self._names = names

    def constant(self, rule: ContractRule, enum: Enum | None) -> Constant:
        """A rule as a constant, for the cases of an enum."""
        cases = "NoActivity" if enum is None else str(self._names.enum(enum))
        type = declared("Rule") if enum is not None else atom("Rule", declared("Rule"), declared("NoActivity"))
        value = StructLiteral(
            Atom("Rule"),
            (
                ("arguments", self._flows(rule, rule.arguments, enum)),
                ("results", self._flows(rule, rule.results, enum)),
                ("blocks", Atom(str(len(rule.pairs)))),
            ),
        )
        words = docs(rule.summary or f"The rule `{rule.name}`")
        return Constant(_constant(rule, enum), atom(f"Rule<{cases}>", type), value, words, "const")

    def _flows(self, rule: ContractRule, flows: Iterable[ActivityFlow], enum: Enum | None) -> Expression:
        given = tuple(flows)
        if len(given) == 1 and not given[0].activity:
            return call(atom("Flows::Always", declared("Flows")), self._flow(rule, given[0]))
        assert enum is not None, "a rule that speaks of activities is of an operation that has some"
        cases = self._names.cases(enum)
        name = self._names.enum(enum)
        pairs = tuple(Tuple((Atom(f"{name}::{cases[f.activity]}"), self._flow(rule, f))) for f in given)
        return call(atom("Flows::ByActivity", declared("Flows")), Reference(Array(pairs)))

    def _flow(self, rule: ContractRule, found: ActivityFlow) -> Expression:
        flow = found.flow
        return StructLiteral(
            declared("Flow"),
            (
                ("operands", _roles(rule, flow.operands)),
                ("results", _roles(rule, flow.results)),
                ("accepts", type_rule(self._dialect, flow.accepts)),
            ),
        )


def _roles(rule: ContractRule, roles: Iterable[str]) -> Expression:
    types = {role.name: role.type for role in rule.roles}
    found = ("Same" if types[role] is RoleType.SAME else "Widened" for role in roles)
    return Reference(Array(tuple(atom(f"Role::{each}", declared("Role")) for each in found)))


def _constant(rule: ContractRule, enum: Enum | None) -> str:
    return rs_name(case_words(f"{rule.name}_rule") if enum is not None else case_words(f"{rule.name}_plain_rule"))


def build_rules(dialect: Dialect, names: RustPolicy) -> tuple[Item, ...]:
    """The rules that the dialect's operations keep, each once."""
    contracts = _Contracts(dialect, names)
    found: dict[str, Item] = {}
    for operation in dialect.operations:
        if operation.contract is not None:
            enum = _enum_of(dialect, operation)
            constant = contracts.constant(operation.contract.rule, enum)
            found.setdefault(constant.name, constant)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Extents:
    """The part that says which extents widened values have; without a name there is none."""

    name: str = ""
    is_batch: bool = False

    @property
    def type(self) -> Atom:
        """The type of the parameter."""
        return Atom("&[i64]" if self.is_batch else "i64")

    @property
    def given(self) -> str:
        """The extents, from a parameter."""
        return self.name if self.is_batch else f"&[{self.name or 1}]"


def _extents(operation: Operation, contract: Contract) -> _Extents:
    named = next((a for a in operation.attributes if a.name == contract.width), None)
    if named is None:
        return _Extents()
    constraint = named.attribute.constraint
    while isinstance(constraint, Confined):
        constraint = constraint.base
    return _Extents(rs_name(snake_case(named.name)), isinstance(constraint, DenseArray))


def _call(activities: Iterable[str], extents: str, *, is_batch: bool) -> StructLiteral:
    activity, returned = (f"Some({name})" if name else "None" for name in activities)
    values = (("activity", activity), ("ret_activity", returned), ("extents", extents))
    held = tuple((name, Atom(text)) for name, text in values)
    return StructLiteral(declared("Call"), (*held, ("is_batch", Atom(str(is_batch).lower()))))


def _activities(contract: Contract) -> tuple[str, str]:
    return contract.activity and "activity", contract.ret_activity and "ret_activity"


def build_results(dialect: Dialect, signature: Signature, names: RustPolicy) -> tuple[Function, ...]:
    """The functions that give the types of an operation's operands and results, where a contract says them."""
    operation = signature.operation
    contract = operation.contract
    if contract is None:
        return ()
    enum = _enum_of(dialect, operation)
    extents = _extents(operation, contract)
    parameters = [Parameter("function", atom("FunctionType<'c>", _FUNCTION))]
    if enum is not None:
        cases = Atom(f"&[{names.enum(enum)}]")
        parameters += [Parameter(name, cases) for name in _activities(contract) if name]
    parameters += [Parameter(extents.name, extents.type)] if extents.name else []
    given = Let("call", _call(_activities(contract), extents.given, is_batch=extents.is_batch))
    rule = _constant(contract.rule, enum)
    found = []
    for side, index in (("operands", 0), ("results", 1)):
        shown = f"{dialect.name}.{operation.mnemonic}"
        words = docs(f"Returns the types of the {side} of `{shown}`, which follow from its function")
        body: tuple[Statement, ...] = (given, Tail(Atom(f"Ok({rule}.types(function, call)?.{index})")))
        name = names.related_function(operation, side)
        found.append(Function(name, tuple(parameters), _TYPES, body, words, "<'c>"))
    return tuple(found)


def build_call_check(dialect: Dialect, signature: Signature, names: RustPolicy) -> tuple[Function, ...]:
    """The member that checks an operation against the type of its function."""
    operation = signature.operation
    contract = operation.contract
    if contract is None:
        return ()
    enum = _enum_of(dialect, operation)
    reader = _reader(dialect, enum, names)
    extents = _extents(operation, contract)
    body: list[Statement] = []
    for local, name in zip(_activities(contract), (contract.activity, contract.ret_activity), strict=True):
        if name:
            body.append(Let(local, Atom(f"self.{signature.name(name)}()?")))
            if reader:
                mapped = f"{local}.iter().map(|each| each.{reader}())"
                body += [
                    Let(local, Atom(mapped)),
                    Let(local, Atom(f"{local}.collect::<Result<Vec<_>, _>>()?")),
                ]
    if extents.name:
        read = f"self.{signature.name(contract.width)}()?"
        shown = Atom(f"integers({read})", declared("integers").uses) if extents.is_batch else Atom(f"[{read}]")
        body.append(Let("extents", shown))
    held = [f"&{name}" if name else "" for name in _activities(contract)]
    body.append(Let("call", _call(held, "&extents" if extents.name else "&[1]", is_batch=extents.is_batch)))
    uses = (*melior("ir::ValueLike").uses, *melior("ir::operation::OperationLike").uses)
    for side in ("operands", "results"):
        body.append(Let(side, Atom(f"self.operation.{side}().map(|each| each.r#type())", uses)))
        body.append(Let(side, Atom(f"{side}.collect::<Vec<_>>()")))
    body.append(Tail(Atom(f"{_constant(contract.rule, enum)}.check(function, call, &operands, &results)")))
    words = docs("Checks the operands and results against the type of the function that the operation is about")
    parameters = (Parameter("&self", None), Parameter("function", atom("FunctionType<'c>", _FUNCTION)))
    return (Function("verify_call", parameters, Atom("Result<(), Error>", _ERROR.uses), tuple(body), words),)


def _reader(dialect: Dialect, enum: Enum | None, names: RustPolicy) -> str:
    """The member of an attribute that gives the case it holds; empty where cases are read at once."""
    definition = definition_of(dialect, enum) if enum is not None else None
    return "" if definition is None else names.parameters(definition)[definition.parameters[0].name]
