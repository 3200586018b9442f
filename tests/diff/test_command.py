"""`opspec diff` as a user runs it: sources, exit codes, accepted changes, formats."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from opspec.reports import FORMATS
from opspec.spec.schema import schema_text
from tests.command import opspec
from tests.diff.loading import HISTORY
from tests.records import RECORDS, needs_records

OLD = HISTORY / "2023-11-22.yaml"
NEW = HISTORY / "2024-06-30.yaml"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def diff(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return opspec("diff", *map(str, arguments), cwd=cwd)


def test_breaking_changes_end_with_100(tmp_path: Path) -> None:
    done = diff(OLD, NEW, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (100, "")
    assert "\n\n10 changes: 5 breaking, 2 dangerous, 3 compatible\n" in done.stdout
    assert "  1 operation removed (breaking)" in done.stdout


def test_no_change_ends_with_0(tmp_path: Path) -> None:
    done = diff(OLD, OLD, cwd=tmp_path)
    assert done.returncode == 0
    assert "no changes" in done.stdout
    assert "suggested version bump: none" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "level", "code"),
    [
        ("2024-06-30", "2024-12-27", "breaking", 0),
        ("2024-06-30", "2024-12-27", "dangerous", 0),
        ("2024-06-30", "2024-12-27", "compatible", 100),
        ("2023-11-22", "2024-06-30", "dangerous", 100),
        ("2024-06-30", "2023-11-22", "breaking", 100),
    ],
)
def test_the_level_to_fail_on(old: str, new: str, level: str, code: int, tmp_path: Path) -> None:
    done = diff(*(HISTORY / f"{old}.yaml", HISTORY / f"{new}.yaml", "--fail-on", level, "--no-surface"), cwd=tmp_path)
    assert done.returncode == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.yaml", str(NEW)),
        (str(OLD), "nowhere"),
        (str(OLD), "nowhere.json"),
        (str(OLD), "empty"),
        (str(OLD), "broken.yaml"),
        ("broken.yaml", str(NEW)),
        (str(OLD), "HEAD~99999:opspecs"),
        (str(OLD), str(NEW), "--dialect", "other"),
        (str(OLD), "dump.json"),
    ],
)
def test_what_cannot_be_loaded_is_no_empty_side(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.yaml").write_text("schema: opspec/dialect/1\ndialect: [", encoding="utf-8")
    (tmp_path / "dump.json").write_text("{}", encoding="utf-8")
    done = diff(*arguments, cwd=tmp_path)
    assert done.returncode == 101, done.stdout + done.stderr
    assert done.stderr.splitlines()[-1].startswith("opspec: ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_mistake_in_a_side_is_shown_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(
        NEW.read_text(encoding="utf-8").replace("variadic any", "variadc any"), encoding="utf-8"
    )
    done = diff(OLD, "new.yaml", cwd=tmp_path)
    assert done.returncode == 101
    assert "new.yaml:" in done.stderr and "did you mean 'variadic'?" in done.stderr
    assert "nothing was compared" in done.stderr


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    assert diff(OLD, cwd=tmp_path).returncode == 2
    assert diff(OLD, NEW, "--fail-on", "terrible", cwd=tmp_path).returncode == 2
    assert diff(OLD, NEW, "--accept", " ", cwd=tmp_path).returncode == 2


# --- sources ----------------------------------------------------------------------------------------------------


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the old spec in its first commit and the new one in its second, in a project."""

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Cook", "-c", "user.email=cook@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, capture_output=True, check=True)

    git("init", "--quiet", "--initial-branch=main")
    write(
        tmp_path / "deep/opspecs/bindings.yaml",
        "schema: opspec/bindings/1\npackage: home\nnaming: mnemonic\noutput: ../generated\ndialects:\n- enzyme\n",
    )
    for message, spec in (("old", OLD), ("new", NEW)):
        write(tmp_path / "deep/opspecs/enzyme/dialect.yaml", spec.read_text(encoding="utf-8"))
        git("add", "-A")
        git("commit", "-qm", message)
    return tmp_path


@needs_git
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("HEAD~1:deep/opspecs", "HEAD:deep/opspecs"),
        ("HEAD~1:deep/opspecs", "deep/opspecs"),
        ("main~1:deep/opspecs/enzyme", "deep/opspecs/enzyme"),
        ("HEAD~1:deep/opspecs/enzyme/dialect.yaml", "deep/opspecs/bindings.yaml"),
        ("HEAD~1:./deep/opspecs", "HEAD:./deep"),
    ],
)
def test_revisions_and_folders(old: str, new: str, repository: Path) -> None:
    if new.endswith("./deep"):
        new = "HEAD:./deep/opspecs/enzyme/"
    done = diff(old, new, "--no-surface", cwd=repository)
    assert done.returncode == 100, done.stdout + done.stderr
    assert "10 changes: 5 breaking, 2 dangerous, 3 compatible" in done.stdout
    assert ":61:3 [" in done.stdout  # where `clear` was


