"""Where generated Rust lives: inside melior, behind a feature, or in a crate of its own. All paths follow from that."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.spec.rust import CRATE, RustSettings

__all__ = ["Layout", "layout_of"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a way to live.

    `root` is the folder of everything, `sources` that of the modules, `shown` the same as insta shows it, `melior` what
    melior is called in a `use`, `prefix` what names of snapshots start with.
    """

    root: str
    sources: str
    shown: str
    melior: str
    prefix: str

    @property
    def is_crate(self) -> bool:
        """Whether it is a crate of its own."""
        return self.melior != "crate"

    def snapshot(self, module: str, test: str) -> str:
        """The path of a snapshot, as insta finds it."""
        return f"{self.sources}/snapshots/{self.prefix}__{module.removeprefix('r#')}__tests__{test}.snap"


def layout_of(settings: RustSettings) -> Layout:
    """The paths that follow from what a project says."""
    if settings.layout == CRATE:
        root = f"rust/{settings.crate}"
        return Layout(root, f"{root}/src", "src", "melior", settings.crate.replace("-", "_"))
    return Layout("rust/melior", "rust/melior/src/dialect", "melior/src/dialect", "crate", "melior__dialect")
