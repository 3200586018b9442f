"""The rules of an operation in Python: what builders check and `verify` checks again."""

from __future__ import annotations

from opspec.model.constraints import (
    AllTypesMatch,
    ArrayOf,
    DefinitionReference,
    EnumReference,
    HasParent,
    Multiplicity,
    Projection,
    ProjectionKind,
    TypesMatchWith,
    Value,
)
from opspec.model.contracts import ActivityFlow, Contract, ContractRule
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation, Region
from opspec.model.parents import opaque_parents
from opspec.model.projections import held_types
from opspec.model.released import is_partial, releases_of, required_in
from opspec.model.terminators import terminators_of
from opspec.model.traits import claims_of, resolved_symbols
from opspec.naming.policy import NamingPolicy
from opspec.notation.relation_terms import Opaque
from opspec.notation.relations import print_relation
from opspec.pyview.constraints import ConstraintViews
from opspec.pyview.context import OperationContext
from opspec.pyview.module import PyConstant
from opspec.pyview.python import FALSE, NONE, TRUE, Expression, call, dict_of, literal, own, rt, tuple_of
from opspec.pyview.type_rules import ANY_TYPE, TypeRules

__all__ = ["Rules"]

_MULTIPLICITIES = {
    Multiplicity.ONE: rt("single"),
    Multiplicity.OPTIONAL: rt("optional"),
    Multiplicity.VARIADIC: rt("variadic"),
    Multiplicity.NESTED: rt("variadic"),
}


