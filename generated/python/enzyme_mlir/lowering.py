"""The real Enzyme, run in a child process: a wrong module may kill that process, never the caller's."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ._runtime.host import ir

__all__ = ["PIPELINES", "EnzymeError", "is_available", "run", "run_all"]

PIPELINES: Mapping[str, str] = MappingProxyType(
    {
        "differentiate": "enzyme,canonicalize,remove-unnecessary-enzyme-ops,enzyme-simplify-math,canonicalize,cse",
        "batch": "enzyme-batch,canonicalize",
        "parse": "",
    }
)
"""Named pipelines: expand differentiation (reverse and forward), expand batches, only parse and verify."""

_WORKER = Path(__file__).with_name("_worker.py")


class EnzymeError(RuntimeError):
    """Enzyme refused a module or died on it; the message carries what it printed."""


def is_available() -> bool:
    """Whether the real Enzyme is installed."""
    return importlib.util.find_spec("enzyme_ad") is not None


def _reason(process: subprocess.CompletedProcess[str]) -> str:
    printed = process.stderr.strip()
    if process.returncode < 0:
        name = signal.Signals(-process.returncode).name
        return f"Enzyme died of {name}" + (f": {printed}" if printed else "")
    return printed or f"Enzyme ended with code {process.returncode}"


def run_all(
    modules: Sequence[str], pipeline: str = "differentiate", *, timeout: float = 300.0
) -> list[tuple[str | None, str]]:
    """Hand several modules, as text, to one child process.

    Args:
        modules: The modules' texts.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        timeout: Seconds for all of them.

    Returns:
        For each module the resulting text and an empty message, or None and what Enzyme said. A module that kills
        the process gets that as its message, and the modules behind it are tried in a new process.

    Raises:
        EnzymeError: Enzyme is not installed, or the time is over.
    """
    if not is_available():
        raise EnzymeError(
            "Enzyme is not installed; install it with: pip install enzyme-ad"
        )
    passes = PIPELINES.get(pipeline, pipeline)
    verdicts: list[tuple[str | None, str]] = []
    while len(verdicts) < len(modules):
        left = list(modules[len(verdicts) :])
        request = json.dumps({"pipeline": passes, "modules": left})
        try:
            process = subprocess.run(
                [sys.executable, str(_WORKER)],
                input=request,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise EnzymeError(
                f"Enzyme did not end within {timeout:g} seconds"
            ) from error
        done: list[dict[str, Any]] = [
            json.loads(line) for line in process.stdout.splitlines() if line
        ]
        verdicts += [(answer["text"], answer["message"]) for answer in done]
        if len(done) < len(left):
            verdicts.append((None, _reason(process)))
    return verdicts


def run(
    module: ir.Module | str,
    pipeline: str = "differentiate",
    *,
    context: ir.Context | None = None,
    timeout: float = 300.0,
) -> ir.Module:
    """Run Enzyme over a module and give the result back as a module.

    Args:
        module: A module of the host, or its text; it stays as it is.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        context: Context of the result; that of `module`, or else the current one, by default.
        timeout: Seconds.

    Raises:
        EnzymeError: Enzyme refused the module, died on it, took too long, or is not installed.
    """
    text = module if isinstance(module, str) else str(module)
    if context is None and not isinstance(module, str):
        context = module.context
    ((result, message),) = run_all([text], pipeline, timeout=timeout)
    if result is None:
        raise EnzymeError(message)
    return ir.Module.parse(result, context)
