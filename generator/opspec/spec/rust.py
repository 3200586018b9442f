"""How a project wants its Rust: the section `rust` of `bindings.yaml`."""

from __future__ import annotations

import re
from dataclasses import field, replace

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.spec.nodes import MapNode, text_of

__all__ = ["CRATE", "LAYOUTS", "MELIOR", "RustSettings", "read_rust"]

CRATE = "crate"
MELIOR = "melior"
LAYOUTS = (CRATE, MELIOR)
"""Where Rust lives: in a crate of its own, or inside melior."""

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class RustSettings:
    """Where the Rust of a project lives, and what the crate is called.

    Without a name the crate is called after the package, without a version it has the distribution's. `release` is the
    one whose operations it builds; without it they are those of the specs.
    """

    layout: str = CRATE
    crate: str = ""
    version: str = ""
    release: str = ""
    location: Location = field(default=Location("<unknown>"), compare=False)

    def of_package(self, package: str) -> RustSettings:
        """The same, with a name for the crate in any case."""
        return self if self.crate else replace(self, crate=_crate_for(package))

    def feature(self, package: str) -> str:
        """The Cargo feature inside melior."""
        return _plain(package).partition("-")[0] or "dialects"


def read_rust(root: MapNode) -> RustSettings:
    """What a `bindings.yaml` says."""
    node = root.get("rust")
    release = node.get("release") if isinstance(node, MapNode) else None
    return RustSettings(
        layout=text_of(node, "layout") or CRATE,
        crate=text_of(node, "crate"),
        version=text_of(node, "version"),
        release=text_of(node, "release"),
        location=(root if release is None else release).location,
    )


def _crate_for(package: str) -> str:
    """The usual name of the crate with the dialects of a package: `melior-enzyme` for `enzyme_mlir`."""
    words = [word for word in _plain(package).split("-") if word not in ("", "mlir", "bindings")]
    return "-".join(["melior", *words]) if words else "melior-dialects"


def _plain(package: str) -> str:
    return _OTHER.sub("-", package.lower()).strip("-")