class Rules:
    """Builds the rules of a dialect's operations, and the constants that they use."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy) -> None:
        self._dialect = dialect
        self._naming = naming
        self._views = ConstraintViews(dialect, naming)
        self._types = TypeRules(dialect, naming)
        self._contracts: dict[str, PyConstant] = {}

    def of(self, context: OperationContext) -> Expression:
        """The rules of one operation, as an expression."""
        operation, naming, inference = context.operation, context.naming, context.inference
        given: dict[str, Expression] = {}
        if operation.operands:
            given["operands"] = tuple_of(
                self._value(context, "operands", operand, _other_name(naming.argument(operand.name), operand.name))
                for operand in operation.operands
            )
        if operation.attributes:
            given["attributes"] = tuple_of(self._attribute(context, attribute) for attribute in operation.attributes)
        if operation.results:
            each = [name for name, _ in naming.result_parameters(operation)]
            names = [""] * len(each) if context.results_by_keyword else each
            given["results"] = tuple_of(
                self._value(context, "results", result, name)
                for result, name in zip(operation.results, names, strict=True)
            )
        if operation.regions:
            given["regions"] = tuple_of(self._region(context, i, region) for i, region in enumerate(operation.regions))
        if operation.successors:
            fixed = sum(s.multiplicity is Multiplicity.ONE for s in operation.successors)
            given["successors"] = literal((fixed, fixed < len(operation.successors)))
        given.update(self._traits(self._dialect.operation(operation.mnemonic)))
        if operation.contract is not None:
            given["contract"] = self._contract(operation, operation.contract)
        resolves = resolved_symbols(operation)
        if resolves:
            given["resolves"] = literal(resolves)
        if operation.relations:
            given.update(self._relations(operation))
        given.update(self._counts(operation))
        if inference.by_host:
            given["sources"] = rt("BY_HOST")
        elif inference.sources:
            given["sources"] = tuple_of(inference.sources)
        return call(rt("OperationRules"), literal(f"{self._dialect.name}.{operation.mnemonic}"), **given)

    def constants(self) -> tuple[PyConstant, ...]:
        """The constants that the rules use: type constraints, then contracts."""
        return (*self._types.constants(), *self._contracts.values())

    def _value(self, context: OperationContext, kind: str, named: NamedValue, parameter: str) -> Expression:
        rule = self._types.rule(named.value.type)
        types = () if rule == ANY_TYPE else (rule,)
        releases = self._dialect.releases
        forms = {} if releases is None else releases.forms_of(context.operation.mnemonic, named.name)
        rules = {release: self._types.rule(form.type) for release, form in forms.items() if isinstance(form, Value)}
        given = {release: other for release, other in rules.items() if other != rule}
        facts: dict[str, Expression] = {"releases": dict_of(given.items())} if given else {}
        facts.update(_having(context, kind, named.name))
        if parameter:
            facts["parameter"] = literal(parameter)
        return call(_MULTIPLICITIES[named.value.multiplicity], literal(named.name), *types, **facts)

    def _attribute(self, context: OperationContext, named: NamedAttribute) -> Expression:
        operation, attribute = context.operation, named.attribute
        arguments = [literal(named.name), self._views.coercer(attribute.constraint)]
        given: dict[str, Expression] = {}
        default, is_flag = context.default_of(named), context.is_flag(named)
        if default != NONE and not is_flag:
            given["default"] = default
        elif not is_flag and not context.is_demanded(named):
            given["required"] = FALSE
        # A drop-in writes what every call has to give, as upstream's builders do, whatever the release.
        is_written = context.is_demanded(named) and not context.style.has_defaults
        if is_partial(self._dialect, operation, named) and not is_written:
            having = releases_of(self._dialect, operation, named)
            required = required_in(self._dialect, operation, named)
            given["releases"] = literal(having)
            if required != (having if attribute.required else ()):
                given["required_in"] = literal(required)
        given.update(_parameter(context.naming.argument(named.name), named.name))
        return call(rt("flag" if is_flag else "attribute"), *arguments, **given)

    def _relations(self, operation: Operation) -> dict[str, Expression]:
        """What the overlay says of the parts."""
        checked = [relation for relation in operation.relations if not isinstance(relation.claim, Opaque)]
        if not checked:
            return {}
        return {"relations": tuple_of(literal(print_relation(found)) for found in checked)}

    def _counts(self, operation: Operation) -> dict[str, Expression]:
        """The numbers of parts that some releases want."""
        releases = self._dialect.releases
        counts = {} if releases is None else releases.counts_of(operation.mnemonic)
        if not counts:
            return {}
        return {
            "counts": dict_of(
                (release, dict_of((part, literal((least, most))) for part, least, most in parts))
                for release, parts in counts.items()
            )
        }

    def _region(self, context: OperationContext, index: int, region: Region) -> Expression:
        operation, naming, constraint = context.operation, context.naming, region.constraint
        given: dict[str, Expression] = {}
        if constraint.blocks is not None:
            word = "min_blocks" if constraint.minimum else "max_blocks" if constraint.maximum else "blocks"
            given[word] = literal(constraint.blocks)
        elif operation.has_trait("SingleBlock"):
            given["max_blocks"] = literal(1)
        elif operation.is_about(region):
            given["min_blocks"] = literal(1)
        terminators = terminators_of(self._dialect, operation, region)
        if terminators:
            given["terminators"] = literal(terminators)
        if constraint.multiplicity is Multiplicity.VARIADIC:
            given["is_variadic"] = TRUE
        if operation.has_trait("NoRegionArguments"):
            given["has_arguments"] = FALSE
        given.update(_having(context, "regions", region.name))
        is_variadic = constraint.multiplicity is Multiplicity.VARIADIC
        name = naming.region_count(region.name)[0] if is_variadic else naming.argument(region.name)
        given.update(_parameter(name, region.name))
        return call(rt("region"), literal(region.name), literal(index), **given)

    def _traits(self, operation: Operation) -> dict[str, Expression]:
        given: dict[str, Expression] = {}
        rules: list[Expression] = []
        for trait in operation.traits:
            match trait:
                case HasParent(parents):
                    if not opaque_parents(trait):
                        given["parents"] = literal(parents)
                case AllTypesMatch(names):
                    rules.append(call(rt("same_types"), *map(literal, names)))
                case TypesMatchWith(target, projection):
                    follows = self._projection(projection)
                    if projection.kind is ProjectionKind.ELEMENT_TYPE and follows is not None:
                        held = held_types(self._dialect, operation, projection.source)
                        others = [other for each in held if (other := self._projection(each)) is not None]
                        follows = call(rt("either"), follows, *others) if others else follows
                    if follows is not None:
                        source = literal(projection.source)
                        rules.append(call(rt("follows"), literal(target), source, follows))
                case _:
                    claims = claims_of(operation, trait)
                    rules += [call(rt(claim), *map(literal, names)) for claim, names in claims]
        if rules:
            given["traits"] = tuple_of(rules)
        for key, trait_name in (
            ("is_terminator", "Terminator"),
            ("is_symbol_table", "SymbolTable"),
            ("sized_operands", "AttrSizedOperandSegments"),
            ("sized_results", "AttrSizedResultSegments"),
        ):
            if operation.has_trait(trait_name):
                given[key] = TRUE
        return given

    def _projection(self, projection: Projection) -> Expression | None:
        """The rule by which one type follows from another; None where only C++ knows it."""
        match projection.kind:
            case ProjectionKind.SAME:
                return rt("itself")
            case ProjectionKind.ELEMENT_TYPE:
                return rt("element")
            case ProjectionKind.PARAMETER:
                reference = projection.definition
                found = self._dialect.type(reference.dialect, reference.mnemonic) if reference is not None else None
                if found is None or found.format is None:
                    return None
                cls = self._naming.definition_class(found)
                parameter = self._naming.parameter_named(found, projection.parameter)
                return call(rt("parameter_of"), own(cls), literal(parameter))
            case ProjectionKind.OPAQUE:
                return None

    def _contract(self, operation: Operation, contract: Contract) -> Expression:
        rule = contract.rule
        name = self._naming.contract(rule.name)
        if rule.name not in self._contracts:
            self._contracts[rule.name] = PyConstant(name, self._rule(operation, contract, rule))
        parts = {
            "operands": operation.operands[0].name if operation.operands else "operands",
            "results": operation.results[0].name if operation.results else "results",
            "callee": contract.callee,
            "activity": contract.activity,
            "ret_activity": contract.ret_activity,
            "width": contract.width,
        }
        given: dict[str, Expression] = {key: literal(text) for key, text in parts.items() if text}
        reader = self._case_reader(operation, contract.activity)
        if reader is not None:
            given["case"] = reader
        return call(rt("Contract"), own(name), **given)

    def _rule(self, operation: Operation, contract: Contract, rule: ContractRule) -> Expression:
        given: dict[str, Expression] = {
            "roles": dict_of((role.name, literal(role.type.value)) for role in rule.roles),
            "arguments": self._flows(operation, contract.activity, rule.arguments),
            "returns": self._flows(operation, contract.ret_activity, rule.results),
        }
        if rule.pairs:
            given["pairs"] = literal(rule.pairs)
        return call(rt("ContractRule"), **given)

    def _flows(self, operation: Operation, attribute: str, flows: tuple[ActivityFlow, ...]) -> Expression:
        texts = self._case_texts(operation, attribute)
        items: list[tuple[str, Expression]] = []
        for entry in flows:
            flow = entry.flow
            rule = self._types.rule(flow.accepts)
            accepts = () if rule == ANY_TYPE else (rule,)
            expression = call(rt("Flow"), literal(flow.operands), literal(flow.results), *accepts)
            items.append((texts.get(entry.activity, entry.activity), expression))
        return dict_of(items)

    def _definition(self, operation: Operation, attribute: str) -> DefinitionReference | EnumReference | None:
        """What each element of an activity attribute is."""
        for named in operation.attributes:
            constraint = named.attribute.constraint
            if named.name == attribute and isinstance(constraint, ArrayOf):
                element = constraint.element
                return element if isinstance(element, (DefinitionReference, EnumReference)) else None
        return None

    def _case_texts(self, operation: Operation, attribute: str) -> dict[str, str]:
        """The text in the IR of each case, by its symbol."""
        element = self._definition(operation, attribute)
        enum = None if element is None else self._dialect.enum_of(element)
        return {} if enum is None else {case.symbol: case.text for case in enum.cases}

    def _case_reader(self, operation: Operation, attribute: str) -> Expression | None:
        """The function that gives the text of the case that an element holds."""
        element = self._definition(operation, attribute)
        enum = None if element is None else self._dialect.enum_of(element)
        if element is None or enum is None:
            return None
        if isinstance(element, EnumReference):
            return call(rt("case_of_number"), own(self._naming.enum(enum)))
        found = self._dialect.attribute(element.dialect, element.mnemonic)
        assert found is not None, "an element with an enum is defined here"
        parameter = self._naming.parameter_of(found.parameters[0])
        return call(rt("case_of_definition"), own(self._naming.definition_class(found)), literal(parameter))


def _having(context: OperationContext, kind: str, part: str) -> dict[str, Expression]:
    """The releases that have a part, where not all have it."""
    found = context.having(kind, part)
    return {} if found is None else {"having": literal(found)}


def _other_name(name: str, declared: str) -> str:
    """What builders call a part; empty where that is the name that it is declared by."""
    return "" if name == declared else str(name)


def _parameter(name: str, declared: str) -> dict[str, Expression]:
    other = _other_name(name, declared)
    return {"parameter": literal(other)} if other else {}
