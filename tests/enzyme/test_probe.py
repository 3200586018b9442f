"""`opspec probe`: what is committed is what probing gives, and each kind of disagreement is found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, ToolError
from opspec.learn.parts import learn_parts
from opspec.model.releases import DialectReleases, Offered
from opspec.pipeline import load_project, read_bindings
from opspec.probe.batch import Batch
from opspec.probe.installation import find_installation
from opspec.probe.items import Kind, Status
from opspec.probe.probe import Findings
from opspec.probe.record import record_releases
from opspec.probe.report import probe_page
from opspec.probe.run import probe_installations
from opspec.spec.releases import load_releases, print_releases
from tests.command import opspec
from tests.enzyme.installed import RELEASES, ROOT, folder_of

SPECS = ROOT / "opspecs"
FACTS = SPECS / "enzyme" / "dialect.yaml"

CHANGES = {
    "an operation of another name": ("  fill_zero:\n", "  fill_nought:\n"),
    "an attribute optional": ("      label: attr string\n", "      label: attr optional string\n"),
    "an attribute required": ("alignment: attr optional i64 where", "alignment: attr i64 where"),
    "an attribute of another name": (
        "      input: any\n      shape: attr dense_array<i64>\n",
        "      input: any\n      form: attr dense_array<i64>\n",
    ),
    "an attribute of another kind": ("      index: attr i64\n", "      index: attr string\n"),
    "a result too many": (
        "    traits: [Pure]\n    results:\n      output: any\n",
        "    traits: [Pure]\n    results:\n      output: any\n      more: any\n",
    ),
    "an operand too many": (
        "      budget: BinomialProgressScalarOrTensor\n",
        "      budget: BinomialProgressScalarOrTensor\n      more: BinomialProgressScalarOrTensor\n",
    ),
    "a region too many": ("    regions:\n      region: any\n", "    regions:\n      region: any\n      more: any\n"),
    "an operand of another type": (
        "      indices: variadic index\n      map:",
        "      indices: variadic i32\n      map:",
    ),
    "a case too few": ("      enzyme_constnoneed: 5\n", ""),
    "a case too many": ("      enzyme_active: 0\n", "      enzyme_active: 0\n      enzyme_other: 77\n"),
    "a number too few": ("      xori: 15\n", ""),
    "a number too many": ("      seq_cst: 7\n", "      seq_cst: 7\n      strongest: 8\n"),
    "an attribute definition of another name": ("  pseudoclass:\n", "  pseudokind:\n"),
    "a type of another form": ("    format: '`<` $basetype `>`'", "    format: '`<` `of` $basetype `>`'"),
}

EXPECTED = {
    ("missing", "enzyme.fill_nought"),
    ("extra", "enzyme.fill_zero"),
    ("spelled-differently", "#enzyme.activity"),  # without the overlay, which corrects the facts
    ("required-differently", "enzyme.dump label"),
    ("required-differently", "enzyme.affine_atomic_rmw alignment"),
    ("required-differently", "enzyme.atomic_rmw alignment"),
    ("missing", "enzyme.broadcast form"),
    ("extra", "enzyme.broadcast shape"),
    ("typed-differently", "enzyme.extract index"),
    ("counted-differently", "enzyme.placeholder"),
    ("counted-differently", "enzyme.binomial_progress"),
    ("counted-differently", "enzyme.genericAdjoint"),
    ("typed-differently", "enzyme.affine_atomic_rmw"),
    ("extra", "enzyme.affine_atomic_rmw ordering"),  # the overlay adds it to the facts
    ("extra", "Activity enzyme_constnoneed"),
    ("missing", "Activity enzyme_other"),
    ("extra", "AtomicRMWKind 15"),
    ("missing", "AtomicOrdering strongest"),
    ("missing", "#enzyme.pseudokind"),
    ("extra", "#enzyme.pseudoclass"),
    ("spelled-differently", "!enzyme.Gradient"),
}


def lacking(listed: tuple[Offered, ...], release: str) -> set[str]:
    """What a release does not have of what is listed."""
    return {offered.name for offered in listed if release not in offered.releases}


def said_of(found: DialectReleases, release: str) -> list[object]:
    """All that the data say of one release."""
    listed = (found.operations, found.operation_attributes, found.definitions, found.cases)
    told: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = (
        *((spelling.name, spelling.formats) for spelling in found.spellings),
        *((form.name, form.forms) for form in found.forms),
        *((f"counts of {counted.name}", counted.counts) for counted in found.counts),
        *((f"parts of {having.name}", having.parts) for having in found.parts),
    )
    return [
        *(lacking(each, release) for each in listed),
        {name: dict(by)[release] for name, by in told if release in dict(by)},
    ]


def check_shown(findings: Findings) -> None:
    """Every item that does not agree has what a reader needs."""
    assert len(findings.items) > 500
    assert len({item.dialect for item in findings.items}) == 9
    for item in findings.items:
        if item.status is not Status.AGREES:
            assert item.note, item
            assert item.message, item
            assert item.module, item
            assert item.location.path.endswith((f"{item.dialect}/dialect.yaml", f"{item.dialect}/learned.yaml"))


def check_again(findings: Findings, release: str) -> None:
    """The IR that a report shows, handed to the release once more, gives the answer that it shows."""
    with Batch(find_installation(folder_of(release)).library) as batch:
        answers = batch.ask([item.module for item in findings.disagreements])
    for item, said in zip(findings.disagreements, answers, strict=True):
        if item.message.startswith("taken without"):
            assert f"'{item.name.partition(' ')[2]}'" not in said.stderr, item
        elif not item.message.startswith("taken"):
            assert said.text is None
            assert item.message in said.stderr


@pytest.mark.parametrize("release", RELEASES)
def test_what_is_committed_is_what_probing_gives(release: str) -> None:
    bindings, diagnostics = read_bindings(SPECS / "bindings.yaml")
    dialects = [dialect for dialect, _ in load_project(bindings, diagnostics).dialects]
    probed = probe_installations(dialects, [folder_of(release)])
    ((_, findings),) = probed
    check_shown(findings)
    check_again(findings, release)
    extra = [item for item in findings.items if item.status is Status.EXTRA]
    unknown = [item.name for item in extra if item.kind is not Kind.OPERATION_ATTRIBUTE]
    assert unknown == [], "`opspec learn` with this release writes facts of what the specs lack"
    page = ROOT / "docs" / "probe" / f"{release}.md"
    assert page.read_text(encoding="utf-8") == probe_page(release, dialects, findings), "`make probe` writes it anew"
    learnt = learn_parts(bindings, dialects, [folder_of(release)], probed)
    for dialect in dialects:
        committed = dialect.releases
        assert committed is not None
        found = record_releases(dialect, probed, learnt)
        # What every probed release lacks has no operation to look at, so that its attributes are not listed either.
        assert said_of(committed, release)[0] == said_of(found, release)[0], "`make probe` writes it anew"
        assert said_of(committed, release)[2:] == said_of(found, release)[2:]
        attributes = lacking(committed.operation_attributes, release)
        without = lacking(committed.operations, release)
        assert {a for a in attributes if a.rpartition(".")[0] not in without} == said_of(found, release)[1]


@pytest.mark.parametrize("path", sorted(SPECS.glob("*/releases.yaml")), ids=lambda path: path.parent.name)
def test_the_data_are_printed_as_they_are_read(path: Path) -> None:
    diagnostics = Diagnostics()
    found = load_releases(path, diagnostics)
    diagnostics.raise_if_any()
    assert found is not None
    assert found.releases == RELEASES
    assert print_releases(found) == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The facts of the dialect with a mistake of each kind, and without the overlay."""
    text = FACTS.read_text(encoding="utf-8")
    for before, after in CHANGES.values():
        assert before in text, before
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("changed") / "enzyme" / "dialect.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    yield path


