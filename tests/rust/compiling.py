"""Generated Rust, compiled as far as types go, against the signatures of melior that are written down in `stub`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["STUB", "compile_crate", "compile_inside", "compile_program", "rust_files", "tool"]

STUB = Path(__file__).parent / "stub"
EDITION = ("--edition", "2024")


def tool(name: str) -> str:
    """The path of a tool of Rust's; skips the test where it is not installed, or is too old for edition 2024."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} on the PATH")
    probe = subprocess.run([found, *EDITION, "--version"], capture_output=True, text=True)
    if probe.returncode != 0:
        pytest.skip(f"{name} does not know edition 2024")
    return found


def rust_files(folder: Path) -> list[Path]:
    """The Rust files of a folder."""
    return sorted(folder.rglob("*.rs"))


def _compiled(folder: Path, name: str, source: Path, *arguments: str, compiler: str = "") -> str:
    """What a compiler says of a crate; its metadata is left in the folder."""
    command = [compiler or tool("rustc"), *EDITION, "--crate-name", name, "--emit", "metadata", *arguments, str(source)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return done.stderr if done.returncode or "warning" in done.stderr else ""


def _extern(*names: str) -> list[str]:
    return ["-L", ".", *(word for name in names for word in ("--extern", f"{name}=lib{name}.rmeta"))]


def _dependencies(folder: Path) -> None:
    library = ("--crate-type", "lib")
    assert _compiled(folder, "mlir_sys", STUB / "mlir_sys.rs", *library) == ""
    assert _compiled(folder, "insta", STUB / "insta.rs", *library) == ""


def compile_crate(sources: Path, folder: Path, compiler: str = "") -> str:
    """What the compiler says of a crate of its own and its tests; empty where it has nothing to say."""
    _dependencies(folder)
    assert _compiled(folder, "melior", STUB / "src" / "lib.rs", "--crate-type", "lib", *_extern("mlir_sys")) == ""
    known = _extern("mlir_sys", "melior", "insta")
    return _compiled(folder, "generated", sources / "lib.rs", "--test", *known, compiler=compiler)


def compile_program(program: Path, sources: Path, folder: Path) -> str:
    """What the compiler says of a program that uses the crate `melior_enzyme`."""
    _dependencies(folder)
    library = ("--crate-type", "lib")
    assert _compiled(folder, "melior", STUB / "src" / "lib.rs", *library, *_extern("mlir_sys")) == ""
    known = _extern("mlir_sys", "melior")
    assert _compiled(folder, "melior_enzyme", sources / "lib.rs", *library, *known) == ""
    return _compiled(folder, "program", program, "--crate-type", "bin", *_extern("melior", "melior_enzyme"))


def compile_inside(tree: Path, folder: Path) -> str:
    """What the compiler says of files inside melior, added as their README says."""
    _dependencies(folder)
    shutil.copytree(STUB / "src", folder / "src")
    shutil.copytree(tree / "src" / "dialect", folder / "src" / "dialect", dirs_exist_ok=True)
    lines = (tree / "README.md").read_text(encoding="utf-8").partition("```rust\n")[2].partition("```")[0]
    with (folder / "src" / "dialect.rs").open("a", encoding="utf-8") as file:
        file.write(lines)
    feature = lines.partition('feature = "')[2].partition('"')[0]
    known = _extern("mlir_sys", "insta")
    return _compiled(folder, "melior", folder / "src" / "lib.rs", "--test", "--cfg", f'feature="{feature}"', *known)
