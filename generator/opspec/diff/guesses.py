"""How much speaks for a thing that is gone and one that is new being the same under another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from opspec.diff.changes import Candidate
from opspec.diff.facts import argument_facts, case_facts
from opspec.diff.matching import Evidence, similarity, weighed
from opspec.model.dialect import Definition, Enum, EnumCase, NamedConstraint, Operation
from opspec.notation import print_parameter, print_region, print_trait, print_type, print_value

__all__ = [
    "case_candidate",
    "constraint_candidate",
    "definition_candidate",
    "enum_candidate",
    "operation_candidate",
    "part_candidate",
]


def _shared(first: set[str], second: set[str]) -> float:
    """How much of two sets is in both."""
    return len(first & second) / len(first | second) if first or second else 1.0


def _name(first: str, second: str, weight: float, what: str = "name") -> Evidence:
    return Evidence(weight, similarity(first, second), f"{what}s alike")


def _clear(similarity_of_names: float) -> float:
    """A likeness without what any two names have in common."""
    return max(0.0, 2 * similarity_of_names - 1)


def _operation_parts(operation: Operation) -> list[tuple[str, str]]:
    """Name and declaration of everything that makes up an operation."""
    parts = [(a.name, argument_facts(a)) for a in operation.arguments]
    parts += [(r.name, f"-> {print_value(r.value)}") for r in operation.results]
    parts += [(r.name, f"region {print_region(r.constraint)}") for r in operation.regions]
    parts += [(s.name, f"successor {s.multiplicity.value}") for s in operation.successors]
    return parts + [("", print_trait(trait)) for trait in operation.traits] + [("", i) for i in operation.interfaces]


def _in_both(first: Iterable[object], second: Iterable[object]) -> float:
    """How much of two collections is in both, repetitions counted."""
    one, two = Counter(first), Counter(second)
    return (one & two).total() / (one | two).total() if one or two else 1.0


def operation_candidate(old: Operation, new: Operation) -> Candidate:
    """How much speaks for two operations being one: parts and traits, then the names of class and operation."""
    first, second = _operation_parts(old), _operation_parts(new)
    shared = (_in_both(first, second) + _in_both((d for _, d in first), (d for _, d in second))) / 2
    is_one_class = old.class_name == new.class_name
    weight = 1.0 if is_one_class else min(1.0, (max(len(first), len(second)) + 1) / 4)  # few parts say little
    truth = shared * weight
    words = "the same parts and traits" if first == second else "mostly the same parts and traits"
    same_class = "the same class" if is_one_class else "classes alike"
    return weighed(
        Evidence(0.6, truth, words),
        Evidence(0.25, _clear(similarity(old.class_name, new.class_name)), same_class),
        Evidence(0.15, _clear(similarity(old.mnemonic, new.mnemonic)), "names alike"),
    )


def enum_candidate(old: Enum, new: Enum) -> Candidate:
    """How much speaks for two enums being one: cases, then names."""
    first = {f"{case.symbol} {case_facts(case)}" for case in old.cases}
    second = {f"{case.symbol} {case_facts(case)}" for case in new.cases}
    return weighed(Evidence(0.65, _shared(first, second), "the same cases"), _name(old.name, new.name, 0.35))


def case_candidate(old: EnumCase, new: EnumCase) -> Candidate:
    """How much speaks for two cases being one: their number, then their names."""
    return weighed(
        Evidence(0.65, float(old.value == new.value), f"the same number, {old.value}"),
        _name(old.symbol, new.symbol, 0.35),
    )


def definition_candidate(old: Definition, new: Definition) -> Candidate:
    """How much speaks for two definitions being one: parameters, then the names of class and mnemonic."""
    first = {f"{p.name}: {print_parameter(p.parameter)}" for p in old.parameters}
    second = {f"{p.name}: {print_parameter(p.parameter)}" for p in new.parameters}
    truth = _shared(first, second) if first and second else 0.0
    return weighed(
        Evidence(0.6, truth, "the same parameters"),
        Evidence(0.2, similarity(old.class_name, new.class_name), "classes alike"),
        _name(old.mnemonic, new.mnemonic, 0.2),
    )


def constraint_candidate(old: NamedConstraint, new: NamedConstraint) -> Candidate:
    """How much speaks for two named constraints being one: what they say, then their names."""
    same = print_type(old.constraint) == print_type(new.constraint)
    return weighed(Evidence(0.6, float(same), "the same constraint"), _name(old.name, new.name, 0.4))


def part_candidate(first: tuple[str, str, str], second: tuple[str, str, str], *, same_position: bool) -> Candidate:
    """How much speaks for two parts being one; each as name, declaration, and what of that should be kept at least."""
    same = first[1] == second[1]
    kept = 1.0 if same else 0.5 * (first[2] == second[2])
    return weighed(
        Evidence(0.45, kept, f"the same declaration, '{first[1]}'" if same else "nearly the same declaration"),
        Evidence(0.25, float(same_position), "the same position"),
        _name(first[0], second[0], 0.3),
    )
