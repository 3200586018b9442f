"""The files of a new project: facts from a dialect's TableGen, an empty overlay, and how to generate."""

from __future__ import annotations

from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.emitters.output import GeneratedFile

__all__ = ["project_files", "write_new"]

_BINDINGS = """\
# yaml-language-server: $schema=../generated/schema/bindings.schema.json
# Which dialects become bindings, under which names, and where.
schema: opspec/bindings/1
package: {package}
naming: mnemonic
output: ../generated
dialects:
  - {dialect}
"""
_OVERLAY = """\
# yaml-language-server: $schema=../../generated/schema/overlay.schema.json
# Choices: words, samples, names and corrections for the dialect. Written by hand.
schema: opspec/overlay/1
dialect: {dialect}
"""
_MAKE = """\
# Lines for a Makefile: `include opspec.mk`.
.PHONY: facts bindings check-bindings
facts: ## Extract the facts of the dialect again
\topspec extract {source} --dialect {dialect}{includes} -o opspecs/{dialect}/dialect.yaml
bindings: ## Regenerate the bindings from the specs
\topspec generate
check-bindings: ## Say whether the generated files are in sync with the specs
\topspec check
"""


def project_files(
    dialect: str, package: str, facts: str, source: str, includes: tuple[str, ...]
) -> tuple[GeneratedFile, ...]:
    """The files of a project for one dialect, relative to its folder."""
    options = "".join(f" -I {include}" for include in includes)
    return (
        GeneratedFile("opspecs/bindings.yaml", _BINDINGS.format(package=package, dialect=dialect)),
        GeneratedFile(f"opspecs/{dialect}/dialect.yaml", facts),
        GeneratedFile(f"opspecs/{dialect}/overlay.yaml", _OVERLAY.format(dialect=dialect)),
        GeneratedFile("opspec.mk", _MAKE.format(dialect=dialect, source=source, includes=options)),
    )


def write_new(root: Path, files: tuple[GeneratedFile, ...]) -> None:
    """Write files that must not exist yet; raises `ToolError`, before anything is written, where one does."""
    taken = [file.path for file in files if (root / file.path).exists()]
    if taken:
        raise ToolError(
            f"{', '.join(taken)} exist{'s' if len(taken) == 1 else ''} in {root} already; nothing was written"
        )
    try:
        for file in files:
            path = root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ToolError(f"cannot write {error.filename or root}: {error.strerror}") from error
