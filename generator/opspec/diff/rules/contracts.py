"""Rules about contracts: how operands and results of an operation follow from a function and from activities."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.facts import contract_facts, rule_facts
from opspec.diff.pairs import ContractPair, OperationPair
from opspec.diff.rule import B, D, Example, Found, Variant, levels, on
from opspec.diff.sections import CONTRACT
from opspec.diff.witness_operations import call_without_contract

_FACTS = (
    "operations: {map: {class: MapOp, arguments: {fn: attr flat_symbol_ref, inputs: variadic any},"
    " results: {outputs: variadic any}}}"
)
_NO_RESULTS = _FACTS.replace(", results: {outputs: variadic any}", "")
_RULE = (
    "contracts: {{each: {{summary: One for each, roles: {{value: {{type: {0}, means: The value}}}},"
    " arguments: (value) -> (), results: () -> (value)}}}}"
)
_KEEPS = "operations: {map: {contract: {rule: each, callee: fn}}}"
_KEYWORD = "operations: {map: {python: {results: keyword}}}"
_BOTH = "operations: {map: {python: {results: keyword}, contract: {rule: each, callee: fn}}}"
_SAME = _RULE.format("same")


def _as_before(pair: OperationPair) -> str:
    return "results as before" if pair.old_results == pair.new_results else ""


@on(
    OperationPair,
    "contract: added",
    verdicts=levels(source=B),
    variants=(
        Variant("was keyword", "`results` had to be given by keyword before", levels(source=D)),
        Variant("results as before", "it changes nothing about how results are given", levels(source=D)),
    ),
    meaning="""The overlay ties operands and results of the operation to the function that it is about. Builders check
    calls against it, and the result types follow from it: they are the optional keyword `results`.""",
    advice="Leave the result types of `{owner}` out, or give them as `results=`.",
    mirror="removed",
    compares=("Operation.contract",),
    examples=(
        Example(_FACTS, _FACTS, _SAME, f"{_SAME}\n{_KEEPS}"),
        Example(_FACTS, _FACTS, f"{_SAME}\n{_KEYWORD}", f"{_SAME}\n{_BOTH}", "was keyword"),
        Example(_NO_RESULTS, _NO_RESULTS, _SAME, f"{_SAME}\n{_KEEPS}", "results as before"),
    ),
)
def contract_added(pair: OperationPair) -> Iterator[Found]:
    """No contract before, one now."""
    if pair.old.contract is None and pair.new.contract is not None:
        variant = "was keyword" if pair.old_results == "keyword" else _as_before(pair)
        yield Found(None, Side(pair.new_place("contract"), contract_facts(pair.new.contract)), variant)


@on(
    OperationPair,
    "contract: removed",
    verdicts=levels(source=B),
    variants=(Variant("results as before", "it changes nothing about how results are given", levels(source=D)),),
    meaning="""The overlay no longer ties operands and results of the operation to its function: result types have to be
    given, and builders no longer check calls against it.""",
    advice="Give the result types in calls of `{owner}`.",
    mirror="added",
    examples=(
        Example(_FACTS, _FACTS, f"{_SAME}\n{_KEEPS}", _SAME),
        Example(_NO_RESULTS, _NO_RESULTS, f"{_SAME}\n{_KEEPS}", _SAME, "results as before"),
    ),
    witness=call_without_contract,
)
def contract_removed(pair: OperationPair) -> Iterator[Found]:
    """A contract before, none now."""
    if pair.old.contract is not None and pair.new.contract is None:
        old = Side(pair.old_place("contract"), contract_facts(pair.old.contract))
        yield Found(old, None, _as_before(pair))


@on(
    OperationPair,
    "contract: changed",
    verdicts=levels(source=D),
    meaning="The operation keeps another rule, or the same with other parts: builders check something else.",
    advice="See the rule `{new}` for what calls of `{owner}` have to be.",
    mirror="changed",
    compares=(
        *("Contract.rule", "Contract.callee", "Contract.activity", "Contract.ret_activity", "Contract.width"),
        "ContractRule.name",
    ),
    examples=(
        Example(
            _FACTS.replace("fn: ", "of: attr flat_symbol_ref, fn: "),
            _FACTS.replace("fn: ", "of: attr flat_symbol_ref, fn: "),
            f"{_SAME}\n{_KEEPS}",
            f"{_SAME}\n{_KEEPS.replace('callee: fn', 'callee: of')}",
        ),
    ),
)
def contract_changed(pair: OperationPair) -> Iterator[Found]:
    """Another rule, or other parts."""
    old, new, in_old_names = pair.old.contract, pair.new.contract, pair.in_old_names.contract
    if old is None or new is None or in_old_names is None:
        return
    if contract_facts(old) != contract_facts(in_old_names):
        sides = (
            Side(pair.old_place("contract"), contract_facts(old)),
            Side(pair.new_place("contract"), contract_facts(new)),
        )
        yield Found(*sides)


@on(
    CONTRACT,
    "contract rule: changed",
    verdicts=levels(source=D),
    meaning="""A rule that operations keep says something else about their operands and results: builders refuse calls
    that they took, or infer other result types.""",
    advice="See what the rule `{name}` asks of calls now.",
    mirror="changed",
    compares=(
        *("ContractRule.roles", "ContractRule.arguments", "ContractRule.results", "ContractRule.pairs"),
        *("Role.name", "Role.type", "Flow.operands", "Flow.results", "Flow.accepts"),
        *("ActivityFlow.activity", "ActivityFlow.flow"),
    ),
    examples=(Example(_FACTS, _FACTS, f"{_SAME}\n{_KEEPS}", f"{_RULE.format('widened')}\n{_KEEPS}"),),
)
def contract_rule_changed(pair: ContractPair) -> Iterator[Found]:
    """Another flow, role or pair."""
    if rule_facts(pair.old) != rule_facts(pair.in_old_names):
        yield Found(*pair.declared())
