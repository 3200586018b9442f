"""StableHLO modules of the host `jaxlib.mlir`, compiled and run by JAX."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from .._runtime.host import ir
from ..lowering.contexts import full_context
from ..lowering.errors import EnzymeError
from ..lowering.parsing import read_text
from .compiler import Argument, Program
from .errors import JitError
from .kinds import Buffer
from .reading import read_signature, settle_operations

__all__ = ["compile_stablehlo"]

_IR: Any = ir


def _load(text: str) -> Any:
    try:
        return read_text(text, full_context())
    except EnzymeError as error:
        raise JitError(f"the module cannot be read: {error}") from None


def _make_entry(module: Any, entry: str) -> None:
    """Make a function the public `main`, which is what XLA runs."""
    table: Any = _IR.SymbolTable
    if entry != "main":
        symbols = table(module.operation)
        if "main" in symbols:
            spare = next(
                name
                for name in map("main_{}".format, range(1000))
                if name not in symbols
            )
            table.replace_all_symbol_uses("main", spare, module.operation)
            table.set_symbol_name(symbols["main"], spare)
        table.replace_all_symbol_uses(entry, "main", module.operation)
        table.set_symbol_name(symbols[entry], "main")
    for operation in module.body.operations:
        name = str(operation.attributes["sym_name"])
        operation.attributes["sym_visibility"] = ir.StringAttr.get(
            "public" if name == '"main"' else "private"
        )


def compile_stablehlo(text: str, entry: str) -> Program:
    """Compile a function of a StableHLO module for JAX's CPU device.

    Raises:
        JitError: JAX is not installed, or XLA does not take the module.
    """
    try:
        jax: Any = importlib.import_module("jax")
        backend: Any = importlib.import_module("jax.extend.backend")
    except ImportError:
        raise JitError(
            "StableHLO is compiled by JAX, which is not installed: pip install jax"
        ) from None
    client: Any = importlib.import_module("jaxlib.xla_client")
    module = _load(text)
    with module.context, ir.Location.unknown():
        settle_operations(module, module.context)
        parameters, results = read_signature(module, entry)
        for kind in (*parameters, *results):
            if not isinstance(kind, Buffer) or not kind.is_tensor:
                raise JitError(
                    f"@{entry} has the type {kind} among its arguments and results; StableHLO takes tensors only"
                )
        _make_entry(module, entry)
        program = str(module)
    device = jax.devices("cpu")[0]
    try:
        executable = backend.get_backend("cpu").compile_and_load(
            program, client.DeviceList((device,)), client.CompileOptions()
        )
    except Exception as error:
        raise JitError(f"XLA does not take the module: {error}") from None

    def run(passed: Sequence[Argument]) -> list[Any]:
        with jax.enable_x64(True):
            given = [jax.device_put(array, device) for _, array in passed]
        returned = executable.execute_sharded(given)
        return [
            np.array(shards[0])
            for shards in returned.disassemble_into_single_device_arrays()
        ]

    return Program(
        entry=entry,
        parameters=parameters,
        results=results,
        run=run,
        owner=executable,
    )
