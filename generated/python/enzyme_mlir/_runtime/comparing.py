"""Functions that compare a call of a builder with an earlier one, and build the same again: their text, compiled.

A function is written for all calls of one form: so many operands, such lists, results given or not. What differs
between calls of a form, it gets as `Kept`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from ..releases import CHOSEN, here
from .dataclass import dataclass
from .host import BlockArgument, OpResult, Value, ir
from .rules import OperationRules
from .series import OPEN, Series, current_series
from .surroundings import check_place, current_place
from .verification import is_verifying
from .views import wanted

__all__ = ["Again", "Form", "Kept", "form_of", "function_for", "leaves", "promote"]

Again: TypeAlias = Callable[[tuple[Any, ...], tuple[Any, ...], Any, Any], Any]
"""Builds an operation of operands, attributes, results and place, and returns what its builder does.

None where the call is not like the earlier one.
"""

_FAILURES = "(AttributeError, IndexError, RuntimeError, TypeError, ValueError)"

_MOST = 64
"""How many arguments are compared one by one."""

_LEAVES = (str, int, float, enum.Enum, ir.Attribute, ir.Type, type(None))
"""What never changes once it is made."""


@dataclass(frozen=True, slots=True)
class Form:
    """What all calls have in common that one function compares.

    `operands` has for each declared operand the number of values in a list, -1 for None, or None for one value.
    `attributes` and `results` are forms as `form_of` gives them.
    """

    operands: tuple[int | None, ...]
    attributes: tuple[Any, ...]
    results: Any
    is_right: bool
    """Whether the earlier call was checked; else only calls that are not to be checked are like it."""
    is_inferred: bool
    """Whether the result types follow from the types of the operands."""
    is_left_to_host: bool
    """Whether the host infers the result types, whatever the operands are, in calls that are not checked."""
    is_registered: bool
    """Whether the host knows the operation."""
    looks_around: bool
    """Whether what is around the operation has to be looked at, when it is there."""
    has_regions: bool
    is_quick: bool
    """Whether it is for one series of operations: what is around them does not change."""
    outcome: str
    """What is returned: `result`, `results` or `opview` of the operation, or the operation as a `view`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one call: what was given, where, and what came out of it."""

    form: Form
    name: str
    leaves: tuple[Any, ...]
    operand_types: tuple[ir.Type, ...]
    result_types: list[ir.Type]
    attributes: dict[str, ir.Attribute]
    context: ir.Context | None
    holds: Callable[[Any], bool] | None
    """Whether what is around an operation, and is given, is still what it was."""
    regions: int
    rules: OperationRules
    cls: type[ir.OpView] | None
    """The class of the operation, where it is returned as that."""
    series: Series | None = None
    """The series of operations that the call is one of, where the function is for that."""
    arguments: tuple[Any, ...] = ()
    """The operands that are arguments of blocks, None for each other one, in a series."""


def form_of(given: Any) -> Any:
    """The form of what was given: "same" or "is" for a leaf, which is equal or the same object; its kind and its items
    for a list or a tuple; None where it could change.
    """
    kind = given.__class__
    if kind is list or kind is tuple:
        items = tuple(map(form_of, given))
        return None if None in items else (kind.__name__, items)
    if not isinstance(given, _LEAVES):
        return None
    return "is" if isinstance(given, float) else "same"  # 0.0 equals -0.0


def leaves(given: Any) -> Iterator[Any]:
    """The leaves of what was given, in the order of its form."""
    if given.__class__ is list or given.__class__ is tuple:
        for item in given:
            yield from leaves(item)
    else:
        yield given


class _Names:
    """Numbers the leaves that are compared."""

    def __init__(self) -> None:
        self.count = 0

    def differences(self, part: str, form: Any) -> Iterator[str]:
        """The conditions under which `part` is not what was kept of this form."""
        if isinstance(form, tuple):
            kind, items = form
            yield f"{part}.__class__ is not {kind}"
            yield f"len({part}) != {len(items)}"
            for index, item in enumerate(items):
                yield from self.differences(f"{part}[{index}]", item)
            return
        kept = f"k{self.count}"
        self.count += 1
        if form == "is":
            yield f"{part} is not {kept}"
        else:
            yield f"({part} is not {kept} and ({part}.__class__ is not {kept}.__class__ or {part} != {kept}))"


def _differ(conditions: Iterator[str] | list[str]) -> list[str]:
    """The statement that gives up under any of the conditions."""
    found = list(conditions)
    return [f"if {' or '.join(found)}:", "    return None"] if found else []


def _unpacked(names: list[str], source: str) -> list[str]:
    return [f"{', '.join(names)}, = {source}"] if names else []


def _operands(form: Form) -> tuple[list[str], list[str]]:
    """Statements that take the operands apart, and the names of all values."""
    parts = [f"o{index}" for index in range(len(form.operands))]
    lines = _unpacked(parts, "operands")
    values: list[str] = []
    for part, count in zip(parts, form.operands, strict=True):
        if count is None:
            values.append(part)
        elif count < 0:
            lines += _differ([f"{part} is not None"])
        else:
            items = [f"{part}_{index}" for index in range(count)]
            kinds = f"({part}.__class__ is not list and {part}.__class__ is not tuple)"
            lines += _differ([kinds, f"len({part}) != {count}"])
            lines += _unpacked(items, part)
            values += items
    return lines, values


def _types(form: Form, values: list[str]) -> list[str]:
    """Conditions under which values are not of the types that were kept."""
    if form.is_left_to_host or not (form.is_right or form.is_inferred):
        return []
    # Hosts answer == faster than !=.
    return [f"not {value}.type == t{i}" for i, value in enumerate(values)]


def _kinds(values: list[str]) -> list[str]:
    """Conditions under which values are none that can be used; of one that is gone even the type must not be read."""
    return [
        f"({value}.__class__ is not BlockArgument and "
        f"({value}.__class__ is not OpResult or not {value}.owner.attached))"
        for value in values
    ]


_OTHER_CONTEXT = _differ(
    ["(Context.current if loc is None else loc.context) is not context"]
)

# A current place is in the current context: hosts see to it.
_PLACE = [
    "if ip is None:",
    "    around = InsertionPoint.current",
    "    if loc is not None and loc.context is not context:",
    "        return None",
    "else:",
    "    around = ip",
    *(f"    {line}" for line in _OTHER_CONTEXT),
    "if around is not known_place:",
    *(f"    {line}" for line in _OTHER_CONTEXT),
    "    if check_place(name, around, context):",
    "        known_place = around",
]


def _checks(form: Form, values: list[str]) -> list[str]:
    """Statements that look at types and place, as far as that is asked for."""
    types = _differ(_types(form, values))
    if not form.is_right:
        unchecked = _differ(["verify and is_verifying()"])
        return [*unchecked, *types, *_OTHER_CONTEXT]
    if form.is_inferred:
        return [*types, *_PLACE]
    return [
        "is_checked = verify and is_verifying()",
        "if is_checked:",
        *(f"    {line}" for line in (*types, *_PLACE)),
        "else:",
        *(f"    {line}" for line in _OTHER_CONTEXT),
    ]


def _quick_checks(form: Form, values: list[str]) -> list[str]:
    """Statements that look at what may change within one series of operations."""
    kinds, types = _kinds(values), _types(form, values)
    fits = [
        f"({value} is not b{i} and ({' or '.join((kinds[i], *types[i : i + 1]))}))"
        for i, value in enumerate(values)
    ]
    place = ["loc is not None", "ip is not None", "InsertionPoint.current is not there"]
    unchecked = [] if form.is_right else ["verify and is_verifying()"]
    return _differ([*place, *unchecked, *fits])


def _creation(form: Form, values: list[str]) -> list[str]:
    """Statements that create the operation."""
    if form.is_left_to_host:
        parts = f"name, None, [{', '.join(values)}], made"
        return [f"operation = create({parts}, None, regions, loc, ip, True)"]
    parts = f"name, types, [{', '.join(values)}], made"
    full = f"operation = create({parts}, None, regions, loc, ip)"
    short = f"operation = create({parts})"
    if form.has_regions:
        return [full]
    if form.is_quick:
        return [short]
    is_here = "loc is None and ip is None"
    return [f"if {is_here}:", f"    {short}", "else:", f"    {full}"]


def _outcome(form: Form, values: list[str]) -> list[str]:
    """Statements that look at what is around the operation, now that it is cheap to find, and return."""
    lines: list[str] = []
    if form.looks_around and not form.is_quick:
        lines += [
            f"if {'True' if form.is_inferred else 'is_checked'}:",
            "    try:",
            "        is_same = holds(operation.parent)",
            f"    except {_FAILURES}:",
            "        is_same = False",
            "    if not is_same:",
            "        operation.erase()",
            "        return None",
        ]
    if not form.is_quick:
        given = ", ".join(values)
        lines += ["if OPEN.count:", f"    promote(kept, [{given}])"]
    lines += [
        "view = wanted()",
        "if view is not None and view.OPERATION_NAME == name:",
        "    stand_for(view, operation)",
        "    return view",
    ]
    if form.outcome == "view":
        return [
            *lines,
            "view = new(cls)",
            "stand_for(view, operation)",
            "return view",
        ]
    return [*lines, f"return operation.{form.outcome}"]


def _text(form: Form) -> str:
    """The function that makes the function of one call."""
    names = _Names()
    parts = [f"a{index}" for index in range(len(form.attributes))]
    differences = [
        each
        for part, of in zip(parts, form.attributes, strict=True)
        for each in names.differences(part, of)
    ]
    differences += names.differences("results", form.results)
    operands, values = _operands(form)
    others = ["here() is not named_here", "CHOSEN.release is not named"]
    if form.is_quick:
        others.insert(0, "current_series() is not series")
    elif not form.is_registered:
        others.append("not context.allow_unregistered_dialects")
    checks = [*_differ(_kinds(values)), *_differ(others), *_checks(form, values)]
    if form.is_quick:
        checks = _quick_checks(form, values)
    body = [
        *(_differ(others) if form.is_quick else []),
        "loc, ip, verify = place",
        *_unpacked(parts, "attributes"),
        *_differ(differences),
        *operands,
        *checks,
        *_creation(form, values),
    ]
    kept = [f"k{index}" for index in range(names.count)]
    types = [f"t{index}" for index in range(len(_types(form, values)))]
    arguments = [f"b{i}" for i in range(len(values) if form.is_quick else 0)]
    return "\n".join(
        [
            "def remember(kept):",
            *(f"    {line}" for line in _unpacked(kept, "kept.leaves")),
            *(f"    {line}" for line in _unpacked(types, "kept.operand_types")),
            *(f"    {line}" for line in _unpacked(arguments, "kept.arguments")),
            "    name, types, made = kept.name, kept.result_types, kept.attributes",
            "    context, holds, regions = kept.context, kept.holds, kept.regions",
            "    cls, series = kept.cls, kept.series",
            "    new = None if cls is None else cls.__new__",
            "    there = None if series is None else series.place",
            "    named_here, named = here(), CHOSEN.release",
            "    known_place = None",
            "    def again(operands, attributes, results, place):",
            "        nonlocal known_place",
            "        try:",
            *(f"            {line}" for line in body),
            f"        except {_FAILURES}:",
            "            return None  # what is wrong, the long way says",
            *(f"        {line}" for line in _outcome(form, values)),
            "    return again",
        ]
    )


@lru_cache(maxsize=512)
def _compiled(form: Form) -> Callable[[Kept], Again]:
    names: dict[str, Any] = {
        "OPEN": OPEN,
        "BlockArgument": BlockArgument,
        "CHOSEN": CHOSEN,
        "Context": ir.Context,
        "InsertionPoint": ir.InsertionPoint,
        "OpResult": OpResult,
        "check_place": check_place,
        "create": ir.Operation.create,
        "current_series": current_series,
        "here": here,
        "is_verifying": is_verifying,
        "promote": promote,
        "stand_for": ir.OpView.__init__,
        "wanted": wanted,
    }
    # Under a name in this folder, so that locations that are made of tracebacks leave it out.
    exec(compile(_text(form), f"{__file__}:remember", "exec"), names)
    found: Callable[[Kept], Again] = names["remember"]
    return found


def function_for(kept: Kept) -> Again | None:
    """The function that builds again what was built once; None where there is too much to compare."""
    is_long = len(kept.leaves) + len(kept.operand_types) > _MOST
    return None if is_long else _compiled(kept.form)(kept)


def promote(kept: Kept, values: Sequence[Value]) -> None:
    """Take a call, with these operands, for right in the series that it is part of, if it is."""
    series = current_series()
    if series is None or current_place() is not series.place:
        return
    arguments = tuple(
        value if value.__class__ is BlockArgument else None for value in values
    )
    quick = replace(
        kept, form=replace(kept.form, is_quick=True), series=series, arguments=arguments
    )
    again = function_for(quick)
    if again is not None and kept.context is not None:
        series.keep(kept.rules.memory, kept.context, again, _assumed(quick))


def _assumed(kept: Kept) -> Callable[[Any], str]:
    """Says what does not hold any more of what a call in a series was taken for right by; nothing where all does."""

    def change(around: Any) -> str:
        for value, type in zip(kept.arguments, kept.operand_types, strict=True):
            if value is not None and value.type != type:
                return f"an operand of {kept.name} became {value.type}"
        if kept.holds is None or (around is not None and kept.holds(around.operation)):
            return ""
        return f"what is around {kept.name}, or a function that it names, changed"

    return change