@needs_git
def test_a_place_in_a_revision_is_named_with_it(repository: Path) -> None:
    done = diff("HEAD~1:deep/opspecs", "deep/opspecs", cwd=repository)
    assert "    HEAD~1:deep/opspecs/enzyme/dialect.yaml:61:3 [" in done.stdout
    github = diff("HEAD~1:deep/opspecs", "deep/opspecs", "--format", "github", cwd=repository).stdout
    assert "::error file=deep/opspecs/enzyme/dialect.yaml,line=61,col=3,title=operation-removed::" in github
    commands = [line.partition(" ")[0] for line in github.splitlines()]
    assert commands == ["::error"] * 5 + ["::warning"] * 2 + ["::notice"] * 4  # the last is the summary


@needs_git
def test_from_within_a_folder(repository: Path) -> None:
    done = diff("HEAD~1:./opspecs", "opspecs", "--no-surface", cwd=repository / "deep")
    assert done.returncode == 100, done.stderr


@needs_git
def test_another_package_and_convention_are_changes(repository: Path) -> None:
    path = repository / "deep/opspecs/bindings.yaml"
    write(path, path.read_text(encoding="utf-8").replace("home", "house").replace("mnemonic", "upstream"))
    done = diff("HEAD:deep/opspecs", "deep/opspecs", "--format", "json", cwd=repository)
    found = json.loads(done.stdout)
    assert {change["rule"] for change in found["changes"]} == {"package-renamed", "convention-changed"}
    assert [change["new"]["line"] for change in found["changes"]] == [1, 1]
    assert all(finding["explained_by"] for finding in found["surface"]["findings"])


@needs_records
def test_record_dumps(tmp_path: Path) -> None:
    dump = RECORDS / "enzyme-2023-11-22.json"
    done = diff(dump, NEW, "--no-surface", cwd=tmp_path)
    assert done.returncode == 100
    assert "10 changes" in done.stdout
    assert "Compared by facts alone" in done.stdout


# --- accepted changes -------------------------------------------------------------------------------------------


def test_accepted_changes_do_not_fail_and_stale_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "opspecs" / "accepted.yaml"
    assert diff(OLD, NEW, "--no-surface", cwd=tmp_path).returncode == 100
    accepted = diff(OLD, NEW, "--no-surface", "--accept", "Everybody knows", cwd=tmp_path)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert path.read_text(encoding="utf-8").count("reason: Everybody knows") == 5
    again = diff(OLD, NEW, "--no-surface", cwd=tmp_path)
    assert again.returncode == 0
    assert "accepted\n  operation-removed: enzyme.clear (breaking) on " in again.stdout
    assert "10 changes: 5 breaking" in again.stdout  # an accepted change is still one, and asks for its version
    assert "suggested version bump: major" in again.stdout
    stale = diff(OLD, OLD, "--no-surface", cwd=tmp_path)
    assert stale.returncode == 0
    assert "accepted, but not found any more" in stale.stdout
    assert stale.stdout.count("opspecs/accepted.yaml:") == 5


def test_another_change_of_the_same_thing_is_not_accepted(tmp_path: Path) -> None:
    assert diff(OLD, NEW, "--accept", "Fine", "--no-surface", cwd=tmp_path).returncode == 0
    text = NEW.read_text(encoding="utf-8").replace("ret_activity: attr array", "ret_activity: attr dense_array")
    (tmp_path / "new.yaml").write_text(
        text.replace("dense_array<enzyme.activity>", "dense_array<i64>"), encoding="utf-8"
    )
    done = diff(OLD, "new.yaml", "--no-surface", cwd=tmp_path)
    assert done.returncode == 100
    assert "attribute-added: enzyme.autodiff.ret_activity\n" in done.stdout.partition("\naccepted\n")[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: opspec/accepted/1\nchanges:\n- {fingerprint: xyz}", "accepted.yaml:3:3"),
        ("schema: opspec/accepted/2\n", "expected 'opspec/accepted/1'"),
        (
            "schema: opspec/accepted/1\nchanges:\n"
            + "- {fingerprint: '0123456789abcdef', rule: a, place: b, reason: c, date: '2026-01-01'}\n" * 2,
            "is accepted twice",
        ),
    ],
)
def test_mistakes_in_the_list_are_findings_of_their_own(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "accepted.yaml").write_text(text, encoding="utf-8")
    done = diff(OLD, NEW, "--accepted", "accepted.yaml", cwd=tmp_path)
    assert done.returncode == 101
    assert message in done.stderr


# --- formats ----------------------------------------------------------------------------------------------------


