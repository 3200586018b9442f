"""Facts out of a folder, a checkout and a repository, for one dialect and for all dialects of a project."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.command import opspec
from tests.tablegen.sources import KITCHEN, extract, needs_tblgen, one_line, small, write

pytestmark = [needs_tblgen, pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")]

NEW_OPERATION = 'def Kitchen_FreezeOp : Kitchen_Op<"freeze"> {}\n\n#endif // KITCHEN_OPS'
BINDINGS = """\
schema: opspec/bindings/1
package: home
naming: mnemonic
output: ../generated
dialects:
"""


def git(*arguments: str, cwd: Path) -> str:
    identity = ("-c", "user.name=Cook", "-c", "user.email=cook@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout.strip()


@dataclass(frozen=True)
class Repository:
    """A repository with the kitchen and the pantry; `v2` has one operation more than `v1`, `broken` an error."""

    root: Path

    def commit(self, ref: str) -> str:
        return git("rev-parse", ref, cwd=self.root)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    root = tmp_path_factory.mktemp("house")
    git("init", "--quiet", "--initial-branch=main", cwd=root)
    home = root / "src" / "lib" / "Kitchen" / "IR"
    shutil.copytree(KITCHEN, home, ignore=shutil.ignore_patterns("*.yaml"))
    pantry = write(root / "src" / "lib" / "Pantry" / "PantryOps.td", small("pantry", "fetch"))
    operations = home / "KitchenOps.td"
    text = operations.read_text(encoding="utf-8")
    later = text.replace("#endif // KITCHEN_OPS", NEW_OPERATION)
    assert later != text
    for tag, kitchen, store in (
        ("v1", text, small("pantry", "fetch")),
        ("broken", f"{text}\ndef\n", small("pantry", "fetch_all")),
        ("v2", later, small("pantry", "fetch")),
    ):
        write(operations, kitchen)
        write(pantry, store)
        git("add", "-A", cwd=root)
        git("commit", "--quiet", "-m", tag, cwd=root)
        git("tag", tag, cwd=root)
    return Repository(root)


@pytest.fixture(scope="module")
def old_home(tmp_path_factory: pytest.TempPathFactory, repository: Repository) -> Path:
    """A project with the facts that the kitchen and the pantry had at `v1`, and those of a cellar."""
    root = tmp_path_factory.mktemp("old")
    names = ("cellar", "kitchen", "pantry")
    write(root / "opspecs" / "bindings.yaml", BINDINGS + "".join(f"  - {name}\n" for name in names))
    cellar = write(root / "Cellar.td", small("cellar", "dig"))
    at_v1 = root / "v1"
    git("worktree", "add", "--quiet", str(at_v1), "v1", cwd=repository.root)
    home = at_v1 / "src" / "lib"
    sources = (cellar, home / "Kitchen" / "IR" / "KitchenOps.td", home / "Pantry" / "PantryOps.td")
    for name, source in zip(names, sources, strict=True):
        text = extract(source, "--dialect", name, "--provenance", "by=hand", cwd=root)
        write(root / "opspecs" / name / "dialect.yaml", text)
    write(root / "opspecs" / "kitchen" / "overlay.yaml", "# Mine.\nschema: opspec/overlay/1\ndialect: kitchen\n")
    return root


@pytest.fixture
def home(old_home: Path, tmp_path: Path) -> Path:
    """That project, to be changed."""
    shutil.copytree(old_home / "opspecs", tmp_path / "opspecs")
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    """Every file of the project's specs."""
    folder = root / "opspecs"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


def test_the_dialect_is_found_in_a_folder(repository: Repository, tmp_path: Path, extracted: str) -> None:
    text = extract(repository.root / "src", "--dialect", "kitchen", cwd=tmp_path)
    assert "\n  freeze:\n    class: FreezeOp\n" in text
    assert text.replace("\n  freeze:\n    class: FreezeOp\n", "").count("class: ") == extracted.count("class: ")


def commit_in(text: str) -> str:
    """The commit that facts are of; one of digits alone stands in quotes."""
    found: str = yaml.safe_load(text)["provenance"]["commit"]
    return found