@pytest.fixture(scope="module")
def report(changed: Path) -> list[dict[str, str]]:
    """The report on the changed facts, as JSON."""
    done = opspec("probe", "--spec", str(changed), "--enzyme", str(folder_of("0.0.16")), "--format", "json", cwd=ROOT)
    assert done.returncode == 100, done.stderr
    findings: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return findings


def test_every_kind_of_disagreement_is_found(report: list[dict[str, str]]) -> None:
    found = {
        (row["code"].removeprefix("probe-"), row["message"].partition(": ")[0])
        for row in report
        if row["level"] != "agrees"
    }
    assert found == EXPECTED


def test_what_agrees_is_reported_too(report: list[dict[str, str]]) -> None:
    agreeing = {row["message"].partition(": ")[0] for row in report if row["level"] == "agrees"}
    assert {"enzyme.autodiff", "enzyme.autodiff width", "!enzyme.Cache", "Activity enzyme_dup"} <= agreeing


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (
            "text",
            r"enzyme\.dump label: the binary requires the attribute, the spec does not \[probe-required-differently\]",
        ),
        ("markdown", r"(?m)^- `.*only\.yaml:\d+:3` enzyme\.dump label: the binary requires"),
        ("github", r"(?m)^::error file=.*only\.yaml,line=\d+,col=3,title=probe-required-differently::enzyme\.dump"),
    ],
)
def test_reports_come_in_every_format(style: str, shown: str, changed: Path) -> None:
    only = changed.with_name("only.yaml")
    facts = changed.read_text(encoding="utf-8")
    head, operations = facts.split("\noperations:\n")
    dump = re.search(r"  dump:\n(?:    .*\n)+", operations)
    assert dump is not None
    only.write_text(f"{head}\noperations:\n{dump[0]}", encoding="utf-8")
    done = opspec("probe", "--spec", str(only), "--enzyme", str(folder_of("0.0.16")), "--format", style, cwd=ROOT)
    assert done.returncode == 100, done.stderr
    assert re.search(shown, done.stdout), done.stdout


