"""Pipelines of Enzyme's passes, as data."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

__all__ = [
    "PIPELINES",
    "Pipeline",
    "PipelineName",
    "check_pipeline",
    "expands_batches",
    "likely_pass",
    "name_of",
    "read_pipeline",
    "split_passes",
]


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
    optional: tuple[str, ...] = ()
    """Passes that are left out where the Enzyme in use does not have them."""

    @classmethod
    def read(cls, text: str) -> Pipeline:
        """Passes as MLIR writes them, e.g. `Pipeline.read("canonicalize,cse")`.

        Raises `ValueError` for brackets that nothing opens or closes.
        """
        _check_brackets(text)
        return cls(text, split_passes(text))

    @property
    def text(self) -> str:
        """The pipeline as MLIR takes it."""
        return ",".join(self.passes)

    def without(self, missing: Collection[str]) -> Pipeline:
        """The pipeline without some of its passes."""
        kept = tuple(each for each in self.passes if name_of(each) not in missing)
        return replace(self, passes=kept)

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


def _expand(*first: str) -> tuple[str, ...]:
    """Differentiation; the passes `first` go over each derivative before anything else looks at it."""
    return (
        "convert-linalg-to-loops",
        f'enzyme{{postpasses="{",".join((*first, *_TIDY))}"}}',
        *_TIDY,
    )


_EXPAND = _expand()
"""Differentiation. Each derivative is made plain at once, so that it can be differentiated again. Structured operations
on memory become loops before: in reverse mode Enzyme passes over a `linalg.generic` on memrefs in silence, and leaves
its derivative out."""

_LOWER = ("flatten-enzyme-caches", "enzyme-batch-to-tensor", "canonicalize", "cse")
"""What is left of caches and batches becomes memory and tensors."""

_EXPAND_STABLEHLO = _expand("arith-raise{stablehlo=true}")
"""Differentiation of StableHLO. What Enzyme adds becomes StableHLO at once: it adds up tensors of complex numbers by a
`complex.add` of tensors, which is no operation of MLIR."""

_RAISE = (
    "enzyme-batch-to-stablehlo",
    "arith-raise{stablehlo=true}",
    "func.func(chlo-legalize-to-stablehlo)",
    "canonicalize",
    "cse",
)
"""What Enzyme adds in `arith` becomes StableHLO as well, and what it adds in CHLO, such as conjugates."""

_OPTIONAL = ("flatten-enzyme-caches",)
"""Passes that not all releases of Enzyme have: 0.0.14 does not."""


def _named(name: str, passes: tuple[str, ...], summary: str) -> Pipeline:
    return Pipeline(name, passes, summary, _OPTIONAL)


_ALL = (
    _named(
        "differentiate",
        (*_EXPAND, *_LOWER),
        "Expand `autodiff` and `fwddiff`, nested ones too.",
    ),
    _named(
        "regions",
        ("outline-enzyme-regions", *_EXPAND, *_LOWER),
        "Expand `autodiff_region` and `fwddiff_region` as well.",
    ),
    _named(
        "branches",
        ("enzyme-lift-cf-to-scf", *_EXPAND, *_LOWER),
        "Expand `autodiff` and `fwddiff` of functions of several blocks, which become structured (`scf`) first.",
    ),
    _named("batch", ("enzyme-batch", "canonicalize"), "Expand `batch`."),
    _named(
        "batch-then-differentiate",
        ("enzyme-batch", *_EXPAND, *_LOWER),
        "Derivatives of functions that contain a `batch`.",
    ),
    _named(
        "differentiate-then-batch",
        (*_EXPAND, *_LOWER, "inline", "enzyme-batch", "canonicalize"),
        "A `batch` of functions that contain derivatives.",
    ),
    _named(
        "stablehlo",
        (*_EXPAND_STABLEHLO, *_RAISE),
        "Derivatives of StableHLO, as StableHLO; tensors of complex numbers too.",
    ),
    _named(
        "jacobian",
        ("lower-enzyme-jacobian-stablehlo", *_EXPAND_STABLEHLO, *_RAISE),
        "Products of a `jacobian` and a vector (`stablehlo.dot_general`) become derivatives in one direction.",
    ),
    _named(
        "expand",
        _EXPAND,
        "Expand `autodiff` and `fwddiff`, and leave gradients and caches that did not become plain values.",
    ),
    _named("parse", (), "Only read and verify."),
)

PipelineName = Literal[
    "differentiate",
    "regions",
    "branches",
    "batch",
    "batch-then-differentiate",
    "differentiate-then-batch",
    "stablehlo",
    "jacobian",
    "expand",
    "parse",
]
"""The names of pipelines, for type checkers."""

PIPELINES: Mapping[str, Pipeline] = MappingProxyType(
    {pipeline.name: pipeline for pipeline in _ALL}
)
"""The named pipelines."""


def read_pipeline(pipeline: str | Pipeline | Sequence[str]) -> Pipeline:
    """A pipeline by its name, as MLIR writes it, or as a sequence of passes.

    Raises `TypeError` for what is none of these, and `ValueError` for what is almost the name of a pipeline or has
    brackets without their partners.
    """
    if isinstance(pipeline, Pipeline):
        return pipeline
    if isinstance(pipeline, str):
        if pipeline in PIPELINES:
            return PIPELINES[pipeline]
        _check_name(pipeline)
        return Pipeline.read(pipeline)
    if not isinstance(pipeline, Sequence) or not all(
        isinstance(each, str) for each in pipeline
    ):
        raise TypeError(
            f"the pipeline is of type {type(pipeline).__name__}, accepted is one of {_listed()}, a pipeline of "
            "passes in MLIR's notation, or a sequence of passes"
        )
    passes = tuple(pipeline)
    for each in passes:
        _check_brackets(each)
    return Pipeline(",".join(passes), passes)


def check_pipeline(given: object, who: str) -> None:
    """Refuse what is no pipeline; raises `TypeError` and `ValueError`."""
    try:
        read_pipeline(given)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise type(error)(f"{who}: {error}") from None


def _listed() -> str:
    return ", ".join(map(repr, PIPELINES))


def _check_name(text: str) -> None:
    """Refuse a single word that is almost the name of a pipeline; raises `ValueError`."""
    near = difflib.get_close_matches(text.strip().lower(), PIPELINES, n=1, cutoff=0.8)
    if near:
        raise ValueError(
            f"there is no pipeline {text!r}; did you mean {near[0]!r}? There are {_listed()}"
        )


def _check_brackets(text: str) -> None:
    """Refuse brackets that nothing opens or closes; raises `ValueError`."""
    opened: list[int] = []
    for position, character in enumerate(text):
        if character in "({":
            opened.append(position)
        elif character in ")}" and (
            not opened or text[opened.pop()] + character not in ("()", "{}")
        ):
            raise ValueError(_bracket(text, position, "opens"))
    if opened:
        raise ValueError(_bracket(text, opened[-1], "closes"))


def _bracket(text: str, position: int, verb: str) -> str:
    return f"nothing {verb} the {text[position]!r} in column {position + 1} of the pipeline {text!r}"


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


def expands_batches(pipeline: Pipeline) -> bool:
    """Whether a pipeline expands batches."""
    return any(name_of(each) == "enzyme-batch" for each in pipeline.passes)


def likely_pass(name: str) -> str | None:
    """The pass of one of our pipelines that has almost this name."""
    known = {
        name_of(each) for pipeline in PIPELINES.values() for each in pipeline.passes
    }
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1)), None)


def name_of(each: str) -> str:
    """A pass without its options: `enzyme` of `enzyme{postpasses="cse"}`."""
    return each.partition("{")[0]
