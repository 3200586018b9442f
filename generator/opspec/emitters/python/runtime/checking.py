"""The rules of an operation, checked: on its parts, whether it exists or is about to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from ..releases import release_in_use
from .attribute_rules import check_attributes
from .complaints import Complaint, Report
from .contracts import Callee
from .declarations import Groups, Parts, counted, group
from .expected import Expected
from .host import ir
from .region_rules import callee_in, check_region, check_regions
from .relating import Related, check_relation, looks_around, names_in, relation_of
from .released import report_definitions
from .rules import OperationRules
from .symbols import function_type, resolve

__all__ = ["Checks", "checks_of"]


def checks_of(rules: OperationRules) -> Checks:
    """The checks of an operation's rules, for the release in use."""
    return _checks_in(rules, release_in_use() if rules.varies else "")


@cache
def _checks_in(rules: OperationRules, release: str) -> Checks:
    return Checks(rules.in_release(release) if rules.varies else rules)


class Checks:
    """The checks of one operation's rules, in one release."""

    def __init__(self, rules: OperationRules) -> None:
        self.rules = rules
        self.name = rules.name
        self._symbols = rules.symbols
        self._defaults = rules.defaults
        self._single = rules.single
        self._relations = [
            relation
            for relation in map(relation_of, rules.relations)
            if rules.lacking.isdisjoint(names_in(relation))
        ]
        self.looks_further = any(
            looks_around(each) - {*self._symbols} for each in self._relations
        )
        """Whether what holds depends on more around the operation than what its own symbols mean."""

    def verify(self, parts: Parts, report: Report) -> None:
        """Report everything that is wrong with an operation that exists."""
        rules = self.rules
        report_definitions(parts, report)
        if check_attributes(self.name, rules.attributes, parts, report):
            self.check_parent(parts.around, report)
            function = self.look_up(parts.attributes, parts.around, report)
            self.check_types(parts, function, report)
        self.check_successors(parts, report)
        if rules.is_terminator and not parts.is_last:
            report(
                Complaint("the operation", "followed by others", "the end of its block")
            )
        if "regions" in rules.counted:
            self._count("regions", len(parts.regions or ()), "region", report)
        else:
            check_regions(rules.regions, list(parts.regions or ()), report)

    def look_up(
        self,
        attributes: Any,
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
                if found is not None and name == self.rules.callee:
                    function = function_type(found)
        return function

    def look_around(
        self, attributes: Any, around: Any, report: Report
    ) -> tuple[Any, list[Any]]:
        """What the rules ask of what is around an operation: the type of the function, and what the symbols mean."""
        self.check_parent(around, report)
        meant: list[Any] = []
        return self.look_up(attributes, around, report, meant), meant

    def check_types(self, parts: Parts, function: Any, report: Report) -> None:
        """Report wrong numbers and types of operands and results; `function` is the type of what the contract means."""
        if not self.rules.takes_all:
            self._check_values(parts, report)
        if self.rules.contract is not None:
            self._check_contract(parts, parts.results, function, report)

    def result_types(
        self, parts: Parts, function: Any, report: Report
    ) -> list[ir.Type] | None:
        """The result types that the contract gives; None where what they follow from is not in sight."""
        expected = self._check_contract(parts, None, function, report)
        if expected is None or any(wanted.type is None for wanted in expected.results):
            return None
        return [wanted.type for wanted in expected.results]

    def check_built(self, index: int, parts: Parts, report: Report) -> None:
        """Report what is wrong with a region that was just built, and with what the contract makes of it."""
        for rule in self.rules.regions:
            if rule.index == index and parts.regions:
                check_region(rule, parts.regions[index], report)
                if self.rules.callee == rule.name:
                    self._check_contract(parts, parts.results, None, report)

    def check_parent(self, around: Any, report: Report) -> None:
        """Report an operation that stands in another one than it may."""
        parents = self.rules.parents
        if around is None or not parents:
            return
        name = around.operation.name
        if name not in parents:
            accepted = f"inside {' or '.join(parents)}"
            report(Complaint("the operation", f"inside {name}", accepted))

    def check_successors(self, parts: Parts, report: Report) -> None:
        """Report a wrong number of successors."""
        if "successors" in self.rules.counted:
            self._count("successors", parts.successors, "block", report)
            return
        count, (least, may_have_more) = parts.successors, self.rules.successors
        if count < least or (count > least and not may_have_more):
            number = counted(least, "block")
            accepted = f"at least {number}" if may_have_more else number
            report(Complaint("successors", counted(count, "block"), accepted))

    def _check_values(self, parts: Parts, report: Report) -> None:
        rules = self.rules
        groups: Groups = {}
        fits = True
        for what, declared, types, sizes in (
            ("operands", rules.operands, parts.operands, rules.operand_sizes),
            ("results", rules.results, parts.results, rules.result_sizes),
        ):
            if what in rules.counted or f"{what[:-1]}_groups" in rules.counted:
                self._count(what, len(types), "value", report)
                fits = False  # which is which, only the release knows
            else:
                fits &= group(
                    declared, types, what, sizes, parts.attributes, groups, report
                )
        if fits:
            for trait in rules.traits:
                trait.check(groups, report)
            self._check_relations(parts, groups, report)

    def _check_relations(self, parts: Parts, groups: Groups, report: Report) -> None:
        """Report where the parts do not have to do with each other what the spec says."""
        if not self._relations:
            return
        regions = {
            rule.name: parts.regions[rule.index]
            for rule in self.rules.regions
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
        for relation in self._relations:
            check_relation(relation, related, report)

    def _count(self, part: str, count: int, what: str, report: Report) -> None:
        """Report a number of parts that the release in use does not want."""
        least, most = self.rules.counted.get(part, (0, None))
        if count < least or (most is not None and count > most):
            number = f"{least} or more" if most is None else str(least)
            accepted = f"{number} in release {release_in_use()}"
            report(Complaint(part, counted(count, what), accepted))

    def _check_contract(
        self,
        parts: Parts,
        results: Sequence[ir.Type] | None,
        function: Any,
        report: Report,
    ) -> Expected | None:
        contract = self.rules.contract
        assert contract is not None, "only a contract says what follows"
        callee = self._callee(parts, function)
        return contract.check(parts.attributes, parts.operands, results, callee, report)

    def _callee(self, parts: Parts, function: Any) -> Callee | None:
        """The function that the operation is about, where it is in sight: a region, or of the type `function`."""
        for region in self.rules.regions:
            if region.name == self.rules.callee:
                return callee_in(parts.regions[region.index]) if parts.regions else None
        held = None if function is None else function.value
        if not isinstance(held, ir.FunctionType):
            return None
        return Callee(tuple(held.inputs), tuple(held.results))


def _meaning(found: Any) -> Any:
    """What relations may ask of the operation that a symbol means."""
    return found and (found.operation.name, function_type(found))
