"""Runs `llvm-tblgen --dump-json`: finds the program and MLIR's includes, and turns its errors into diagnostics."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from opspec.diagnostics import Diagnostic, Location, Note, SpecError, ToolError
from opspec.tablegen.records import Records, checked_dump

__all__ = ["find_tblgen", "mlir_includes", "run_tblgen"]

_ERROR = re.compile(
    r"(?P<chain>(?:Included from [^\n]*:\n)*)(?P<path>[^\n:]+):(?P<line>\d+):(?P<column>\d+): error: (?P<message>.*)"
)
_INCLUDED = re.compile(r"Included from ([^\n]*):(\d+):")
_OF_ANOTHER_MLIR = re.compile(
    r"[Tt]oo many template arguments|[Vv]alue '\w+' unknown|[Vv]alue not specified for template argument"
    r"|[Cc]annot access field|[Ii]nitializer of '\w+' .* could not be|has type .* expected|of type .*incompatible"
)
"""What llvm-tblgen says of a file whose classes have other parameters and fields than it was written for."""
_MISSING = re.compile(r"[Cc]ould not find include file '([^']+)'")
_UNKNOWN = re.compile(
    r"(?:Couldn't find class|Variable not defined:|Undefined reference|Expected a class name, got)[^'\"\w]*'?([\w.]+)"
)


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


def _missing(name: str) -> str:
    """What to do about a file that is not there; the MLIR in use may have it elsewhere."""
    hint = f"give the folder that holds '{name}' with -I"
    if not name.startswith("mlir/"):
        return hint
    folders = [(folder, sorted((folder / "mlir").rglob(PurePosixPath(name).name))) for folder in mlir_includes()]
    moved = [path.relative_to(folder).as_posix() for folder, found in folders for path in found]
    elsewhere = f"; the installed MLIR has it as '{moved[0]}'" if moved else ""
    return f"{hint}{elsewhere}; {_another_mlir()}"


def _hint(message: str) -> str:
    if match := _MISSING.search(message):
        name = match[1]
        if name.startswith("mlir/") and not mlir_includes():
            return "MLIR's includes are not installed: pip install 'opspec[tablegen]', or give -I"
        return _missing(name)
    if message == "Unknown operator":
        return "this llvm-tblgen is older than the file: pip install 'opspec[tablegen]', or give --tblgen"
    if match := _UNKNOWN.search(message):
        bridge = f"if an older MLIR lacks '{match[1]}', define it in a file and give that with --prelude"
        return f"{bridge}; {_another_mlir()}"
    return _another_mlir() if _OF_ANOTHER_MLIR.search(message) else ""


def _another_mlir() -> str:
    """What to do where a file was written for another MLIR than the one in use."""
    names = importlib.metadata.packages_distributions().get("mlir", ())
    versions = {importlib.metadata.version(name) for name in names}
    in_use = f"MLIR {versions.pop()}" if len(versions) == 1 else "one"
    return f"if the file was written for another MLIR than the installed {in_use}, give its folder with --include-mlir"


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
        chain = tuple(
            Note("included from here", Location(file, int(line)))
            for file, line in _INCLUDED.findall(match["chain"])
            if wrapper is None or Path(file) != wrapper
        )
        found.append(Diagnostic("tablegen", match["message"], location, _hint(match["message"]), chain))
    return found


def run_tblgen(
    source: Path,
    includes: Sequence[Path] = (),
    prelude: Path | None = None,
    tblgen: Path | None = None,
    also: Sequence[Path] = (),
    mlir: Sequence[Path] = (),
) -> Records:
    """The records of a .td file, and of those that are to be read with it.

    The program runs in the file's own folder, since several dialects include a file that is called the same. `prelude`
    is a .td file that comes first: it bridges what older includes lack. `mlir` are the folders of MLIR's own files,
    instead of the installed ones. Raises `SpecError` with the errors that
    llvm-tblgen printed, and `ToolError` where it cannot be run.
    """
    program = find_tblgen(tblgen).resolve()
    for path in (source, prelude, *also):
        if path is not None and not path.is_file():
            raise ToolError(f"cannot read {path}: there is no such file")
    folder = source.resolve().parent
    folders = (*(path.resolve().parent for path in also), *includes, *(mlir or mlir_includes()))
    options = [f"-I{path.resolve()}" for path in folders]
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        wrapper = None
        main = source.resolve()
        if prelude is not None or also:
            wrapper = Path(temporary) / "with_prelude.td"
            files = (*([prelude] if prelude is not None else []), main, *also)
            lines = (f'include "{path.resolve().as_posix()}"\n' for path in files)
            wrapper.write_text("".join(lines), encoding="utf-8")
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