def test_the_json_is_of_its_schema(tmp_path: Path) -> None:
    done = diff(OLD, NEW, "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(schema_text("diff"))).validate(found)
    assert found["counts"] == {
        "operation-removed": 1,
        "definition-removed": 1,
        "attribute-added": 2,
        "case-renamed": 1,
        "operand-effects-changed": 2,
        "operation-added": 1,
        "case-added": 2,
    }
    assert (found["fails"], found["bump"], len(found["changes"])) == (True, "major", 10)
    renamed = next(change for change in found["changes"] if change["rule"] == "case-renamed")
    assert renamed["candidate"]["score"] > 0.6
    assert renamed["old"]["key"] == "enzyme/enums/Activity/cases/enzyme_out"


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_names_every_change(style: str, tmp_path: Path) -> None:
    text = diff(OLD, NEW, "--format", style, cwd=tmp_path).stdout
    for place in ("enzyme.clear", "enzyme.ShadowedGradient", "enzyme.autodiff.ret_activity", "enzyme.batch"):
        assert place in text


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_says_so_when_there_is_nothing(style: str, tmp_path: Path) -> None:
    done = diff(OLD, OLD, "--format", style, "--no-surface", cwd=tmp_path)
    assert done.returncode == 0
    assert "no changes" in done.stdout or json.loads(done.stdout)["changes"] == []


def test_a_report_can_go_to_a_file(tmp_path: Path) -> None:
    done = diff(OLD, NEW, "--format", "html", "-o", "out/report.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "10 changes" in done.stderr
    assert (tmp_path / "out/report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_reports_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    for style in ("json", "html"):
        texts = {
            opspec("diff", str(OLD), str(NEW), "--format", style, cwd=tmp_path, PYTHONHASHSEED=seed).stdout
            for seed in ("0", "1")
        }
        assert len(texts) == 1


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    for name, words in (("old", "Plain"), ("new", "</code><script>alert(1)</script> | ``` ::error::x")):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(OLD, folder / "dialect.yaml")
        write(
            folder / "overlay.yaml",
            f"schema: opspec/overlay/1\ndialect: enzyme\noperations: {{get: {{summary: {json.dumps(words)}}}}}\n",
        )
    page = diff("old", "new", "--format", "html", cwd=tmp_path).stdout
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    github = diff("old", "new", "--format", "github", cwd=tmp_path).stdout
    assert all(line.startswith("::notice ") for line in github.splitlines())
    table = [
        line for line in diff("old", "new", "--format", "markdown", cwd=tmp_path).stdout.splitlines() if "alert" in line
    ]
    assert table and all(line.count(" | ") == table[0].count(" | ") for line in table)


def _specs(root: Path, *dialects: str) -> Path:
    for dialect in dialects:
        folder = root / dialect
        folder.mkdir(parents=True)
        text = f"schema: opspec/dialect/1\ndialect: {dialect}\noperations:\n  add:\n    class: AddOp\n"
        (folder / "dialect.yaml").write_text(text, encoding="utf-8")
    return root


def test_folders_that_are_no_projects_compare_all_their_dialects(tmp_path: Path) -> None:
    old, new = _specs(tmp_path / "old", "one"), _specs(tmp_path / "new", "one", "two")
    grown = opspec("diff", "--no-surface", str(old), str(new), cwd=tmp_path)
    assert "two" in grown.stdout, grown.stdout
    shrunk = opspec("diff", "--no-surface", str(new), str(old), cwd=tmp_path)
    assert shrunk.returncode == 100, shrunk.stdout
    assert "two" in shrunk.stdout
    single = opspec("diff", "--no-surface", str(old / "one"), str(new), cwd=tmp_path)
    assert single.returncode == 0 and "two" not in single.stdout, single.stdout


def test_an_overlay_older_than_the_facts_names_the_way_out(tmp_path: Path) -> None:
    old, new = _specs(tmp_path / "old", "one"), _specs(tmp_path / "new", "one")
    text = "schema: opspec/overlay/1\ndialect: one\noperations:\n  gone:\n    summary: x\n"
    (new / "one" / "overlay.yaml").write_text(text, encoding="utf-8")
    done = opspec("diff", "--no-surface", str(old), str(new), cwd=tmp_path)
    assert done.returncode == 101
    assert "nothing was compared; --facts compares without overlays" in done.stderr
    assert opspec("diff", "--no-surface", "--facts", str(old), str(new), cwd=tmp_path).returncode == 0


def test_what_moved_between_the_dialects_of_a_folder_is_a_move(tmp_path: Path) -> None:
    operation = "operations: {copy: {class: CopyOp, arguments: {from: any, to: any}}}\n"
    for side, owner in (("old", "first"), ("new", "second")):
        for name in ("first", "second"):
            path = tmp_path / side / name / "dialect.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(
                f"schema: opspec/dialect/1\ndialect: {name}\n{operation * (name == owner)}", encoding="utf-8"
            )
    done = diff("old", "new", "--witness", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (100, "")
    assert "\n1 change: 1 breaking\n" in done.stdout
    assert "  operation-moved: first.copy\n    - first.copy\n    + second.copy\n" in done.stdout
    assert "hint: Write `second.copy` for `first.copy`" in done.stdout
    assert "first.copy(" in done.stdout
