"""What is generated can be installed: a project that was just begun, and the bindings of this tree."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import enzyme_mlir
from tests.command import opspec

ROOT = Path(__file__).parents[2]


def _can_build() -> bool:
    """Whether wheels can be built without a network: with a setuptools that knows licenses as expressions."""
    try:
        return int(version("setuptools").partition(".")[0]) >= 77 and importlib.util.find_spec("pip") is not None
    except PackageNotFoundError:
        return False


pytestmark = pytest.mark.skipif(not _can_build(), reason="pip and setuptools 77 are not in this environment")


def pip(*arguments: str | Path) -> None:
    """Run pip without a network, without what is kept, and without other packages."""
    options = ("--disable-pip-version-check", "--no-index", "--no-cache-dir", "--no-deps", "--no-build-isolation", "-q")
    command = [sys.executable, "-m", "pip", *map(str, arguments), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def wheel_of(tree: Path, folder: Path) -> zipfile.ZipFile:
    """The wheel of a copy of a tree, so that nothing is left in the tree itself."""
    copy = folder / "copy"
    shutil.copytree(tree, copy, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    pip("wheel", copy, "-w", folder / "wheels")
    (found,) = (folder / "wheels").iterdir()
    return zipfile.ZipFile(found)


def metadata_of(wheel: zipfile.ZipFile) -> list[str]:
    (path,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return wheel.read(path).decode().splitlines()


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project that was just begun and generated."""
    project = tmp_path / "project"
    project.mkdir()
    for arguments in (("init", "--dialect", "mine"), ("generate",)):
        done = opspec(*arguments, cwd=project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


def test_a_wheel_of_a_project_that_was_just_begun_holds_its_package(begun: Path, tmp_path: Path) -> None:
    tree = begun / "generated" / "python"
    with wheel_of(tree, tmp_path) as wheel:
        assert Path(str(wheel.filename)).name == "mine_bindings-0.1.0-py3-none-any.whl"
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        lines = metadata_of(wheel)
    assert names == {path.relative_to(tree).as_posix() for path in (tree / "mine_bindings").rglob("*.*")}
    assert {"mine_bindings/py.typed", "mine_bindings/dialects/mine.py", "mine_bindings/_runtime/host.py"} <= names
    assert {"Name: mine-bindings", "Version: 0.1.0", "Requires-Python: >=3.10", "Provides-Extra: mlir"} <= {*lines}


def test_a_project_is_installed_and_stays_in_sync(begun: Path, tmp_path: Path) -> None:
    pip("install", begun / "generated" / "python", "--target", tmp_path / "site")
    program = "import mine_bindings; print(mine_bindings.__version__, mine_bindings.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["0.1.0", str(tmp_path / "site" / "mine_bindings" / "__init__.py")], done.stderr
    check = opspec("check", cwd=begun)
    assert (check.returncode, check.stderr) == (0, "")


def test_the_wheel_of_the_bindings_says_what_they_are(tmp_path: Path) -> None:
    with wheel_of(ROOT / "generated" / "python", tmp_path) as wheel:
        lines = metadata_of(wheel)
        names = wheel.namelist()
    assert f"Version: {enzyme_mlir.__version__}" in lines
    assert "License-Expression: Apache-2.0 WITH LLVM-exception" in lines
    extras = [line.partition(": ")[2] for line in lines if line.startswith("Provides-Extra: ")]
    assert sorted(extras) == ["enzyme", "iree", "jax", "mlir", "torch"]
    needed = [line for line in lines if line.startswith("Requires-Dist: ")]
    assert [line for line in needed if "extra ==" not in line] == []
    (enzyme,) = [line for line in needed if "enzyme-ad" in line]
    assert "enzyme-ad>=0.0.14" in enzyme
    assert 'python_version == "3.11"' in enzyme
    assert {"enzyme_mlir/py.typed", "enzyme_mlir/lowering/__init__.py"} <= {*names}
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


@pytest.mark.parametrize(
    ("tree", "sources", "package"),
    [(ROOT, "generator", "opspec"), (ROOT / "generated" / "python", ".", "enzyme_mlir")],
    ids=["opspec", "enzyme-mlir"],
)
def test_an_editable_installation_is_a_path_that_type_checkers_follow(
    tree: Path, sources: str, package: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tree / sources / package, copy / sources / package)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(tree / name, copy / name)
    pip("install", "-e", copy, "--target", tmp_path / "site")
    links = [path for path in (tmp_path / "site").iterdir() if path.name.startswith("__editable__")]
    assert [path.suffix for path in links] == [".pth"]
    assert Path(links[0].read_text(encoding="utf-8").strip()) == (copy / sources).resolve()
