"""Steps from a function to machine code: built at once, lowered and compiled at the first call, each once.

What was built or compiled is kept by the content of the module, the function, the steps, the release and the host, so
that asking for the same derivative again costs next to nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from .. import jit, lowering
from .._given import Unsound
from .._runtime.host import HOST, ir
from ..lowering.prepare.building import walk
from ..releases import release_in_use, release_of
from .drafting import Step
from .reading import Given, keep_needed, parse, printed
from .signature import Signature
from .values import Caller

__all__ = ["Program", "Recipe", "program_of"]

_IR: Any = ir
KEPT = 256
"""How many programs are kept for those who ask again; what is in use is never lost."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A function and what is made of it, one step after the other."""

    given: Given
    """The function."""
    steps: tuple[Step, ...] = ()
    """What is made of it."""
    unsound: Unsound = "refuse"
    """What `lowering.run` does about derivatives that Enzyme is known to get wrong."""

    @property
    def pipeline(self) -> lowering.PipelineName:
        """The pipeline of `lowering` that expands what the steps have built."""
        return "stablehlo" if HOST == "jaxlib.mlir" else "differentiate"


class Program:
    """A recipe that was carried out: the IR with the new functions, and compiled code when it is asked for."""

    def __init__(self, recipe: Recipe, enzyme: str | None) -> None:
        self.recipe = recipe
        self.signature, self._text = _build(recipe)
        self._enzyme = enzyme
        self._lowered: str | None = None
        self._caller: Caller | None = None
        self._lock = threading.RLock()

    @property
    def is_compiled(self) -> bool:
        """Whether there is compiled code already."""
        return self._caller is not None

    def built(self) -> str:
        """The module with the new functions, before Enzyme."""
        return printed(parse(self._text).operation)

    def lowered(self) -> str:
        """What Enzyme made of the module, as far as the function needs it.

        Raises:
            EnzymeError: Enzyme did not make anything of it.
        """
        with self._lock:
            if self._lowered is None:
                module = parse(self._text)
                if any(
                    each.name.startswith("enzyme.") for each in walk(module.operation)
                ):
                    module = self._run(module)
                    keep_needed(module, self.signature.entry)
                self._lowered = printed(module.operation)
            return self._lowered

    def _run(self, module: Any) -> Any:
        return lowering.run(
            module,
            self.recipe.pipeline,
            unsound=self.recipe.unsound,
            enzyme=self._enzyme,
        )

    def caller(self) -> Caller:
        """The compiled function.

        Raises:
            EnzymeError: Enzyme did not make anything of it.
            JitError: It cannot be compiled.
        """
        if self._caller is None:
            with self._lock:
                if self._caller is None:
                    compiled = jit.compile(self.lowered(), self.signature.entry)
                    self._caller = Caller(self.signature, compiled)
        return self._caller


def _build(recipe: Recipe) -> tuple[Signature, str]:
    """Take all steps."""
    module = parse(recipe.given.text)
    signature = recipe.given.signature
    with module.context, _IR.Location.unknown():
        for step in recipe.steps:
            signature = step.build(module, signature)
    return signature, printed(module.operation, locations=True)


_kept: OrderedDict[tuple[object, ...], Program] = OrderedDict()
_lock = threading.Lock()


def program_of(recipe: Recipe) -> Program:
    """The program of a recipe: the one that there is, or a new one."""
    try:
        enzyme = str(lowering.find_enzyme())
    except lowering.EnzymeUnavailable:  # said when it is needed
        enzyme = None
    key = (
        recipe.given.digest,
        recipe.given.signature.entry,
        recipe.steps,
        recipe.unsound,
        release_in_use(),
        enzyme,
        release_of(enzyme),
        HOST,
    )
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    program = Program(recipe, enzyme)
    with _lock:
        program = _kept.setdefault(key, program)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return program
