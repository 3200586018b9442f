"""Runs `llvm-tblgen --dump-json`: finds the program and MLIR's includes, and turns its errors into diagnostics."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from opspec.diagnostics import Diagnostic, Location, SpecError, ToolError
from opspec.tablegen.records import Records, checked_dump

__all__ = ["find_tblgen", "mlir_includes", "run_tblgen"]

_ERROR = re.compile(r"(?P<path>[^\n:]+):(?P<line>\d+):(?P<column>\d+): error: (?P<message>.*)")
_MISSING = re.compile(r"[Cc]ould not find include file '([^']+)'")
_UNKNOWN = re.compile(r"(?:Couldn't find class|Variable not defined:|Undefined reference)[^'\"\w]*'?([\w.]+)")


def _package_folders(name: str) -> list[Path]:
    """The folders of an installed package, which may be a namespace."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return []
    return [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []


def find_tblgen(given: Path | None = None) -> Path:
    """The program: as given, in the environment, or on the PATH. Raises `ToolError` where there is none.

    The environment comes before the PATH, since its program fits the includes that are installed beside it.
    """
    if given is not None:
        chosen = shutil.which(str(given))
        if chosen is None:
            raise ToolError(f"cannot run {given}: there is no such program")
        return Path(chosen)
    for folder in _package_folders("llvm"):
        if (program := folder / "bin" / "llvm-tblgen").is_file():
            return program
    found = shutil.which("llvm-tblgen")
    if found is not None:
        return Path(found)
    raise ToolError("llvm-tblgen is not installed; install it with: pip install 'opspec[tablegen]', or give --tblgen")


def mlir_includes() -> tuple[Path, ...]:
    """The folders of MLIR's own .td files that are installed in the environment."""
    folders = [folder / "include" for folder in _package_folders("mlir")]
    return tuple(folder for folder in folders if (folder / "mlir" / "IR" / "OpBase.td").is_file())


def _hint(message: str) -> str:
    if match := _MISSING.search(message):
        name = match[1]
        if name.startswith("mlir/") and not mlir_includes():
            return "MLIR's includes are not installed: pip install 'opspec[tablegen]', or give -I"
        return f"give the folder that holds '{name}' with -I"
    if message == "Unknown operator":
        return "this llvm-tblgen is older than the file: pip install 'opspec[tablegen]', or give --tblgen"
    if match := _UNKNOWN.search(message):
        return f"if an older MLIR lacks '{match[1]}', define it in a file and give that with --prelude"
    return ""


def _diagnostics(errors: str, source: Path, wrapper: Path | None) -> list[Diagnostic]:
    """The errors that llvm-tblgen printed, each at its place."""
    found: list[Diagnostic] = []
    for match in _ERROR.finditer(errors):
        path = match["path"].strip()
        location = Location(path, int(match["line"]), int(match["column"]))
        if wrapper is not None and Path(path) == wrapper:
            location = Location(str(source))
        if any(other.location == location for other in found):
            continue  # what follows from the error before it
        found.append(Diagnostic("tablegen", match["message"], location, _hint(match["message"])))
    return found


def run_tblgen(
    source: Path, includes: Sequence[Path] = (), prelude: Path | None = None, tblgen: Path | None = None
) -> Records:
    """The records of a .td file.

    The program runs in the file's own folder, since several dialects include a file that is called the same. `prelude`
    is a .td file that comes first: it bridges what older includes lack. Raises `SpecError` with the errors that
    llvm-tblgen printed, and `ToolError` where it cannot be run.
    """
    program = find_tblgen(tblgen).resolve()
    for path in (source, prelude):
        if path is not None and not path.is_file():
            raise ToolError(f"cannot read {path}: there is no such file")
    folder = source.resolve().parent
    options = [f"-I{path.resolve()}" for path in (*includes, *mlir_includes())]
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        wrapper = None
        main = source.resolve()
        if prelude is not None:
            wrapper = Path(temporary) / "with_prelude.td"
            wrapper.write_text(
                f'include "{prelude.resolve().as_posix()}"\ninclude "{main.as_posix()}"\n', encoding="utf-8"
            )
        command = [str(program), "--dump-json", f"-I{folder}", *options, str(wrapper or main)]
        try:
            process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        except OSError as error:
            raise ToolError(f"cannot run {program}: {error.strerror}") from error
        if process.returncode != 0:
            found = _diagnostics(process.stderr, source, wrapper)
            if found:
                raise SpecError(found)
            reason = process.stderr.strip().splitlines()
            raise ToolError(f"llvm-tblgen failed on {source}: {reason[0] if reason else process.returncode}")
    try:
        return Records(checked_dump(json.loads(process.stdout)), source.parent)
    except ValueError as error:
        raise ToolError(f"{program} gave no records: is it llvm-tblgen?") from error
