"""The rules of an operation: what its operands, attributes, results, regions and place have to be.

The rules are facts of a spec. Builders check them before they create an operation, `verify` checks them on operations
that exist, and the documentation lists them.
"""

from __future__ import annotations

import atexit
import enum
from collections.abc import Mapping, Sequence
from copy import copy
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from ..releases import release_in_use
from .admission import check_contexts, check_place, current_place
from .attribute_rules import check_attributes
from .caches import PerContext
from .complaints import Complaint, Report, raising
from .contracts import Callee, Contract
from .declared import (
    ONE,
    AttributeRule,
    Groups,
    Parts,
    RegionRule,
    ValueRule,
    counted,
    group,
    is_free,
)
from .host import ir
from .region_rules import callee_in, check_region, check_regions
from .relating import Related, check_relation, looks_around, relation_of
from .released import report_definitions
from .slots import Slots
from .symbols import declare, function_type, nearest_table, owner_of, resolve
from .traits import TraitRule

if TYPE_CHECKING:
    from .building import Source

__all__ = ["OperationRules", "known_rules", "rules_of"]

_known: dict[str, OperationRules] = {}
_type_of = attrgetter("type")

_Call: TypeAlias = (
    "tuple[Mapping[str, Any], Sequence[ir.Type], Sequence[ir.Type], ir.Block | None, ir.Context | None]"
)
"""Attributes, types of operands and of results, the block and the context of a call."""

Counts: TypeAlias = "Mapping[str, tuple[int, int | None]]"
"""Of `operands`, `results`, `regions`... the least and the greatest number."""

_AS_DECLARED: Mapping[str, Counts] = {}
_NO_CALL: _Call = ({}, (), (), None, None)


def rules_of(name: str) -> OperationRules | None:
    """The rules of an operation, by its full name; None where no module that is loaded has any."""
    return _known.get(name)


def known_rules(dialect: str) -> list[str]:
    """The operations of a dialect that have rules."""
    return [name for name in _known if name.partition(".")[0] == dialect]


