"""Contracts out of an overlay: its rules, and which operations keep which."""

from __future__ import annotations

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import AnyConstraint, ArrayOf, TypeConstraint
from opspec.model.contracts import ActivityFlow, Contract, ContractRule, Flow, Role, RoleType
from opspec.model.dialect import Dialect, NamedConstraint, Operation
from opspec.notation import parse_flow, parse_type
from opspec.spec.constraint_names import ConstraintNames
from opspec.spec.nodes import MapNode, Node, ScalarNode, entries, items, parse_node, text_of
from opspec.spec.references import References

__all__ = ["build_rules", "named_constraints", "read_contract"]

_ANYTHING: TypeConstraint = AnyConstraint()


def named_constraints(dialect: Dialect, root: MapNode, diagnostics: Diagnostics) -> tuple[NamedConstraint, ...]:
    """The type constraints that an overlay gives names to; a name of the facts stays theirs."""
    taken = {named.name for named in dialect.constraints}
    found = []
    for key, node in entries(root, "constraints"):
        if key.text in taken:
            message = f"the facts have a constraint '{key.text}' already"
            diagnostics.report("name-collision", message, key.location, "give it another name")
            continue
        found.append(NamedConstraint(key.text, parse_node(node, parse_type, _ANYTHING, diagnostics), key.location))
    return tuple(found)


def _flows(node: Node | None, key: str, diagnostics: Diagnostics) -> tuple[ActivityFlow, ...]:
    """One flow for every value, or one for each activity."""
    given = node.get(key) if isinstance(node, MapNode) else None
    if isinstance(given, ScalarNode):
        return (ActivityFlow("", parse_node(given, parse_flow, Flow(), diagnostics)),)
    return tuple(
        ActivityFlow(case.text, parse_node(flow, parse_flow, Flow(), diagnostics)) for case, flow in entries(node, key)
    )


def _role(name: str, node: Node) -> Role:
    words = {kind.value: kind for kind in RoleType}
    return Role(name, words.get(text_of(node, "type"), RoleType.SAME), " ".join(text_of(node, "means").split()))


def build_rules(
    dialect: Dialect, root: MapNode, diagnostics: Diagnostics, references: References
) -> tuple[ContractRule, ...]:
    """The rules of an overlay's section `contracts`; names in them that do not exist go to `references`."""
    rules = []
    names = ConstraintNames(dialect, references, diagnostics)
    for key, node in entries(root, "contracts"):
        rule = ContractRule(
            key.text,
            tuple(_role(name.text, role) for name, role in entries(node, "roles")),
            _flows(node, "arguments", diagnostics),
            _flows(node, "results", diagnostics),
            tuple(item.text for item in items(node, "pairs")),
            " ".join(text_of(node, "summary").split()),
            key.location,
        )
        _check_flows(rule, node, names, references)
        rules.append(rule)
    return tuple(rules)


def _check_flows(rule: ContractRule, node: Node, names: ConstraintNames, references: References) -> None:
    known = [role.name for role in rule.roles]
    owner = f"contract '{rule.name}'"
    for key, flows in (("arguments", rule.arguments), ("results", rule.results)):
        for entry in flows:
            inner = node.get(key) if isinstance(node, MapNode) else None
            where = inner.get(entry.activity) if isinstance(inner, MapNode) else inner
            names.look_up(entry.flow.accepts, "types", (where or node).location)
            for role in (*entry.flow.operands, *entry.flow.results):
                references.use(owner, role, known, "a flow", (where or node).location)
    for item in items(node, "pairs"):
        references.use(owner, item.text, known, "a pair", item.location)


def read_contract(
    dialect: Dialect, operation: Operation, node: Node | None, rules: tuple[ContractRule, ...], references: References
) -> Contract | None:
    """The contract that an overlay gives an operation; names that do not exist go to `references`."""
    if not isinstance(node, MapNode):
        return None
    names = [rule.name for rule in rules]
    name = text_of(node, "rule")
    known = bool(name) and references.use(f"dialect '{dialect.name}'", name, names, "a contract", node.location)
    owner = f"'{dialect.name}.{operation.mnemonic}'"
    attributes = [attribute.name for attribute in operation.attributes]
    for key in ("callee", "activity", "ret_activity", "width"):
        value = node.get(key)
        if isinstance(value, ScalarNode):
            parts = [*attributes, *(region.name for region in operation.regions)] if key == "callee" else attributes
            references.use(owner, value.text, parts, "its contract", value.location)
    if not known:
        return None
    rule = rules[names.index(name)]
    contract = Contract(
        rule, text_of(node, "callee"), *(text_of(node, key) for key in ("activity", "ret_activity", "width"))
    )
    _check_activities(dialect, operation, contract, references)
    return contract


def _check_activities(dialect: Dialect, operation: Operation, contract: Contract, references: References) -> None:
    """The activities of a rule are cases of the enum that the operation's attribute holds."""
    for part, flows in ((contract.activity, contract.rule.arguments), (contract.ret_activity, contract.rule.results)):
        for named in operation.attributes:
            constraint = named.attribute.constraint
            if named.name != part or not isinstance(constraint, ArrayOf):
                continue
            enum = dialect.enum_of(constraint.element)
            if enum is None:
                continue
            cases = [case.symbol for case in enum.cases]
            for entry in flows:
                if entry.activity:
                    place = f"contract '{contract.rule.name}'"
                    references.use(f"enum '{enum.name}'", entry.activity, cases, place, contract.rule.location)
