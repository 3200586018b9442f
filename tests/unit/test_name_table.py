"""The table of public names, what differs between two of them, and when an old name is due to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import AnyConstraint, Value
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.model.names import ChosenName, Names, OldName
from opspec.naming.check import role_names
from opspec.naming.due import current_day, is_due, report_due
from opspec.naming.policy import CONVENTIONS, policy_for
from opspec.naming.table import NameKind, NameLevel, compare_names, public_names
from opspec.pyview.build import build_module
from opspec.spec.load import load_dialect

ROOT = Path(__file__).parents[2]
RENAMED = ROOT / "tests" / "golden" / "specs" / "renamed" / "dialect.yaml"


def load(path: Path) -> Dialect:
    diagnostics = Diagnostics()
    dialect = load_dialect(path, diagnostics)
    assert diagnostics.found == []
    assert dialect is not None
    return dialect


@pytest.fixture(scope="module")
def renamed() -> Dialect:
    return load(RENAMED)


@pytest.fixture(scope="module")
def enzyme() -> Dialect:
    return load(ROOT / "opspecs" / "enzyme" / "dialect.yaml")


def changes(dialect: Dialect, old: str, new: str) -> dict[str, tuple[str, str, NameLevel]]:
    before = public_names(dialect, policy_for(dialect, old, forced=True))
    after = public_names(dialect, policy_for(dialect, new, forced=True))
    return {f"{c.kind.value} {c.place}": (c.old, c.new, c.level) for c in compare_names(before, after)}


def test_a_convention_without_a_change_changes_nothing(enzyme: Dialect) -> None:
    for convention in CONVENTIONS:
        assert changes(enzyme, convention, convention) == {}


def test_the_change_to_snake_is_four_functions(enzyme: Dialect) -> None:
    assert changes(enzyme, "mnemonic", "snake") == {
        "function autodiff": ("autodiff", "auto_diff", NameLevel.BREAKING),
        "function autodiff_region": ("autodiff_region", "auto_diff_region", NameLevel.BREAKING),
        "function fwddiff": ("fwddiff", "fwd_diff", NameLevel.BREAKING),
        "function fwddiff_region": ("fwddiff_region", "fwd_diff_region", NameLevel.BREAKING),
    }


def test_a_change_there_and_back_is_mirrored(enzyme: Dialect) -> None:
    for convention in ("snake", "definition", "rust", "upstream"):
        there, back = changes(enzyme, "mnemonic", convention), changes(enzyme, convention, "mnemonic")
        assert there.keys() == back.keys()
        assert all(there[key][:2] == back[key][1::-1] for key in there)
        assert there


def test_an_alias_makes_the_change_compatible(renamed: Dialect) -> None:
    """`fwd_diff` is an alias of `fwddiff` by default, and its name under `snake`."""
    assert changes(renamed, "snake", "mnemonic")["function fwddiff"] == ("fwd_diff", "fwddiff", NameLevel.COMPATIBLE)
    assert changes(renamed, "mnemonic", "snake")["function fwddiff"][2] is NameLevel.BREAKING


def test_an_old_name_makes_the_change_deprecated(renamed: Dialect) -> None:
    (fwddiff, *others) = renamed.operations
    before = replace(fwddiff, mnemonic="fwddiff", names=replace(fwddiff.names, aliases=(), old=()))
    naming = policy_for(renamed, "mnemonic")
    old = tuple(
        replace(name, name=type(name.name)("forwarddiff")) if name.kind is NameKind.FUNCTION else name
        for name in public_names(replace(renamed, operations=(before, *others)), naming)
    )
    new = public_names(renamed, naming)
    found = {change.place: change for change in compare_names(old, new) if change.kind is NameKind.FUNCTION}
    assert found["fwddiff"].level is NameLevel.DEPRECATED
    assert found["fwddiff"].message == (
        "the function of fwddiff was called forwarddiff and is called fwddiff: the old name still works, with a warning"
    )


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_table_has_every_name_that_the_module_exports(convention: str, renamed: Dialect, enzyme: Dialect) -> None:
    for dialect in (renamed, enzyme):
        naming = policy_for(dialect, convention)
        module = build_module(dialect, naming)
        helpers = {helper.name for helper in module.helpers}
        table = public_names(dialect, naming)
        kinds = (NameKind.FUNCTION, NameKind.CLASS, NameKind.ENUM, NameKind.TEXTS, NameKind.DEFINITION)
        listed = {str(name) for row in table if row.kind in kinds for name in (row.name, *row.aliases)}
        listed |= {str(name) for row in table if row.kind is NameKind.FUNCTION for name in row.old}
        assert listed == set(module.exports) - helpers


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_table_has_every_parameter_and_accessor(convention: str, renamed: Dialect, enzyme: Dialect) -> None:
    for dialect in (renamed, enzyme):
        naming = policy_for(dialect, convention)
        module, table = build_module(dialect, naming), public_names(dialect, naming)
        for operation in module.operations:
            rows = [row for row in table if row.place.startswith(f"{operation.mnemonic}.")]
            accessors = {row.name for row in rows if row.kind is NameKind.ACCESSOR}
            assert {accessor.name for accessor in operation.accessors} <= accessors
            if naming.is_drop_in:
                continue
            parameters = {row.name for row in rows if row.kind is NameKind.PARAMETER}
            assert {p.name for p in operation.parameters} - {"loc", "ip", "results", "verify"} <= parameters


@pytest.mark.parametrize(
    ("until", "version", "due"),
    [
        ("", "9", False),
        ("0.5", "", False),
        ("0.5", "0.4.9", False),
        ("0.5", "0.5", True),
        ("0.5", "0.10", True),
        ("0.10", "0.9", False),
        ("1", "1.0.0", True),
        ("1.0.0", "1", True),
        ("2026-11-25", "", True),
        ("2026-11-26", "9", False),
        ("2025-12-31", "", True),
    ],
)
def test_when_a_name_is_due(until: str, version: str, due: bool) -> None:
    assert is_due(until, version, date(2026, 11, 25)) is due


def test_every_old_name_that_is_due_is_reported(renamed: Dialect) -> None:
    diagnostics = Diagnostics()
    report_due(renamed, "0.4", date(2026, 1, 1), diagnostics)
    (found,) = diagnostics.found
    assert found.message == "the old name 'looking' of the case 'reading' of 'Rights' was to go in 0.4"
    report_due(renamed, "0.5", date(2027, 1, 31), diagnostics)
    assert len(diagnostics.found) == 1 + 4


def test_the_day_is_that_of_a_reproducible_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert current_day() == date(2027, 1, 15)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert current_day() == date.today()


def test_a_result_whose_old_name_every_view_has_had_no_accessor_of_its_own() -> None:
    old = Names(ChosenName("total"), old=(OldName("result"),))
    results = (NamedValue("_0", Value(AnyConstraint()), names=old),)
    dialect = Dialect("d", operations=(Operation("sum", "SumOp", results=results),))
    rows = {row.kind: (row.name, row.old) for row in public_names(dialect, policy_for(dialect, "mnemonic"))}
    assert rows[NameKind.PARAMETER] == ("total_type", ("result_type",))
    assert rows[NameKind.ACCESSOR] == ("total", ())


def test_a_drop_in_has_no_accessors_for_roles(enzyme: Dialect) -> None:
    operation = enzyme.operation("fwddiff")
    own = policy_for(enzyme, "mnemonic").of_operation(operation)
    assert role_names(operation, own) == [
        *("primal_operands", "primal_results", "tangent_operands", "tangent_results"),
    ]
    assert role_names(operation, policy_for(enzyme, "upstream", forced=True)) == []
    assert role_names(replace(operation, contract=None), own) == []
