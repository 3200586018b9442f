"""Releases of Enzyme learnt from: what the specs lack, and upgrades from one release to the next without any source."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.diff.accept import accepted_text
from opspec.diff.release_upgrade import upgrade_to_release
from opspec.notation import print_argument, print_parameter, print_value
from opspec.spec.learned import LEARNED
from opspec.spec.releases import load_releases
from tests.command import opspec
from tests.enzyme.installed import ROOT, folder_of
from tests.learning.measuring import learn

SPECS = ROOT / "opspecs"
BINDINGS = """\
schema: opspec/bindings/1
package: some_bindings
output: ../generated
dialects: [{}]
"""


def project_of(folder: Path, dialect: str) -> Path:
    """Make a project of the facts of one dialect; gives the folder of its spec."""
    spec = folder / "opspecs" / dialect
    spec.mkdir(parents=True)
    shutil.copy(SPECS / dialect / "dialect.yaml", spec)
    (folder / "opspecs" / "bindings.yaml").write_text(BINDINGS.format(dialect), encoding="utf-8")
    return spec


def operations_of(text: str) -> str:
    """The operations of a `learned.yaml`, without how many of how many types and values were taken."""
    return re.sub(r"\d+ of \d+", "", text[text.index("\noperations:") :])


def test_an_upgrade_needs_no_source(tmp_path: Path) -> None:
    spec = project_of(tmp_path, "perfify")
    first = opspec("upgrade", str(folder_of("0.0.15")), cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("the specs have all that release 0.0.15 has\n")
    assert not (spec / LEARNED).exists()
    second = opspec("upgrade", str(folder_of("0.0.16")), cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    line = "perfify: learnt cmp, constant_cost, define_symbol, fn_cost, hypothesis, interval, sym_cost, yield, "
    assert second.stdout.startswith(f"{line}#perfify.cost, !perfify.cost, !perfify.interval\n")
    learned = (spec / LEARNED).read_text(encoding="utf-8")
    committed = (SPECS / "perfify" / LEARNED).read_text(encoding="utf-8")
    assert operations_of(learned) == operations_of(committed), "`opspec learn` with all releases writes it anew"
    releases = load_releases(spec / "releases.yaml", Diagnostics())
    assert releases is not None
    assert releases.releases == ("0.0.15", "0.0.16")
    assert releases.of_operation("cmp") == ("0.0.16",)
    assert releases.of_operation("cost") == ("0.0.15", "0.0.16")
    assert releases.of_attribute("cost", "cycle_cost") == ("0.0.15",)
    changes = (tmp_path / "generated" / "CHANGES.md").read_text(encoding="utf-8")
    assert changes.startswith("# Changes from release 0.0.15 to 0.0.16\n")
    assert "`perfify.cmp`" in changes
    assert "`cycle_cost`" in changes or "cycle_cost" in changes
    assert opspec("check", cwd=tmp_path).returncode == 0


def test_an_upgrade_tells_which_operands_and_results_are_new(tmp_path: Path) -> None:
    spec = project_of(tmp_path, "impulse")
    shutil.copy(SPECS / "impulse" / "overlay.yaml", spec)  # its sample is what the words are printed for
    config = tmp_path / "opspecs" / "bindings.yaml"
    assert opspec("upgrade", str(folder_of("0.0.14")), cwd=tmp_path).returncode == 0
    first = upgrade_to_release(config, str(folder_of("0.0.15")))
    changes = (tmp_path / "generated" / "CHANGES.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `impulse\.infer\.(\w+)` \| ([\w-]+)", changes, re.MULTILINE))
    assert rows == {
        ("operand_1", "variadic-operand-added"),
        ("warmup_offset", "optional-operand-added"),
        ("log_densities", "result-added"),
        ("result_9", "result-added"),
        ("total_warmup", "optional-attribute-added"),
    }
    # a change that was accepted is no news, in an upgrade to a release as in any other
    one = next(change for change in first.report.verdicts.open if change.rule == "variadic-operand-added")
    accepted = accepted_text((), [one], "none of our programs has one", "2026-11-28")
    config.with_name("accepted.yaml").write_text(accepted, encoding="utf-8")
    again = opspec("upgrade", str(folder_of("0.0.15")), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    changes = (tmp_path / "generated" / "CHANGES.md").read_text(encoding="utf-8")
    assert "none of our programs has one" in changes.partition("## Accepted")[2].partition("\n## ")[0]
    # the next release has it alike, and writes attributes otherwise
    third = opspec("upgrade", str(folder_of("0.0.16")), cwd=tmp_path)
    changed = "\n\n3 changes: 3 breaking, told in generated/CHANGES.md\n  3 definition formats changed (breaking)\n"
    assert changed in third.stdout, third.stdout + third.stderr


def test_parts_that_are_not_told_are_not_guessed(tmp_path: Path) -> None:
    spec = project_of(tmp_path, "impulse")
    done = opspec("upgrade", str(folder_of("0.0.15")), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    line = "impulse.infer: which parts release 0.0.15 has is not told, builders refuse it there\n"
    assert line in done.stdout, "without a sample there is no draft of it that the release prints"
    releases = load_releases(spec / "releases.yaml", Diagnostics())
    assert releases is not None
    assert releases.parts == ()
    assert releases.counts_of("infer") == {"0.0.15": (("results", 9, None), ("operand_groups", 9, 9))}


def test_a_dialect_that_says_otherwise_what_it_does_not_have() -> None:
    names = ("stablehlo.cosine", "stablehlo.send", "stablehlo.transpose", "stablehlo.after_all")
    (learnt,) = learn(("stablehlo",), folder_of("0.0.15"), names)
    dialect = learnt.dialect
    attributes = {each.mnemonic: each for each in dialect.attributes}
    assert {"send", "cosine", "abs"}.isdisjoint(attributes), "operations are no attributes"
    assert [each.mnemonic for each in dialect.types] == ["future", "token"]
    handle = attributes["channel_handle"]
    assert handle.format == "`<` struct(params) `>`"
    assert [(each.name, print_parameter(each.parameter)) for each in handle.parameters] == [
        ("handle", "int64"),
        ("type", "int64"),
    ]
    operations = {each.mnemonic: each for each in dialect.operations}
    kinds = {each.name: print_argument(each.attribute) for each in operations["send"].attributes}
    assert kinds["channel_handle"] == "attr stablehlo.channel_handle"
    assert print_value(operations["after_all"].results[0].value) == "stablehlo.token"
    (cosine,) = operations["cosine"].operands
    accepted = re.split(r"[<>|, ]+", print_argument(cosine.value))
    assert (accepted[0], *accepted[-3:]) == ("ranked_tensor", "f64", "opaque(per_tensor_integer_quantized)", "")
    assert {"bf16", "f8E5M2", "f4E2M1FN", "complex"} < set(accepted)
    assert {"f80", "tf32", "i32"}.isdisjoint(accepted)
    transpose = "$operand_0 `,` `dims` `=` $permutation attr-dict `:` functional-type(operands, results)"
    assert operations["transpose"].format == transpose


def test_flags_about_td_files_are_not_for_releases(tmp_path: Path) -> None:
    done = opspec("upgrade", "0.0.16", "--ref", "main", cwd=tmp_path)
    assert done.returncode == 2
    assert "an installed release has no .td files: only --config and --force are for it" in done.stderr


def test_a_release_that_cannot_be_had_is_an_error(tmp_path: Path) -> None:
    project_of(tmp_path, "perfify")
    (tmp_path / "build" / "enzyme" / "9.9.9" / "enzyme_ad").mkdir(parents=True)
    done = opspec("upgrade", "9.9.9", cwd=tmp_path)
    assert done.returncode == 101
    assert "there is no Enzyme in build/enzyme/9.9.9" in done.stderr
