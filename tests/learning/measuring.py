"""Dialects of MLIR learnt from `mlir-opt`, and their facts from MLIR's .td files."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from opspec.learn.binaries import Binary, enzyme_binary, tool_binary
from opspec.learn.dialects import LearntDialect, Wanted, learn_dialects
from opspec.model.dialect import Dialect
from opspec.probe.installation import find_installation
from opspec.tablegen.extract import extract
from tests.upstream.sources import WHOLE, dialects_of, records_of

BESIDE = ("arith", "async", "gpu", "vector")
"""Dialects whose attributes and types others use."""


def find_program() -> Path | None:
    """The `mlir-opt` that is installed beside MLIR's bindings."""
    spec = importlib.util.find_spec("mlir")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    return next((path for folder in folders if (path := folder / "bin" / "mlir-opt").is_file()), None)


def binary(enzyme: Path | None = None) -> Binary:
    """That program as something to learn from, or an installed Enzyme."""
    if enzyme is not None:
        return enzyme_binary(find_installation(enzyme))
    program = find_program()
    assert program is not None
    return tool_binary(f"{program} --mlir-disable-threading")


@cache
def facts_of(dialect: str) -> Dialect:
    """The facts of a dialect, whichever files define its operations."""
    found: Dialect | None = None
    for source in WHOLE:
        if dialect not in dialects_of(source):
            continue
        more = extract(records_of(source), dialect)
        if found is None:
            found = more
            continue
        known = {operation.mnemonic for operation in found.operations}
        enums = {enum.name for enum in found.enums}
        named = {each.name for each in found.constraints}
        found = replace(
            found,
            operations=(*found.operations, *(o for o in more.operations if o.mnemonic not in known)),
            enums=(*found.enums, *(e for e in more.enums if e.name not in enums)),
            constraints=(*found.constraints, *(c for c in more.constraints if c.name not in named)),
            attributes=tuple(dict.fromkeys((*found.attributes, *more.attributes))),
            types=tuple(dict.fromkeys((*found.types, *more.types))),
        )
    assert found is not None
    return found


def learn(
    dialects: tuple[str, ...], enzyme: Path | None = None, operations: tuple[str, ...] = ()
) -> tuple[LearntDialect, ...]:
    """What `mlir-opt`, or an installed Enzyme, tells of the dialects, or of some operations of them."""
    asked, wanted = binary(enzyme), Wanted(dialects, operations, beside=BESIDE)
    with asked.open(True) as process:
        return learn_dialects(wanted, asked.names(wanted.named), process.ask, partial(asked.ask, generic=False))
