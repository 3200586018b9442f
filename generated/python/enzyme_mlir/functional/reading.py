"""The function that a caller means: from a module, a text or an operation to the function and what it needs."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import gone, is_gone, of_this_host, shown, unknown_case
from .._runtime.host import ir
from ..jit import JitError
from ..jit.kinds import read_kind
from ..lowering.contexts import full_context
from ..lowering.errors import EnzymeError
from ..lowering.parsing import read_text
from ..lowering.prepare.building import functions_in, symbol_of
from .effects import written_arguments
from .names import names_in_text, names_of
from .signature import (
    Group,
    Input,
    Origin,
    Output,
    Parameter,
    Place,
    Signature,
    Tree,
    is_memory,
    known_shape,
    shape_of,
)

__all__ = ["Given", "free_symbol", "keep_needed", "parse", "printed", "read_function"]

_IR: Any = ir
_SYMBOL = re.compile(r'@(?:"((?:[^"\\]|\\.)*)"|([\w$.-]+))')
KEPT = 64
"""How many modules are kept that were read, so that those that are given again need not be."""

_read: OrderedDict[tuple[str, str, str | None], Given] = OrderedDict()
_lock = threading.Lock()
_ACCEPTED = (
    "a module, its text, a function of it (func.func, or what func.FuncOp.from_py_func made), or a function that "
    "grad and its like made"
)


@dataclass(frozen=True, slots=True)
class Given:
    """A function as it was given."""

    shown: str
    """The module that was given, as it prints."""
    text: str
    """The part of it that the function needs, with locations."""
    signature: Signature
    """The function."""

    @property
    def digest(self) -> str:
        """A hash of what the function needs, and of how its arguments are called."""
        names = [one.name for one in self.signature.inputs]
        return hashlib.sha256(f"{names}{self.text}".encode()).hexdigest()


def parse(text: str) -> Any:
    """A module in a context of its own, which knows all dialects of the host."""
    return _IR.Module.parse(text, full_context())


def printed(operation: Any, *, locations: bool = False) -> str:
    """An operation as text."""
    return str(operation.get_asm(enable_debug_info=locations))


def free_symbol(module: Any, wished: str) -> str:
    """A symbol that a module does not have: the one that is wished for, or that with a number."""
    taken = {symbol_of(each.operation) for each in module.body.operations}
    name, count = wished, 1
    while name in taken:
        count += 1
        name = f"{wished}{count}"
    return name


def read_function(given: object, entry: str | None, who: str) -> Given:
    """Find out which function is meant, what it takes and gives, and which part of the module it needs.

    Args:
        given: A module, its text, or a function.
        entry: The function's name, if a module was given; not needed where it has one function with a body.
        who: What is asked for, for errors.

    Raises:
        TypeError: `given` is none of that, or of another host.
        ValueError: The module cannot be read, there is no such function, or it takes or gives what has no Python value.
    """
    if entry is not None and not isinstance(entry, str):
        raise complaining(
            TypeError, who, Complaint("entry", shown(entry), "the name of a function")
        )
    of_this_host(who, "module", given)
    if isinstance(given, str):
        text = shown_text = given
    else:
        operation, name = _module_around(given, who)
        if name and entry not in (None, name):
            raise complaining(
                ValueError,
                who,
                Complaint(
                    "entry",
                    f"{entry!r}",
                    f"nothing, as the function was given: @{name}",
                ),
            )
        entry = entry or name or None
        text, shown_text = printed(operation, locations=True), printed(operation)
    key = (text, shown_text, entry)
    found = _read.get(key)
    if found is None:
        found = _read_text(text, shown_text, entry, isinstance(given, str), who)
        with _lock:
            _read[key] = found
            while len(_read) > KEPT:
                _read.popitem(last=False)
    return found


def _read_text(
    text: str, shown_text: str, entry: str | None, is_written: bool, who: str
) -> Given:
    """Read a module; where it was given as text, the names in it are those of the arguments."""
    try:
        module = read_text(text, full_context())
    except EnzymeError as error:
        raise ValueError(f"{who}: the module cannot be read: {error}") from None
    with module.context, _IR.Location.unknown():
        functions = functions_in(module.operation)
        entry = _entry(functions, entry, who)
        written = names_in_text(text, entry) if is_written else ()
        names = names_of(functions[entry], written)
        keep_needed(module, entry)
        signature = _signature(functions_in(module.operation), entry, names, who)
        return Given(shown_text, printed(module.operation, locations=True), signature)


def _module_around(given: Any, who: str) -> tuple[Any, str]:
    """The operation of a module, and the name of the function if one was given."""
    made: Any = getattr(given, "func_op", None)
    if callable(given) and made is not None:  # what `from_py_func` made
        given = made
    if isinstance(given, _IR.OpView | _IR.Operation) and is_gone(given):
        raise gone(who, "module")
    operation: Any = getattr(given, "operation", None)
    if not isinstance(operation, _IR.Operation):
        raise complaining(TypeError, who, Complaint("module", shown(given), _ACCEPTED))
    if operation.name == "builtin.module":
        return operation, ""
    if operation.name != "func.func":
        raise complaining(
            TypeError,
            who,
            Complaint("module", f"an operation {operation.name}", _ACCEPTED),
        )
    parent = operation.parent
    while parent is not None and parent.operation.name != "builtin.module":
        parent = parent.operation.parent
    around = operation if parent is None else parent.operation
    return around, symbol_of(operation)


def _entry(functions: Mapping[str, Any], entry: str | None, who: str) -> str:
    """The function that is meant."""
    name = entry.removeprefix("@") if entry is not None else None
    if name is None:
        bodies = [each for each, function in functions.items() if _has_body(function)]
        if len(bodies) != 1:
            listed = ", ".join(f"@{each}" for each in bodies) or "none"
            raise complaining(
                ValueError,
                who,
                Complaint(
                    "entry", "None", f"the name of a function with a body: {listed}"
                ),
            )
        return bodies[0]
    if name not in functions:
        raise unknown_case(who, "entry", name, list(functions))
    if not _has_body(functions[name]):
        raise complaining(
            ValueError,
            who,
            Complaint(
                "entry", f"{name!r}, which is only declared", "a function with a body"
            ),
        )
    return name


def _has_body(function: Any) -> bool:
    return bool(list(function.regions[0].blocks))


def keep_needed(module: Any, entry: str) -> None:
    """Take away what a function does not refer to, directly or through others."""
    operations = {
        symbol_of(each.operation): each.operation for each in module.body.operations
    }
    needed: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in operations or name in needed:
            continue
        needed.add(name)
        found = _SYMBOL.findall(printed(operations[name]))
        waiting += [quoted or plain for quoted, plain in found]
    for name, operation in operations.items():
        if name and name not in needed:
            operation.erase()


def _signature(
    functions: dict[str, Any], entry: str, names: list[str], who: str
) -> Signature:
    """The function as it stands in the IR: what it returns, and memory that it may write to, are its outputs."""
    kind: Any = _IR.TypeAttr(functions[entry].attributes["function_type"]).value
    where = f"of @{entry}"
    try:
        takes = [
            read_kind(given, f"argument {name} {where}")
            for given, name in zip(kind.inputs, names, strict=True)
        ]
        gives = tuple(
            read_kind(given, f"result {position} {where}")
            for position, given in enumerate(kind.results)
        )
    except JitError as error:
        raise ValueError(f"{who}: {error}") from None
    for position, given in enumerate(gives):
        if is_memory(given):
            raise complaining(
                ValueError,
                who,
                Complaint(
                    f"result {position} {where}",
                    f"{given}",
                    "a number or a tensor",
                    "write into an argument instead, which is an output too",
                ),
            )
    writes = written_arguments(functions, entry)
    inputs = tuple(
        Input(name, taken, shape_of(taken, number))
        for number, (name, taken) in enumerate(zip(names, takes, strict=True))
    )
    parameters = tuple(
        Parameter(taken, Origin.GIVEN, number, is_written=writes[number])
        for number, taken in enumerate(takes)
    )
    outputs = [
        Output(
            "result" if len(gives) == 1 else f"result {position}",
            given,
            Place.RESULT,
            position,
            known_shape(given),
        )
        for position, given in enumerate(gives)
    ]
    outputs += [
        Output(one.name, one.kind, Place.MEMORY, number, one.shape)
        for number, one in enumerate(inputs)
        if is_memory(one.kind) and writes[number]
    ]
    return Signature(
        entry=entry,
        inputs=inputs,
        parameters=parameters,
        results=gives,
        outputs=tuple(outputs),
        tree=_tree(len(gives)),
    )


def _tree(count: int) -> Tree:
    """The form in which a function returns its results."""
    if count == 0:
        return None
    return 0 if count == 1 else Group(tuple(range(count)))
