"""Derivatives of a module, from the innermost outwards, each stage prepared before Enzyme sees it.

A derivative of a derivative is differentiated when the inner one is plain code, so that what holds for the user's
functions holds for what Enzyme has made as well. Derivatives that are not due are calls of unknown functions meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .._runtime.host import ir
from .errors import EnzymeRefusal, IncompleteExpansion
from .origins import Origins
from .pipelines import Pipeline, name_of
from .prepare.building import add_operation, walk
from .prepare.derivatives import Derivative, functions_of, innermost, symbol_in
from .prepare.preparing import SUFFIX, free_name, prepare
from .reading import read_module

__all__ = ["Send", "check_complete", "expand_derivatives", "expands_derivatives"]

_IR: Any = ir

Send = Callable[[Any, Pipeline, str], str]
"""Runs a module through Enzyme: the module, the passes, and in words what for; gives its generic text, or raises."""

BATCH = Pipeline("batch", ("enzyme-batch", "canonicalize"))
_MADE = frozenset(
    f"enzyme.{name}"
    for name in (
        "autodiff batch dump extract concat fwddiff genericAdjoint get init placeholder pop push set load store"
    ).split()
)
"""Operations that must not be left when derivatives have been expanded."""


def expands_derivatives(pipeline: Pipeline) -> bool:
    """Whether a pipeline expands derivatives."""
    return any(name_of(each) == "enzyme" for each in pipeline.passes)


def expand_derivatives(module: Any, pipeline: Pipeline, send: Send) -> Any:
    """Expand all derivatives of a module.

    Args:
        module: The module, which is changed.
        pipeline: The passes that expand derivatives.
        send: Runs a module through Enzyme.

    Returns:
        The module without derivatives.

    Raises:
        EnzymeError: Enzyme failed.
    """
    names = [name_of(each) for each in pipeline.passes]
    at = names.index("enzyme")
    first = tuple(
        each
        for each, name in zip(pipeline.passes[:at], names, strict=False)
        if name not in ("convert-linalg-to-loops", "enzyme-batch")
    )
    stage = Pipeline(pipeline.name, pipeline.passes[at:])
    if first:
        module = _send(module, Pipeline(pipeline.name, first), send)
    due, later = innermost(module)
    if not due and not later:
        return _send(module, stage, send)
    while due:
        batches = [each for each in due if each.mode == "batch"]
        now = [each for each in due if each.mode != "batch"] or batches
        waiting = _Waiting(module, [*later, *(each for each in due if each not in now)])
        added = prepare(module, now) if now is not batches else []
        module = _send(module, BATCH if now is batches else stage, send)
        _remove(module, added)
        waiting.come_back(module)
        due, later = innermost(module)
    if later:
        raise EnzymeRefusal(_circle(later))
    return module


def _send(module: Any, pipeline: Pipeline, send: Send) -> Any:
    return read_module(send(module, pipeline), module.context)


def _circle(derivatives: Sequence[Derivative]) -> str:
    names = ", ".join(f"@{each.callee}" for each in derivatives)
    return f"a function contains its own derivative, which has no end: {names}"


def _remove(module: Any, names: Sequence[str]) -> None:
    """Take prepared functions away again, and call their derivatives as those of the functions that they come from."""
    functions = functions_of(module)
    for name in names:
        if name in functions:
            functions.pop(name).erase()
    renamed: dict[str, str] = {}
    for name, function in functions.items():
        if SUFFIX in name:
            plain = free_name(
                name.partition(SUFFIX)[0], {*functions, *renamed.values()}
            )
            renamed[name] = plain
            function.attributes["sym_name"] = _IR.StringAttr.get(plain)
    for operation in walk(module.operation):
        if operation.name == "func.call":
            name = symbol_in(operation.attributes["callee"])
            if name in renamed:
                callee = _IR.FlatSymbolRefAttr.get(renamed[name])
                operation.attributes["callee"] = callee


class _Waiting:
    """Derivatives that are not due: calls of functions that are only declared, until they come back."""

    def __init__(self, module: Any, derivatives: Sequence[Derivative]) -> None:
        self._held: dict[str, tuple[str, dict[str, Any]]] = {}
        self._hidden: dict[str, Any] = {}
        functions = functions_of(module)
        for derivative in derivatives:
            self._hold(module, derivative, functions)

    def _hold(
        self, module: Any, derivative: Derivative, functions: dict[str, Any]
    ) -> None:
        operation = derivative.operation
        name = f"enzyme.waiting.{len(self._held)}"
        self._held[name] = (
            operation.name,
            {each: operation.attributes[each] for each in operation.attributes},
        )
        self._show(derivative.callee, functions)
        operands = list(operation.operands)
        results = [result.type for result in operation.results]
        with operation.location:
            kind = _IR.FunctionType.get([each.type for each in operands], results)
            with _IR.InsertionPoint(module.body):
                add_operation(
                    "func.func",
                    attributes={
                        "sym_name": _IR.StringAttr.get(name),
                        "sym_visibility": _IR.StringAttr.get("private"),
                        "function_type": _IR.TypeAttr.get(kind),
                    },
                    regions=1,
                )
            callee = {"callee": _IR.FlatSymbolRefAttr.get(name)}
            with _IR.InsertionPoint(operation):
                call = add_operation("func.call", operands, results, callee)
        for old, new in zip(operation.results, list(call.results), strict=True):
            old.replace_all_uses_with(new)
        operation.erase()

    def _show(self, name: str, functions: dict[str, Any]) -> None:
        """Make a function public meanwhile, so that no pass takes it for unused."""
        if name in functions and name not in self._hidden:
            attributes = functions[name].attributes
            self._hidden[name] = (
                attributes["sym_visibility"] if "sym_visibility" in attributes else None
            )
            attributes["sym_visibility"] = _IR.StringAttr.get("public")

    def come_back(self, module: Any) -> None:
        """Put the derivatives in the place of the calls again."""
        for operation in list(walk(module.operation)):
            if operation.name != "func.call":
                continue
            name = symbol_in(operation.attributes["callee"])
            if name not in self._held:
                continue
            kind, attributes = self._held[name]
            with operation.location, _IR.InsertionPoint(operation):
                back = add_operation(
                    kind,
                    list(operation.operands),
                    [result.type for result in operation.results],
                    attributes,
                )
            for old, new in zip(operation.results, list(back.results), strict=True):
                old.replace_all_uses_with(new)
            operation.erase()
        functions = functions_of(module)
        for name in self._held:
            if name in functions:
                functions[name].erase()
        for name, visibility in self._hidden.items():
            if name not in functions:
                continue
            attributes = functions[name].attributes
            if visibility is None:
                del attributes["sym_visibility"]
            else:
                attributes["sym_visibility"] = visibility


def check_complete(module: Any, given: Any, origins: Origins) -> None:
    """Refuse what Enzyme has left behind.

    Raises:
        IncompleteExpansion: An operation is left that the given module did not have.
    """
    before = {operation.name for operation in walk(given.operation)}
    before -= {"enzyme.autodiff", "enzyme.fwddiff", "enzyme.batch"}
    for operation in walk(module.operation):
        if operation.name in _MADE and operation.name not in before:
            fault = origins.find(str(operation.location))
            raise IncompleteExpansion(
                f"Enzyme left {operation.name} behind, which no pass of the pipeline takes away",
                fault=fault,
            )