@pytest.mark.parametrize(("ref", "is_there"), [("v1", False), ("v2", True)])
@pytest.mark.parametrize("is_url", [False, True])
def test_a_ref_chooses_the_commit(
    ref: str, is_there: bool, is_url: bool, repository: Repository, tmp_path: Path
) -> None:
    source = repository.root.as_uri() if is_url else str(repository.root)
    text = extract(source, "--dialect", "kitchen", "--ref", ref, cwd=tmp_path)
    assert ("\n  freeze:\n" in text) is is_there


def test_the_facts_of_one_dialect_name_the_commit(repository: Repository, tmp_path: Path) -> None:
    text = extract(repository.root, "--dialect", "kitchen", "--ref", "v1", cwd=tmp_path)
    assert commit_in(text) == repository.commit("v1")[:8]


@pytest.mark.parametrize("is_url", [False, True])
def test_an_unknown_ref_is_one_line(is_url: bool, repository: Repository, tmp_path: Path) -> None:
    source = repository.root.as_uri() if is_url else str(repository.root)
    done = opspec("extract", source, "--dialect", "kitchen", "--ref", "v9", cwd=tmp_path)
    assert "v9" in one_line(done)


def test_an_unknown_repository_is_one_line(tmp_path: Path) -> None:
    done = opspec("extract", (tmp_path / "nowhere").as_uri(), "--dialect", "kitchen", cwd=tmp_path)
    assert "git clone" in one_line(done)


def test_a_folder_without_the_dialect_is_one_line(repository: Repository, tmp_path: Path) -> None:
    done = opspec("extract", str(repository.root), "--dialect", "cellar", cwd=tmp_path)
    assert "'cellar'" in one_line(done)


def test_a_project_is_updated(repository: Repository, home: Path) -> None:
    old = texts(home)
    done = opspec("extract", str(repository.root), "--ref", "v2", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "kitchen: changed" in lines
    assert "pantry: unchanged" in lines
    assert f"cellar: not in {repository.root}, left as it is" in lines
    new = texts(home)
    assert {path for path in old if old[path] != new[path]} == {"kitchen/dialect.yaml", "pantry/dialect.yaml"}
    assert "\n  freeze:\n" in new["kitchen/dialect.yaml"]
    assert commit_in(new["kitchen/dialect.yaml"]) == repository.commit("v2")[:8]
    assert "  by: hand\n" in new["kitchen/dialect.yaml"]


def test_a_second_update_changes_nothing(repository: Repository, home: Path) -> None:
    opspec("extract", str(repository.root), cwd=home)
    old = texts(home)
    done = opspec("extract", str(repository.root), cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"kitchen: unchanged", "pantry: unchanged"} <= set(done.stdout.splitlines())
    assert texts(home) == old


def test_one_broken_file_leaves_all_facts_alone(repository: Repository, home: Path) -> None:
    old = texts(home)
    done = opspec("extract", str(repository.root), "--ref", "broken", cwd=home)
    assert (done.returncode, done.stdout) == (100, "")
    assert "KitchenOps.td:" in done.stderr
    assert ": error: " in done.stderr
    assert texts(home) == old


def test_a_repository_with_none_of_the_dialects(home: Path, tmp_path: Path) -> None:
    old = texts(home)
    write(tmp_path / "empty" / "Other.td", small("other", "dig"))
    done = opspec("extract", "empty", cwd=home)
    assert "cellar, kitchen, pantry" in one_line(done)
    assert texts(home) == old


def test_files_of_a_checkout_include_each_other_by_path(tmp_path: Path) -> None:
    home = tmp_path / "lib" / "Pantry" / "IR"
    home.mkdir(parents=True)
    (home / "PantryDialect.td").write_text(
        'include "mlir/IR/OpBase.td"\ndef Pantry_Dialect : Dialect { let name = "pantry"; }\n', encoding="utf-8"
    )
    (home / "PantryOps.td").write_text(
        'include "Pantry/IR/PantryDialect.td"\ndef Pantry_OpenOp : Op<Pantry_Dialect, "open"> {}\n', encoding="utf-8"
    )
    done = opspec("extract", str(tmp_path), "--dialect", "pantry", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  open:\n    class: OpenOp\n" in done.stdout
