"""From what a caller gives `grad` and its like to where a derived function comes from."""

from __future__ import annotations

from dataclasses import replace

from .._given import UNSOUND, Unsound
from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import shown
from .derived import Derived, Source
from .drafting import Step
from .forms import Flat, Form, Pair, Slot
from .jacobians import Jacobian
from .programs import Recipe, program_of
from .reading import read_function
from .signature import Signature
from .steps import Forward, Reverse

__all__ = ["add_step", "pair_of_seeds", "pair_of_tangents", "signature_of", "start"]


def start(
    given: object, entry: str | None, who: str, unsound: Unsound | None
) -> Source:
    """The function that is meant, as it was given, or as another derived function.

    Raises:
        TypeError: `given` is not a function, or of another host.
        ValueError: There is no such function.
    """
    if unsound is not None and unsound not in UNSOUND:
        raise complaining(
            ValueError,
            who,
            Complaint("unsound", shown(unsound), f"one of {', '.join(UNSOUND)}"),
        )
    if isinstance(given, Derived):
        if entry is not None:
            raise complaining(
                ValueError,
                who,
                Complaint(
                    "entry",
                    shown(entry),
                    f"nothing, as the function was given: {given.name}",
                ),
            )
        if isinstance(given, Jacobian):
            raise TypeError(
                f"{who}: module is {given.name}, which is many calls, accepted are functions that are one: grad, "
                "value_and_grad, vjp, jvp, hvp, vmap"
            )
        source = given.source
        recipe = source.recipe
        if unsound is not None:
            recipe = replace(recipe, unsound=unsound)
        return replace(source, title=given.name, recipe=recipe)
    found = read_function(given, entry, who)
    recipe = Recipe(found, (), unsound or "refuse")
    return Source(f"@{found.signature.entry}", recipe, Flat(found.signature.inputs))


def signature_of(source: Source) -> Signature:
    """What the function takes and gives."""
    return program_of(source.recipe).signature


def add_step(source: Source, word: str, step: Step, form: Form | None = None) -> Source:
    """A function made of another one by one more step."""
    recipe = replace(source.recipe, steps=(*source.recipe.steps, step))
    return Source(f"{word} of {source.title}", recipe, form or source.form)


def pair_of_seeds(source: Source, step: Reverse) -> Pair:
    """The arguments, and seeds for the outputs."""
    function = signature_of(source)
    places = step.seeds(function)
    slots = tuple(
        Slot(output.name, places.get(number))
        for number, output in enumerate(function.outputs)
    )
    required = max(1, len(function.results))
    built = step_inputs(source, step)
    return Pair(source.form, "seeds", slots, required, built.inputs)


def pair_of_tangents(source: Source, step: Forward, word: str = "tangents") -> Pair:
    """The arguments, and tangents for those that are followed."""
    function = signature_of(source)
    first = len(function.inputs)
    slots = tuple(
        Slot(one.name, first + step.wrt.index(number) if number in step.wrt else None)
        for number, one in enumerate(function.inputs)
    )
    built = step_inputs(source, step)
    return Pair(source.form, word, slots, len(slots), built.inputs)


def step_inputs(source: Source, step: Step) -> Signature:
    """What the function takes after one more step."""
    recipe = replace(source.recipe, steps=(*source.recipe.steps, step))
    return program_of(recipe).signature
