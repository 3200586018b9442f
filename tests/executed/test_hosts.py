"""The tests of this folder and the generated ones, run once more on every other host; and the choice of the host."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import HOST
from enzyme_mlir.hosts import HOSTS, installed

ROOT = Path(__file__).parents[2]
NOT_OF_A_HOST = (
    *("test_hosts.py", "test_names_command.py", "test_naming_page.py", "test_conventions.py"),
    *("test_docs.py", "test_walkthroughs.py", "test_name_fixes.py", "test_old_names.py", "test_installing.py"),
)
"""Tests of names, of the command line and of what is installed, which come out alike whatever the host is, of examples
that the generated tests build on every host, and this file."""

WITH_WHEELS = sys.platform == "linux" and platform.machine() == "x86_64"
"""Where each host has a wheel, so that none may be missing."""


def python(program: str, host: str | None = None) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own, with `ENZYME_MLIR_HOST` set to `host` or not set."""
    environment = {name: text for name, text in os.environ.items() if name != "ENZYME_MLIR_HOST"}
    if host is not None:
        environment["ENZYME_MLIR_HOST"] = host
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("host", [host for host in HOSTS if host != HOST])
def test_everything_holds_on_every_host(host: str, record_property: pytest.RecordProperty) -> None:
    if os.environ.get("ENZYME_MLIR_HOST") is not None:
        pytest.skip(f"this is the run on {HOST}")
    if host not in installed():
        assert not WITH_WHEELS, f"{host} is not installed; requirements.lock has it"
        pytest.skip(f"{host} is not installed")
    command = [sys.executable, "-m", "pytest", "-rf", "-p", "no:xdist", "tests/executed", "generated/tests"]
    done = subprocess.run(
        [*command, *(f"--ignore=tests/executed/{name}" for name in NOT_OF_A_HOST)],
        env={**os.environ, "ENZYME_MLIR_HOST": host},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error|skipped)", done.stdout)}
    record_property("host", [host, counts])
    assert done.returncode == 0, done.stdout[done.stdout.find("short test summary") :] + done.stderr
    assert counts["passed"] > 500


@pytest.mark.parametrize("host", installed())
def test_a_host_can_be_named(host: str) -> None:
    program = (
        "import enzyme_mlir; enzyme_mlir.use_host({0!r}); from enzyme_mlir import ir, HOST; print(HOST, ir.__name__); "
        "enzyme_mlir.use_host({0!r})"
    )
    assert python(program.format(host)).stdout == f"{host} {host}.ir\n"


@pytest.mark.parametrize("host", installed())
def test_the_environment_names_a_host(host: str) -> None:
    assert python("import enzyme_mlir; print(enzyme_mlir.HOST)", host).stdout == f"{host}\n"


@pytest.mark.parametrize("host", installed())
def test_an_imported_host_is_taken(host: str) -> None:
    program = f"import enzyme_mlir, {host}.ir; from enzyme_mlir.dialects import enzyme; print(enzyme_mlir.HOST)"
    assert python(program).stdout == f"{host}\n"


def test_the_first_installed_host_is_taken() -> None:
    assert python("import enzyme_mlir; print(enzyme_mlir.HOST)").stdout == f"{installed()[0]}\n"


@pytest.mark.skipif(len(installed()) < 2, reason="there is no second host")
def test_a_name_in_the_program_goes_before_the_environment() -> None:
    first, second, *_ = installed()
    program = f"import enzyme_mlir; enzyme_mlir.use_host({first!r}); print(enzyme_mlir.HOST)"
    assert python(program, second).stdout == f"{first}\n"


def test_importing_the_package_decides_nothing() -> None:
    program = "import enzyme_mlir, sys; print([name for name in sys.modules if name.endswith('_mlir_libs')])"
    assert python(program).stdout == "[]\n"


@pytest.mark.parametrize("use", ["enzyme_mlir.ir", "import enzyme_mlir.dialects.enzyme", "enzyme_mlir.new_context"])
@pytest.mark.skipif(len(installed()) < 2, reason="there is no second host")
def test_after_the_first_use_the_host_stays(use: str) -> None:
    first, second, *_ = installed()
    done = python(f"import enzyme_mlir; {use}; enzyme_mlir.use_host({second!r})")
    assert done.stderr.splitlines()[-1] == (
        f"RuntimeError: enzyme_mlir is built on the MLIR bindings {first!r} already and cannot change to {second!r}: "
        "call use_host first of all, before enzyme_mlir.ir or a module of enzyme_mlir is used, or set ENZYME_MLIR_HOST"
    )


def test_a_host_that_is_not_installed_is_an_error() -> None:
    done = python("import enzyme_mlir; enzyme_mlir.use_host('no_such_host.mlir')")
    assert done.stderr.splitlines()[-1] == (
        "ImportError: use_host names the MLIR bindings 'no_such_host.mlir', which are not installed "
        f"(found: {', '.join(installed())})"
    )


def test_a_host_is_a_name() -> None:
    done = python("import enzyme_mlir; enzyme_mlir.use_host(enzyme_mlir)")
    assert done.stderr.splitlines()[-1] == (
        "TypeError: use_host: host is module, accepted is the import name of MLIR bindings, for example 'mlir', "
        "'jaxlib.mlir', 'torch_mlir', 'iree.compiler'"
    )


@pytest.mark.skipif(not {"mlir", "iree.compiler"} <= set(installed()), reason="needs both of these hosts")
def test_hosts_that_cannot_share_a_process_are_named() -> None:
    done = python("import mlir.ir, enzyme_mlir; enzyme_mlir.use_host('iree.compiler'); enzyme_mlir.ir")
    assert done.stderr.splitlines()[-1].startswith(
        "ImportError: the MLIR bindings 'iree.compiler' cannot be loaded in a process that has loaded mlir: "
    )