def test_a_spec_that_agrees_is_fine(tmp_path: Path) -> None:
    facts = tmp_path / "arith_like" / "dialect.yaml"
    facts.parent.mkdir()
    facts.write_text(
        "schema: opspec/dialect/1\ndialect: tessera\noperations:\n  optimizations:\n    class: OptimizationsOp\n"
        "    regions:\n      body: blocks 1\n",
        encoding="utf-8",
    )
    done = opspec("probe", "--spec", str(facts), "--enzyme", str(folder_of("0.0.16")), cwd=ROOT)
    assert done.returncode in (0, 100)
    assert "tessera.optimizations:" not in done.stdout
    assert done.returncode == 100 * ("[probe-extra]" in done.stdout)


def test_a_folder_without_an_enzyme_is_an_error(tmp_path: Path) -> None:
    done = opspec("probe", "--enzyme", str(tmp_path), cwd=ROOT)
    assert done.returncode == 101
    assert done.stderr == (f"opspec: there is no Enzyme in {tmp_path}: it should hold enzyme_ad/jax/enzyme_call*.so\n")


def test_a_library_that_cannot_be_loaded_is_an_error(tmp_path: Path) -> None:
    library = tmp_path / "enzyme_ad" / "jax" / "enzyme_call.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"no library")
    (tmp_path / "enzyme_ad-0.0.1.dist-info").mkdir()
    (tmp_path / "enzyme_ad-0.0.1.dist-info" / "METADATA").write_text("Name: enzyme_ad\nVersion: 0.0.1\n")
    done = opspec("probe", "--enzyme", str(tmp_path), cwd=ROOT)
    assert done.returncode == 101
    assert done.stderr.startswith(f"opspec: the Enzyme {library} cannot be loaded: ")
    assert done.stderr.count("\n") == 1


def test_several_enzymes_want_a_place_to_write() -> None:
    done = opspec("probe", "--enzyme", "a", "--enzyme", "b", cwd=ROOT)
    assert done.returncode == 2
    assert "several --enzyme want --record or --pages" in done.stderr


def test_a_module_that_kills_the_process_does_not_stop_the_others() -> None:
    nested = "[" * 200_000 + "]" * 200_000
    good, wrong = "module {}", 'func.func @f() { "enzyme.bogus"() : () -> () return }'
    with Batch(find_installation(folder_of("0.0.16")).library) as batch:
        first, killer, second, last = batch.ask([good, f"module attributes {{a = {nested}}} {{}}", wrong, good])
    assert first == last
    assert first.text is not None
    assert killer.text is None
    assert killer.death == "died of SIGSEGV"
    assert "unregistered operation 'enzyme.bogus'" in second.stderr


def test_there_is_no_enzyme_in_nothing(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"^there is no Enzyme in "):
        find_installation(tmp_path)
