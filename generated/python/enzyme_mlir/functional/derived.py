"""Functions that are made from functions of a module: what they have in common, and how each is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .. import lowering
from .._given import STAGES, Stage
from .._runtime.complaints import Complaint, complaining
from .._runtime.host import HOST
from ..releases import release_of
from .forms import Form
from .programs import Program, Recipe, program_of
from .signature import Jvp, Signature, Vjp

__all__ = [
    "Derived",
    "Gradient",
    "HessianProduct",
    "PullBack",
    "PushForward",
    "Source",
    "ValueAndGradient",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a derived function comes from."""

    title: str
    """What it is: `grad of @loss`."""
    recipe: Recipe
    """The function that was given, and the steps."""
    form: Form
    """How it is called."""


class Derived:
    """A function that was made from a function of a module, to be called with numbers and NumPy arrays.

    It is built when it is made, expanded by Enzyme and compiled at its first call, or at `compile`. The module is read
    when the function is made: what becomes of it later changes nothing. Calls may come from several threads.
    """

    def __init__(self, source: Source, title: str | None = None) -> None:
        self._source = source if title is None else replace(source, title=title)
        self._program: Program = program_of(source.recipe)

    @property
    def name(self) -> str:
        """What it is, e.g. `grad of @loss`."""
        return self._source.title

    @property
    def entry(self) -> str:
        """The symbol of the function in the IR."""
        return self._program.signature.entry

    @property
    def signature(self) -> Signature:
        """What it takes and gives, and what of that is the caller's."""
        return self._program.signature

    @property
    def source(self) -> Source:
        """Where it comes from; other functions are made of it with that."""
        return self._source

    def compile(self) -> None:
        """Expand and compile now, not at the first call.

        Raises:
            EnzymeError: Enzyme did not make anything of it, or is known to get it wrong.
            JitError: What Enzyme made cannot be compiled.
        """
        self._program.caller()

    def ir(self, stage: Stage = "lowered") -> str:
        """The IR as text.

        Args:
            stage: `given` for the module as it was given, `built` for that with the derivative asked for, `lowered` for
                what Enzyme made of it.

        Raises:
            ValueError: There is no such stage.
            EnzymeError: Enzyme did not make anything of it.
        """
        if stage not in STAGES:
            raise complaining(
                ValueError,
                self.name,
                Complaint("stage", f"{stage!r}", f"one of {', '.join(STAGES)}"),
            )
        if stage == "given":
            return self._source.recipe.given.shown
        return self._program.built() if stage == "built" else self._program.lowered()

    def __repr__(self) -> str:
        return f"<{self.name}: ({self._source.form.described})>"

    def _repr_html_(self) -> str:
        from .._runtime.highlighting import as_block  # loaded with the first notebook

        ir = as_block(self.ir("built"))
        return f"{as_block(str(self))}<details><summary>IR</summary>{ir}</details>"

    def __str__(self) -> str:
        recipe = self._source.recipe
        steps = [step.summary for step in recipe.steps]
        pipeline = lowering.PIPELINES[recipe.pipeline]
        done = "compiled" if self._program.is_compiled else "not compiled yet"
        return "\n".join(
            (
                f"{self.name}: {self.signature.described()}",
                f"  called with: {self._source.form.described}",
                f"  made of: {recipe.given.signature.described()}",
                f"  steps: {', then '.join(steps) or 'none'}; in the IR: @{self.entry}",
                f"  passes: {pipeline.name}: {pipeline.text}",
                f"  on: {HOST}, Enzyme {_release()}, {done}",
            )
        )

    def run(self, values: list[Any]) -> Any:
        """Call it with a value for each of its inputs."""
        return self._program.caller()(values, self.name)


def _release() -> str:
    """The release of Enzyme in use."""
    try:
        return release_of(lowering.find_enzyme()) or "of an unknown release"
    except lowering.EnzymeUnavailable:
        return "is not installed"


class Gradient(Derived):
    """What `grad` makes: it takes what the function takes, and returns the derivatives."""

    def __call__(self, *arguments: object, **named: object) -> Any:
        """The derivatives at a point: one by itself, several as a tuple.

        Args:
            arguments: As for the function itself.
            named: Arguments by their names.

        Raises:
            TypeError: An argument is missing, too much, or of a wrong kind.
            ValueError: An argument is out of range, of another shape, or shares memory with one that is written to.
            EnzymeError: Enzyme did not make anything of it (at the first call).
            JitError: It cannot be compiled (at the first call).
        """
        return self.run(self._source.form.flat(arguments, named, self.name))


class ValueAndGradient(Derived):
    """What `value_and_grad` makes: it takes what the function takes, and returns its value and the derivatives."""

    def __call__(self, *arguments: object, **named: object) -> tuple[Any, Any]:
        """The value and the derivatives at a point; arguments and errors are those of `grad`."""
        found: tuple[Any, Any] = self.run(
            self._source.form.flat(arguments, named, self.name)
        )
        return found


class PullBack(Derived):
    """What `vjp` makes: it takes the arguments and seeds, and returns results and derivatives."""

    def __call__(self, arguments: object, seeds: object) -> Vjp:
        """The derivatives of the outputs, each weighted with its seed.

        Args:
            arguments: A tuple of what the function takes, or a mapping of names; a single argument may stand by itself.
            seeds: A tuple with a value for each output, or a mapping of names; a single seed may stand by itself. None
                is zero. Outputs are the results and, behind them, memory that the function may write to.

        Raises:
            TypeError: An argument or a seed is missing, too much, or of a wrong kind.
            ValueError: One is out of range, of another shape, or shares memory with one that is written to.
            EnzymeError: Enzyme did not make anything of it (at the first call).
            JitError: It cannot be compiled (at the first call).
        """
        values = self._source.form.flat((arguments, seeds), {}, self.name)
        found: Vjp = self.run(values)
        return found


class PushForward(Derived):
    """What `jvp` makes: it takes the arguments and tangents, and returns results and their tangents."""

    def __call__(self, arguments: object, tangents: object) -> Jvp:
        """The derivatives of the outputs along tangents.

        Args:
            arguments: A tuple of what the function takes, or a mapping of names; a single argument may stand by itself.
            tangents: A tuple with a value for each argument of floats, or a mapping of names; a single tangent may
                stand by itself. None is zero.

        Raises:
            TypeError: An argument or a tangent is missing, too much, or of a wrong kind.
            ValueError: One is out of range, of another shape, or shares memory with one that is written to.
            EnzymeError: Enzyme did not make anything of it (at the first call).
            JitError: It cannot be compiled (at the first call).
        """
        values = self._source.form.flat((arguments, tangents), {}, self.name)
        found: Jvp = self.run(values)
        return found


class HessianProduct(Derived):
    """What `hvp` makes: it takes the arguments and a vector, and returns the Hessian times the vector."""

    def __call__(self, arguments: object, vectors: object) -> Any:
        """The products of the Hessian and vectors; arguments and errors are those of `jvp`."""
        return self.run(self._source.form.flat((arguments, vectors), {}, self.name))
