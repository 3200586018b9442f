"""The rules that an overlay declares of an operation: read, and each name in them looked up."""

from __future__ import annotations

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import NamedValue, Operation
from opspec.notation.lexer import NotationError
from opspec.notation.relation_terms import Call, For, Name, Relation, terms_in
from opspec.notation.relations import RelationError, parse_relation
from opspec.spec.nodes import Node, ScalarNode, items, parse_node
from opspec.spec.references import References

__all__ = ["read_rules"]

_VALUES = ("rank", "dim", "element", "type", "count")
_ATTRIBUTES = ("size", "symbol")
_REGIONS = ("arguments", "yields")


def _parsed(text: str) -> Relation | None:
    """The relation of a text; raises `NotationError`."""
    try:
        return parse_relation(text)
    except RelationError as error:
        raise NotationError(error.message, error.offset) from None


def read_rules(
    operation: Operation, owner: str, node: Node | None, diagnostics: Diagnostics, references: References
) -> tuple[Relation, ...]:
    """The relations in the list `rules`; names that the operation does not have go to `references`."""
    found: list[Relation] = []
    for item in items(node, "rules"):
        relation = parse_node(item, _parsed, None, diagnostics)
        if relation is not None:
            _check_names(operation, owner, relation, item, references)
            found.append(relation)
    return tuple(found)


def _check_names(
    operation: Operation, owner: str, relation: Relation, item: ScalarNode, references: References
) -> None:
    extras = operation.extras
    values = [p.name for p in (*operation.operands, *operation.results, *extras.operands, *extras.results)]
    attributes = [part.name for part in operation.arguments if not isinstance(part, NamedValue)]
    regions = [region.name for region in (*operation.regions, *extras.regions)]
    counted = [step.name for step in relation.steps if isinstance(step, For)]
    wanted: dict[str, list[str]] = {}
    for term in terms_in(relation):
        if isinstance(term, Call) and isinstance(term.arguments[0], Name):
            kinds = ((_VALUES, values), (_ATTRIBUTES, attributes), (_REGIONS, regions))
            for functions, known in kinds:
                if term.function in functions:
                    wanted[term.arguments[0].name] = known
        elif isinstance(term, Name):
            wanted.setdefault(term.name, [*attributes, *values, *regions, *counted, "parent"])
    for name, known in wanted.items():
        references.use(owner, name, known, "a rule", item.location)