class OperationRules:
    """The rules of one operation."""

    def __init__(
        self,
        name: str,
        *,
        operands: tuple[ValueRule, ...] = (),
        attributes: tuple[AttributeRule, ...] = (),
        results: tuple[ValueRule, ...] = (),
        regions: tuple[RegionRule, ...] = (),
        successors: tuple[int, bool] = (0, False),
        parents: tuple[str, ...] = (),
        traits: tuple[TraitRule, ...] = (),
        contract: Contract | None = None,
        resolves: tuple[str, ...] = (),
        is_terminator: bool = False,
        is_symbol_table: bool = False,
        sized_operands: bool = False,
        sized_results: bool = False,
        counts: Mapping[str, Counts] = _AS_DECLARED,
        relations: tuple[str, ...] = (),
        sources: tuple[Source, ...] | None = None,
    ) -> None:
        """The rules of the operation `name`, which `rules_of` finds from now on.

        Args:
            name: The operation, e.g. `enzyme.autodiff`.
            operands: Its declared operands.
            attributes: Its declared attributes.
            results: Its declared results.
            regions: Its declared regions.
            successors: How many successors it has at least, and whether it may have more.
            parents: The operations it may stand in; empty for any.
            traits: Its traits that relate types to each other.
            contract: How operands and results follow from a function.
            resolves: The attributes whose symbols have to exist.
            is_terminator: Whether it ends a block.
            is_symbol_table: Whether symbols are defined in it.
            sized_operands: Whether an attribute holds the sizes of its operands.
            sized_results: Whether an attribute holds the sizes of its results.
            relations: What its parts have to do with each other, in the notation of specs.
            sources: Where the type of each result comes from if nobody gives it; empty where the host infers them,
                None where they have to be given or follow from the contract.
            counts: The least and the greatest number of parts, by release, where one wants another number of them.
        """
        self.name = name
        self.regions = regions
        self.contract = contract
        self.operands = operands
        self.attributes = attributes
        self.results = results
        self._successors = successors
        self._parents = parents
        self._traits = traits
        self.is_terminator = is_terminator
        self.operand_sizes = "operandSegmentSizes" if sized_operands else ""
        self.result_sizes = "resultSegmentSizes" if sized_results else ""
        self._callee_symbol = "" if contract is None else contract.callee
        self._symbols = resolves
        if any(rule.name == self._callee_symbol for rule in attributes):
            self._symbols = tuple(
                {self._callee_symbol: None, **dict.fromkeys(resolves)}
            )
        self._admitted = PerContext()
        self._inferred = PerContext()
        self._last: _Call = _NO_CALL
        atexit.register(self._forget)
        self._raise = raising(name)
        self._counts = counts
        self._counted: Counts = {}
        self._in_releases: dict[str, OperationRules] = {}
        self._varies = (
            bool(counts)
            or any(rule.releases for rule in (*operands, *results))
            or any(rule.releases is not None for rule in attributes)
        )
        # One list of any values cannot have a wrong number or type of them.
        self._takes_all = (
            is_free(operands) and is_free(results) and not traits and not relations
        )
        self._relations = relations
        self.sources = sources
        self._defaults = {
            rule.name: str(default) if isinstance(default, enum.Enum) else default
            for rule in attributes
            if isinstance(default := rule.default, (int, str)) and not rule.is_flag
        }
        self._single = frozenset(
            rule.name for rule in (*operands, *results) if rule.multiplicity == ONE
        )
        _known[name] = self
        declare(name, is_symbol_table)

    def admit(
        self,
        operands: Sequence[Any],
        attributes: Mapping[str, Any],
        results: Sequence[ir.Type],
        ip: ir.InsertionPoint | None,
        successors: Sequence[ir.Block] | None,
    ) -> None:
        """Raise `ValueError` if an operation must not be created; its attributes are coerced already.

        `ip` is where the operation is created, None for the current insertion point. Of a call like an earlier one,
        types and attributes are not checked again; one like the last, in the same block, is not looked at again.
        """
        if self._varies:
            rules = self._in_release(release_in_use())
            rules.admit(operands, attributes, results, ip, successors)
            return
        types = list(map(_type_of, operands))
        last_attributes, last_types, last_results, block, context = self._last
        if attributes == last_attributes and types == last_types:
            place = current_place() if ip is None else ip
            if (
                place is not None
                and place.block == block
                and results == last_results
                and successors is None
                and context is ir.Context.current
            ):
                return
        self._admit(attributes, types, results, ip, successors)

    def _in_release(self, release: str) -> OperationRules:
        """The rules as a release has them."""
        known = self._in_releases.get(release)
        if known is None:
            known = copy(self)
            known._varies = False
            known.operands = tuple(rule.in_release(release) for rule in self.operands)
            known.results = tuple(rule.in_release(release) for rule in self.results)
            known.attributes = tuple(
                rule.in_release(release) for rule in self.attributes
            )
            known._counted = self._counts.get(release, {})
            known._takes_all = False
            known._admitted, known._inferred = PerContext(), PerContext()
            atexit.register(known._forget)
            self._in_releases[release] = known
        return known

    def _admit(
        self,
        attributes: Mapping[str, Any],
        types: Sequence[ir.Type],
        results: Sequence[ir.Type],
        ip: ir.InsertionPoint | None,
        successors: Sequence[ir.Block] | None,
    ) -> None:
        place = current_place() if ip is None else ip
        count = 0 if successors is None else len(successors)
        context = ir.Context.current
        check_place(self.name, place, context)
        around = owner_of(place)
        self._check_place(around, self._raise)
        meant: list[Any] = []
        function = self._look_up(attributes, around, self._raise, meant)
        key = (
            function,
            count,
            *meant,
            *types,
            *results,
            *attributes.values(),
            *attributes,
        )
        known = self._admitted.of(context)
        if key not in known:
            check_contexts(self.name, types, results, attributes, context)
            parts = Parts(attributes, types, results, around, count)
            self._check_successors(parts, self._raise)
            self._check_types(parts, function, self._raise)
            if self._looks_further():
                return
            known[key] = True
        if place is not None and nearest_table(around) is not None:
            self._last = (attributes, types, results, place.block, context)

    def _looks_further(self) -> bool:
        """Whether what holds for the operation depends on more around it than what its own symbols mean."""
        return any(
            looks_around(relation_of(text)) - {*self._symbols}
            for text in self._relations
        )

    def _forget(self) -> None:
        self._last = _NO_CALL

    def _look_up(
        self,
        attributes: Mapping[str, Any],
        around: Any,
        report: Report,
        meant: list[Any] | None = None,
    ) -> Any:
        """Resolve the symbols; returns the attribute with the type of the function that the contract is about.

        None where the function, or any symbol table, is not in sight. `meant` takes what relations may ask of symbols:
        the operation that each means, by name, and its type where it is a function.
        """
        meanings = meant if meant is not None and self._relations else None
        function: Any = None
        for name in self._symbols:
            if name not in attributes:
                continue
            given = attributes[name]
            if isinstance(given, ir.ArrayAttr):
                found = [
                    resolve(item, f"{name}[{index}]", around, report)
                    for index, item in enumerate(given)
                ]
                if meanings is not None:
                    meanings += map(_meaning, found)
            else:
                found = resolve(given, name, around, report)
                if meanings is not None:
                    meanings.append(_meaning(found))
                if found is not None and name == self._callee_symbol:
                    function = function_type(found)
        return function

    def _check_types(self, parts: Parts, function: Any, report: Report) -> None:
        if not self._takes_all:
            self._check_values(parts, report)
        if self.contract is not None:
            self._slots(self.contract, parts, parts.results, function, report)

    def verify(self, parts: Parts, report: Report) -> None:
        """Report everything that is wrong with an operation that exists, for the release in use."""
        if self._varies:
            self._in_release(release_in_use()).verify(parts, report)
            return
        report_definitions(parts, report)
        if check_attributes(self.name, self.attributes, parts, report):
            self._check_place(parts.around, report)
            function = self._look_up(parts.attributes, parts.around, report)
            self._check_types(parts, function, report)
        self._check_successors(parts, report)
        if self.is_terminator and not parts.is_last:
            report(
                Complaint("the operation", "followed by others", "the end of its block")
            )
        self._check_regions(parts, report)

    def infer(
        self,
        operands: Sequence[Any],
        attributes: Mapping[str, Any],
        place: ir.InsertionPoint | None,
    ) -> list[ir.Type] | None:
        """The result types that the contract gives an operation that is about to be created.

        None where what they follow from is not in sight; raises `ValueError` where the operation does not fit.
        """
        types = list(map(_type_of, operands))
        check_place(self.name, place, ir.Context.current)
        around = owner_of(place)
        function = self._look_up(attributes, around, self._raise)
        context = ir.Context.current
        known = self._inferred.of(context)
        key = (function, *types, *attributes.values(), *attributes)
        if key not in known:
            check_contexts(self.name, types, (), attributes, context)
            parts = Parts(attributes, types, (), around)
            known[key] = self._result_types(parts, function, self._raise)
        found: list[ir.Type] | None = known[key]
        return found

    def infer_existing(self, parts: Parts, report: Report) -> list[ir.Type] | None:
        """The result types that the contract gives an operation that exists without them, likewise."""
        function = self._look_up(parts.attributes, parts.around, report)
        return self._result_types(parts, function, report)

    def _result_types(
        self, parts: Parts, function: Any, report: Report
    ) -> list[ir.Type] | None:
        assert self.contract is not None, "only a contract gives result types"
        slots = self._slots(self.contract, parts, None, function, report)
        if slots is None or any(slot.type is None for slot in slots.results):
            return None
        return [slot.type for slot in slots.results]

    def check_built(self, index: int, parts: Parts, report: Report) -> None:
        """Report what is wrong with a region that was just built, and with what the contract makes of it."""
        for rule in self.regions:
            if rule.index == index and parts.regions:
                check_region(rule, parts.regions[index], report)
                contract = self.contract
                if contract is not None and contract.callee == rule.name:
                    self._slots(contract, parts, parts.results, None, report)

    def block_arguments(self, parts: Parts) -> list[ir.Type]:
        """The types of the arguments of the region that the contract is about, as far as the operands give them."""
        if self.contract is None:
            return []
        return self.contract.inputs(parts.attributes, parts.operands)

    def _check_values(self, parts: Parts, report: Report) -> None:
        groups: Groups = {}
        fits = True
        for what, declared, types, sizes in (
            ("operands", self.operands, parts.operands, self.operand_sizes),
            ("results", self.results, parts.results, self.result_sizes),
        ):
            if what in self._counted or f"{what[:-1]}_groups" in self._counted:
                self._count(what, len(types), "value", report)
                fits = False  # which is which, only the release knows
            else:
                fits &= group(
                    declared, types, what, sizes, parts.attributes, groups, report
                )
        if fits:
            for trait in self._traits:
                trait.check(groups, report)
            self._check_relations(parts, groups, report)

    def _check_relations(self, parts: Parts, groups: Groups, report: Report) -> None:
        """Report where the parts do not have to do with each other what the spec says."""
        if not self._relations:
            return
        regions = {
            rule.name: parts.regions[rule.index]
            for rule in self.regions
            if parts.regions and rule.index < len(parts.regions)
        }
        related = Related(
            groups=groups,
            single=self._single,
            attributes=parts.attributes,
            defaults=self._defaults,
            around=parts.around,
            regions=regions,
        )
        for text in self._relations:
            check_relation(relation_of(text), related, report)

    def _count(self, part: str, count: int, what: str, report: Report) -> None:
        """Report a number of parts that the release in use does not want."""
        least, most = self._counted.get(part, (0, None))
        if count < least or (most is not None and count > most):
            more = " or more" * (most is None)
            accepted = f"{least}{more} in release {release_in_use()}"
            report(Complaint(part, counted(count, what), accepted))

    def _slots(
        self,
        contract: Contract,
        parts: Parts,
        results: Sequence[ir.Type] | None,
        function: Any,
        report: Report,
    ) -> Slots | None:
        callee = self._callee(contract, parts, function)
        return contract.check(parts.attributes, parts.operands, results, callee, report)

    def _callee(self, contract: Contract, parts: Parts, function: Any) -> Callee | None:
        """The function that the operation is about, where it is in sight: a region, or of the type `function`."""
        for region in self.regions:
            if region.name == contract.callee:
                return callee_in(parts.regions[region.index]) if parts.regions else None
        held = None if function is None else function.value
        if not isinstance(held, ir.FunctionType):
            return None
        return Callee(tuple(held.inputs), tuple(held.results))

    def _check_place(self, around: Any, report: Report) -> None:
        if around is None or not self._parents:
            return
        name = around.operation.name
        if name not in self._parents:
            accepted = f"inside {' or '.join(self._parents)}"
            report(Complaint("the operation", f"inside {name}", accepted))

    def _check_successors(self, parts: Parts, report: Report) -> None:
        if "successors" in self._counted:
            self._count("successors", parts.successors, "block", report)
            return
        count, (least, may_have_more) = parts.successors, self._successors
        if count < least or (count > least and not may_have_more):
            accepted = f"{'at least ' * may_have_more}{counted(least, 'block')}"
            report(Complaint("successors", counted(count, "block"), accepted))

    def _check_regions(self, parts: Parts, report: Report) -> None:
        regions = list(parts.regions or ())
        if "regions" in self._counted:
            self._count("regions", len(regions), "region", report)
        else:
            check_regions(self.regions, regions, report)


def _meaning(found: Any) -> Any:
    """What relations may ask of the operation that a symbol means."""
    return found and (found.operation.name, function_type(found))
