"""Operations of the golden dialect `released` in every release: what is built, what is refused, what is read back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from toy_bindings import ir, using_release, verify
from toy_bindings.dialects import released
from toy_bindings.testing import operation_of, sample

TYPES = ("f64", "f32", "i64", "index")
SINCE = {None: 0, "1.0": 1, "2.0": 2, "3.0": 3}


def parsed(text: str) -> ir.Type:
    """A type of MLIR."""
    return ir.Type.parse(text)


def calls(given: dict[str, Any], since: int) -> dict[str, Callable[[], Any]]:
    """For each operation a call that is right in a release."""
    f64, f32, i64, index = (given[name] for name in TYPES)
    grown: dict[str, Any] = {"start": index, "logs_type": i64.type} if since >= 2 else {}
    grown |= {"last": [f64, f32], "others_type": f32.type, "mode": 3} if since == 3 else {}
    changed: dict[str, Any] = {"more": f32} if since == 2 else {"more": f64} if since == 3 else {}
    changed |= {"result_type": i64.type} if since == 3 else {}
    held: dict[str, Any] = {"body": list} if since != 1 else {}
    held |= {"before": list, "num_rest": 2} if since == 3 else {}
    return {
        "grow": lambda: released.grow(f64.type, f32.type, [f64, i64], seed=f64, **grown),
        "lose": lambda: released.lose(None if since == 3 else f64.type, f64, None if since == 2 else f64),
        "change": lambda: released.change(i64 if since == 3 else f64, **changed),
        "hold": lambda: released.hold("a", **held),
        "fade": lambda: released.fade(f64, f64 if since == 0 else None),
        "spread": lambda: released.spread([] if since == 3 else [f64.type, i64.type], "a"),
    }


def shown(part: Any) -> Any:
    """A part that an accessor gives, by its types."""
    if part is None:
        return None
    if isinstance(part, ir.Value):
        return str(part.type)
    if isinstance(part, ir.Region):
        return len(list(part.blocks))
    return [shown(each) for each in part]


PARTS = {
    "grow": ("start", "inputs", "seed", "last", "value", "logs", "state", "others"),
    "lose": ("left", "right", "value"),
    "change": ("value", "more", "result_"),
    "hold": ("before", "body", "rest"),
    "fade": ("left", "right"),
    "spread": ("values",),
}


def made(release: str | None) -> dict[str, Any]:
    """The operations in a release: as text, three times, by their parts, and what is found wrong."""
    with sample(*TYPES) as (_, *values), using_release(release):
        given = dict(zip(TYPES, values, strict=True))
        found: dict[str, Any] = {}
        for name, call in calls(given, SINCE[release]).items():
            results = [call() for _ in range(3)]  # the second and the third are made as the first was
            texts = [str(operation_of(each)) for each in results]
            operation: Any = operation_of(results[-1])
            found[name] = {
                "text": " ".join(texts[0].partition("released.")[2].split()),
                "alike": len({text.partition("released.")[2] for text in texts}) == 1,
                "parts": {part: shown(getattr(operation.opview, part)) for part in PARTS[name]},
                "wrong": [str(each) for each in verify(operation)],
            }
    return found


def said(call: Callable[[], Any]) -> str:
    """The complaint about a call."""
    try:
        call()
    except ValueError as error:
        return str(error)
    return ""


def refused() -> list[str]:
    """What is said of parts that a release lacks, and of those that it needs."""
    with sample(*TYPES) as (_, f64, f32, i64, index):
        found = []
        for release, call in (
            ("1.0", lambda: released.grow(f64.type, f32.type, [], start=index)),
            ("1.0", lambda: released.grow(f64.type, f32.type, [], last=[f64])),
            ("2.0", lambda: released.grow(f64.type, f32.type, [], logs_type=i64.type)),
            ("2.0", lambda: released.grow(f64.type, f32.type, [], start=index)),
            ("3.0", lambda: released.grow(f64.type, f32.type, [], start=index, logs_type=i64.type, last=[f64])),
            (None, lambda: released.grow(f64.type, f32.type, [], logs_type=i64.type)),
            ("2.0", lambda: released.lose(f64.type, f64, f64)),
            ("1.0", lambda: released.lose(f64.type, f64, None)),
            ("3.0", lambda: released.lose(f64.type, f64, f64)),
            ("1.0", lambda: released.lose(f64.type, f64, f32)),
            ("2.0", lambda: released.change(f64, more=f64)),
            ("1.0", lambda: released.hold("a", body=list)),
            ("2.0", lambda: released.hold("a", num_rest=1)),
            ("2.0", lambda: released.hold("a").build_before()),
            ("2.0", lambda: released.hold("a", before_arguments=[f64.type])),
            ("3.0", lambda: released.spread([f64.type], "a")),
            ("3.0", lambda: released.uncertain(f64)),
            ("2.0", lambda: released.fade(f64, f64)),
        ):
            with using_release(release):
                found.append(said(call))
        return found


def of_another_release() -> dict[str, list[str]]:
    """What `verify` says of the form of the newest release, in each."""
    with sample(*TYPES) as (_, *values):
        given = dict(zip(TYPES, values, strict=True))
        with using_release("3.0"):
            operations = [operation_of(call()) for call in calls(given, 3).values()]
        found = {}
        for release in ("1.0", "2.0", "3.0"):
            with using_release(release):
                messages = [str(each) for one in operations for each in verify(one)]
                found[release] = [message.partition("): ")[2] or message for message in messages]
        return found


def replaced() -> dict[str, str]:
    """An operand that only some releases have, replaced in one that has it, and in one that lacks it."""
    with sample("f64", "f64") as (_, one, other):
        with using_release("1.0"):
            there: Any = operation_of(released.lose(one.type, one, one)).opview
            there.right = other
            value = str(there.right.type) if there.right == other else "not replaced"
        with using_release("2.0"):
            gone: Any = operation_of(released.lose(one.type, one, None)).opview
            return {"there": value, "gone": said(lambda: setattr(gone, "right", other))}


def read_wrongly() -> list[str]:
    """What is said where an operation that one release made is read as one of another."""
    with sample(*TYPES) as (_, *values):
        given = dict(zip(TYPES, values, strict=True))
        with using_release("1.0"):
            made: dict[str, Any] = {n: operation_of(call()).opview for n, call in calls(given, 1).items()}
        with using_release("3.0"):
            return [
                said(lambda: made["grow"].inputs),
                said(lambda: made["grow"].state),
                said(lambda: made["lose"].left),
                said(lambda: made["lose"].value),
                said(lambda: made["hold"].body),
                said(lambda: made["hold"].rest),
                said(lambda: made["hold"].build_before()),
            ]


releases = {str(release): made(release) for release in SINCE}
again = made("1.0")  # what one release made is not taken for another
report = {
    "made": releases,
    "again": again,
    "refused": refused(),
    "verified": of_another_release(),
    "replaced": replaced(),
    "read": read_wrongly(),
}
print(json.dumps(report))
