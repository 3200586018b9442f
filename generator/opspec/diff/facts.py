"""What a spec says of a thing, on one line, in the notation of specs."""

from __future__ import annotations

from collections.abc import Iterable

from opspec.model.contracts import ActivityFlow, Contract, ContractRule
from opspec.model.dialect import (
    Argument,
    Definition,
    Doc,
    Enum,
    EnumCase,
    NamedValue,
    Operation,
)
from opspec.model.sample import Sample
from opspec.notation import (
    print_argument,
    print_flow,
    print_parameter,
    print_region,
    print_successor,
    print_trait,
    print_value,
)

__all__ = [
    "argument_facts",
    "case_facts",
    "contract_facts",
    "definition_facts",
    "doc_facts",
    "enum_facts",
    "operation_facts",
    "rule_facts",
    "rule_words",
    "sample_facts",
]


def argument_facts(argument: Argument) -> str:
    """The declaration of an operand or attribute."""
    return print_argument(argument.value if isinstance(argument, NamedValue) else argument.attribute)


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name}: {text}" for name, text in pairs)


def operation_facts(operation: Operation) -> str:
    """An operation: `Class(arguments) -> (results)`, then regions, successors, traits, interfaces, format."""
    text = f"{operation.class_name}({_listed((a.name, argument_facts(a)) for a in operation.arguments)})"
    if operation.results:
        text += f" -> ({_listed((r.name, print_value(r.value)) for r in operation.results)})"
    if operation.regions:
        text += f" {{{_listed((r.name, print_region(r.constraint)) for r in operation.regions)}}}"
    if operation.successors:
        text += f" to ({_listed((s.name, print_successor(s.multiplicity)) for s in operation.successors)})"
    attached = [*map(print_trait, operation.traits), *operation.interfaces]
    text += f" is {', '.join(attached)}" if attached else ""
    return text + (f" written {operation.format}" if operation.format else "")


def case_facts(case: EnumCase) -> str:
    """A case: its number, and its text where that differs from the symbol."""
    return str(case.value) if case.text == case.symbol else f"{case.value} as {case.text!r}"


def enum_facts(enum: Enum) -> str:
    """An enum: storage and cases."""
    bits = f" bits joined by {enum.separator!r}" if enum.bits else ""
    owner = f" of {enum.dialect}" if enum.dialect else ""
    return f"{enum.storage}{bits}{owner}: {_listed((case.symbol, case_facts(case)) for case in enum.cases)}"


def definition_facts(definition: Definition) -> str:
    """A definition: `Class(parameters)` and its format."""
    parameters = _listed((named.name, print_parameter(named.parameter)) for named in definition.parameters)
    return f"{definition.class_name}({parameters}) written {definition.format or 'by its mnemonic alone'}"


def contract_facts(contract: Contract) -> str:
    """Which rule an operation keeps, and with which parts."""
    parts = ((key, getattr(contract, key)) for key in ("callee", "activity", "ret_activity", "width"))
    return f"{contract.rule.name}({_listed((key, part) for key, part in parts if part)})"


def rule_facts(rule: ContractRule) -> str:
    """What a rule for contracts says, without its words."""

    def flows(name: str, given: tuple[ActivityFlow, ...]) -> str:
        return f"{name} {_listed((flow.activity or 'each', print_flow(flow.flow)) for flow in given)}"

    roles = f"roles {_listed((role.name, role.type.value) for role in rule.roles)}"
    parts = [roles, flows("arguments", rule.arguments), flows("results", rule.results)]
    return "; ".join([*parts, *([f"pairs {', '.join(rule.pairs)}"] if rule.pairs else [])])


def rule_words(rule: ContractRule) -> str:
    """The words of a rule for contracts."""
    return "\n\n".join(filter(None, (rule.summary, *(f"{r.name}: {r.summary}" for r in rule.roles if r.summary))))


def doc_facts(doc: Doc) -> str:
    """Words, as they are."""
    return "\n\n".join(filter(None, (doc.summary, doc.description)))


def sample_facts(sample: Sample | None) -> str:
    """A sample, so that two that differ read differently."""
    if sample is None:
        return ""
    parts = [f"{name}: {list(types)}" for name, types in (*sample.operands, *sample.results)]
    parts += [f"{name} = {value!r}" for name, value in sample.attributes]
    parts += [f"{r.name}: block{list(r.arguments)} returns {list(r.returns)}" for r in sample.regions]
    return "; ".join([*parts, *([sample.setup] if sample.setup else [])])
