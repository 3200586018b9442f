"""Every rule has an id, a mirror, words and examples; an example fires its rule, and no other."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from opspec.diff import rules
from opspec.diff.changes import STATED, Change, Verdict
from opspec.diff.compare import NOT_COMPARED, compare
from opspec.diff.rule import Example, Rule
from opspec.diff.rules import RULES, rule_of
from opspec.model import constraints, contracts, dialect, names
from tests.diff.loading import sides_of

EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


def _label(value: object) -> str:
    return value.id if isinstance(value, Rule) else getattr(value, "variant", "") or "default"


def _mirrored(change: Change) -> tuple[object, object]:
    return (change.old.place, change.old.facts) if change.old else None, (
        (change.new.place, change.new.facts) if change.new else None
    )


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_label)
def test_an_example_fires_its_rule_and_no_other(rule: Rule, example: Example) -> None:
    (change,) = compare(*sides_of(example))
    assert (change.rule, change.variant) == (rule.id, example.variant)
    assert change.verdicts == rule.verdicts_of(example.variant)
    assert change.hint and "{" not in change.hint.replace(change.place.name, "").replace("{}", "")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_label)
def test_the_edit_undone_is_reported_by_a_mirror_rule(rule: Rule, example: Example) -> None:
    (there,) = compare(*sides_of(example))
    (back,) = compare(*reversed(sides_of(example)))
    assert back.rule in rule.mirrors
    assert rule.id in rule_of(back.rule).mirrors
    assert _mirrored(there) == _mirrored(back)[::-1]


@pytest.mark.parametrize("rule", RULES, ids=_label)
def test_every_variant_of_a_rule_has_an_example(rule: Rule) -> None:
    shown = {example.variant for example in rule.examples}
    named = {variant.name for variant in rule.variants}
    assert named <= shown <= named | {""}, f"no example of {named - shown}"


@pytest.mark.parametrize("rule", RULES, ids=_label)
def test_a_rule_is_an_entry_with_words(rule: Rule) -> None:
    name = rule.id.replace("-", "_")
    modules = [module for module in vars(rules).values() if isinstance(module, ModuleType)]
    assert [vars(module)[name] for module in modules if name in vars(module)] == [rule]
    assert rule.meaning.endswith(".") and rule.advice
    assert rule.verdicts
    assert all(mirror in {other.id for other in RULES} for mirror in rule.mirrors)


def _levels(verdicts: tuple[Verdict, ...]) -> str:
    return " ".join(f"{verdict.tier.value}={verdict.level.word}" for verdict in verdicts)


def _entry(rule: Rule) -> str:
    """A rule on one line, but for what its page says."""
    parts = [rule.id, rule.counted(1), rule.counted(2), rule.level.word, rule.bump.word, _levels(rule.verdicts)]
    parts += [f"{variant.name} ({variant.when}): {_levels(variant.verdicts)}" for variant in rule.variants]
    mirrors, compares = " ".join(rule.mirrors), " ".join(rule.compares)
    return " | ".join([*parts, f"mirrors {mirrors}", f"compares {compares}", f"{len(rule.examples)} examples"])


def test_the_rules_their_order_and_their_levels_are_stable() -> None:
    """People accept changes by ids and rely on levels; a rule that is new or other is told in `rules.txt`."""
    committed = Path(__file__).with_name("rules.txt").read_text(encoding="utf-8")
    assert [_entry(rule) for rule in RULES] == committed.splitlines()


def test_ids_are_unique() -> None:
    assert Counter(rule.id for rule in RULES).most_common(1)[0][1] == 1


def test_every_tier_and_level_is_in_use() -> None:
    found = {(verdict.tier, verdict.level.word) for rule in RULES for verdict in rule.verdicts}
    assert {tier for tier, _ in found} == set(STATED)
    assert {word for _, word in found} == {"breaking", "dangerous", "compatible"}


def _fields(*modules: ModuleType) -> set[str]:
    """Every field of every class of the model, as `Class.field`; inherited ones under the class that has them.

    What a class makes of its other fields is no fact.
    """
    found = set()
    for module in modules:
        for name, value in vars(module).items():
            if dataclasses.is_dataclass(value) and isinstance(value, type) and value.__module__ == module.__name__:
                inherited = {
                    f.name
                    for base in value.__mro__[1:]
                    if dataclasses.is_dataclass(base)
                    for f in dataclasses.fields(base)
                }
                own = (f for f in dataclasses.fields(value) if f.name not in inherited and (f.init or f.compare))
                found |= {f"{name}.{f.name}" for f in own}
    return found


WHOLE = {
    *("EnumCases", "OpaqueLiteral", "AnyConstraint", "Builtin", "IntegerOf", "DefinitionReference", "AnyOf"),
    *("InterfaceConstraint", "OpaqueConstraint", "ConstraintReference", "Modifier", "Shaped", "EnumReference"),
    *("ArrayOf", "DenseArray", "TypeOf", "Refinement", "Confined", "ListOf", "AttributeParameter", "Projection"),
}
"""Classes of constraints and literals: rules compare them as wholes, by what they accept."""

IDENTITY = {"NamedTrait.name", "TypesMatchWith.target"}
"""What a trait is known by: another one is another trait."""


def test_every_field_of_the_model_is_compared_by_a_rule_or_is_known_not_to_be() -> None:
    fields = {f for f in _fields(dialect, constraints, contracts, names) if f.partition(".")[0] not in WHOLE} - IDENTITY
    compared = {field for rule in RULES for field in rule.compares}
    fields = {field for field in fields if not field.endswith(".location")}  # where a thing stands says nothing of it
    named = {"Enum.names", "EnumCase.names", "Definition.names", "NamedParameter.names", "NamedValue.names"}
    fields -= named | {"NamedAttribute.names", "Region.names", "Successor.names"}  # all as `Operation.names`
    not_compared = set(NOT_COMPARED)
    assert fields - compared - not_compared == set(), "a field of the model that no rule of `opspec diff` compares"
    assert (compared | not_compared) - fields == set(), "a rule says that it compares what the model does not have"
    assert compared & not_compared == set()


@pytest.mark.parametrize(
    ("declared", "default", "kept"),
    [
        ("attr bool", "true", "`x=True`"),
        ("attr i64", "3", "`x=3`"),
        ("attr f64", "0.5", "`x=0.5`"),
        ("attr string", '"a\\"b"', "`x='a\"b'`"),
        ("attr dense_array<i64>", "[1, 2]", "`x=[1, 2]`"),
        ("attr enum Flag", "one", '`x="one"`'),
        ("attr enum Flag", "one|two", '`x="one|zwei"`'),
        ("attr array<enum Flag>", "[two, one]", '`x=["zwei", "one"]`'),
        ("attr i64", 'opaque("f()")', 'for `x` what C++ makes of `opaque("f()")`'),
        ("attr i64", "opaque", "for `x` what C++ makes of `opaque`"),
    ],
)
def test_what_keeps_an_old_default_is_python(declared: str, default: str, kept: str) -> None:
    enum = "enums: {Flag: {storage: i32, bits: true, separator: '|', cases: {one: 1, two: {value: 2, text: zwei}}}}"
    forms = (f"{declared} = {default}", declared.replace("attr", "attr optional"))
    old, new = (f"{enum}\noperations: {{copy: {{class: CopyOp, arguments: {{x: '{form}'}}}}}}\n" for form in forms)
    (change,) = compare(*sides_of(Example(old, new)))
    assert change.hint == f"Give {kept} in calls of `copy` to keep what they meant."
