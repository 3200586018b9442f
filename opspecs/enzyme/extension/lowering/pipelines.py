"""Pipelines of Enzyme's passes, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["PIPELINES", "Pipeline", "read_pipeline", "split_passes"]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Passes under a name.

    Example: `Pipeline("tidy", ("canonicalize", "cse"), "Clean up.")`.
    """

    name: str
    """What it is called."""
    passes: tuple[str, ...]
    """The passes in their order, each with its options in MLIR's notation."""
    summary: str = ""
    """What it is for."""

    @property
    def text(self) -> str:
        """The pipeline as MLIR takes it."""
        return ",".join(self.passes)

    def __str__(self) -> str:
        return self.text


_TIDY = (
    "canonicalize",
    "remove-unnecessary-enzyme-ops",
    "enzyme-simplify-math",
    "canonicalize",
    "cse",
)
"""What makes a fresh derivative plain: gradients and caches become values."""

_EXPAND = (f'enzyme{{postpasses="{",".join(_TIDY)}"}}', *_TIDY)
"""Differentiation. Each derivative is made plain at once, so that it can be differentiated again."""

_LOWER = (
    "flatten-enzyme-caches",
    "convert-enzyme-to-memref",
    "enzyme-batch-to-tensor",
    "canonicalize",
    "cse",
)
"""What is left of gradients, caches and batches becomes memory and tensors."""

PIPELINES: Mapping[str, Pipeline] = MappingProxyType(
    {
        pipeline.name: pipeline
        for pipeline in (
            Pipeline(
                "differentiate",
                (*_EXPAND, *_LOWER),
                "Expand `autodiff` and `fwddiff`, nested ones too, down to dialects that MLIR compiles.",
            ),
            Pipeline(
                "regions",
                ("outline-enzyme-regions", *_EXPAND, *_LOWER),
                "Expand `autodiff_region` and `fwddiff_region` as well.",
            ),
            Pipeline("batch", ("enzyme-batch", "canonicalize"), "Expand `batch`."),
            Pipeline(
                "batch-then-differentiate",
                ("enzyme-batch", *_EXPAND, *_LOWER),
                "Derivatives of functions that contain a `batch`.",
            ),
            Pipeline(
                "differentiate-then-batch",
                (*_EXPAND, *_LOWER, "inline", "enzyme-batch", "canonicalize"),
                "A `batch` of functions that contain derivatives.",
            ),
            Pipeline(
                "jacobian",
                ("lower-enzyme-jacobian-stablehlo", *_EXPAND, "canonicalize", "cse"),
                "Products of a `jacobian` and a vector (`stablehlo.dot_general`) become derivatives in one direction.",
            ),
            Pipeline(
                "expand",
                _EXPAND,
                "Expand `autodiff` and `fwddiff` and leave gradients and caches that could not be made plain.",
            ),
            Pipeline("parse", (), "Only read and verify."),
        )
    }
)
"""The named pipelines."""


def read_pipeline(pipeline: str | Pipeline | Sequence[str]) -> Pipeline:
    """A pipeline by its name, as MLIR writes it, or as a sequence of passes."""
    if isinstance(pipeline, Pipeline):
        return pipeline
    if isinstance(pipeline, str):
        if pipeline in PIPELINES:
            return PIPELINES[pipeline]
        return Pipeline(pipeline, split_passes(pipeline))
    passes = tuple(pipeline)
    return Pipeline(",".join(passes), passes)


def split_passes(text: str) -> tuple[str, ...]:
    """The passes of a pipeline in MLIR's notation: the parts between its outermost commas."""
    passes: list[str] = []
    depth = start = 0
    for position, character in enumerate(text):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth -= 1
        elif character == "," and depth == 0:
            passes.append(text[start:position].strip())
            start = position + 1
    passes.append(text[start:].strip())
    return tuple(each for each in passes if each)
