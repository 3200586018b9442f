"""Bodies that fail, give back wrong things, or take apart what they stand in."""

from __future__ import annotations

import contextlib
from typing import Any

from enzyme_mlir import ir, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse
from enzyme_mlir.testing import operation_of, printed

from .case import UNSURE, Misuse, Surroundings


def _current() -> Any:
    return ir.InsertionPoint.current.block


def _raise(error: BaseException) -> Any:
    raise error


def _erase_operation(x: Any) -> Any:
    _current().owner.erase()
    return [x]


def _erase_and_raise(x: Any) -> Any:
    _current().owner.erase()
    raise ZeroDivisionError("stop")


def _move_away(x: Any) -> Any:
    _current().owner.detach_from_parent()
    return [x]


def _move_and_raise(x: Any) -> Any:
    _current().owner.detach_from_parent()
    raise ZeroDivisionError("stop")


def _empty_block(x: Any) -> Any:
    made = enzyme.ignore_derivatives(x)
    made.owner.erase()
    return made


def _erase_argument(x: Any) -> Any:
    _current().erase_argument(0)
    return []


def _two_terminators(x: Any) -> Any:
    enzyme.yield_([x])
    enzyme.yield_([x])


def _terminator_first(x: Any) -> Any:
    enzyme.yield_([x])
    enzyme.ignore_derivatives(x)


def _other_terminator(x: Any) -> Any:
    impulse.yield_([x])


def _move_into_itself(x: Any) -> Any:
    made = enzyme.ignore_derivatives(x)
    _current().owner.move_before(made.owner)
    return [x]


def _switch_unregistered_off(x: Any) -> Any:
    x.context.allow_unregistered_dialects = False
    return [x]


def _second_block(x: Any) -> Any:
    _current().create_after(x.type)
    return [x]


def _moved_block(s: Surroundings) -> Any:
    def body(x: Any) -> Any:
        _current().append_to(s.function().regions[0])
        return [x]

    return body


def _same_again(s: Surroundings) -> Any:
    def body(x: Any) -> Any:
        return s.region(body if len(depth) > 20 or depth.append(0) else (lambda y: y))

    depth: list[int] = []
    return s.region(body)


def _argument_outside(s: Surroundings) -> Any:
    kept: list[Any] = []

    def body(x: Any) -> Any:
        kept.append(x)
        return x

    s.region(body)
    return verify(operation_of(enzyme.ignore_derivatives(kept[0])))


def _kept_from_failure(s: Surroundings, use: Any) -> Any:
    """A value from the body of an operation that was taken back."""
    kept: list[Any] = []

    def body(x: Any) -> Any:
        kept.append(enzyme.ignore_derivatives(x))
        kept.append(x)
        raise ZeroDivisionError("stop")

    with contextlib.suppress(ZeroDivisionError):
        s.region(body)
    return use(kept)


def _used_outside_then_failed(s: Surroundings) -> Any:
    """A value of the body is used outside of it before the body fails."""
    outside = ir.InsertionPoint.current

    def body(x: Any) -> Any:
        enzyme.ignore_derivatives(x, ip=outside)
        raise ZeroDivisionError("stop")

    try:
        s.region(body)
    finally:
        printed(s.module)


def _inferred(s: Surroundings, body: Any) -> Any:
    return s.region(body, results=None)


def _filled_twice(s: Surroundings) -> Any:
    view = operation_of(s.region(lambda x: x)).opview
    with view.build_body(s.f64) as (x,):
        return enzyme.yield_([x])


def _half_built(s: Surroundings) -> Any:
    made = enzyme.AutoDiffRegionOp([s.x, s.seed], ["active"], ["activenoneed"], results=s.f64)
    return verify(made), verify(s.module)


def _verify_within(s: Surroundings) -> Any:
    def body(x: Any) -> Any:
        verify(s.module)
        verify(_current().owner)
        return x

    return s.region(body)


def _print_within(s: Surroundings) -> Any:
    def body(x: Any) -> Any:
        str(_current().owner)
        printed(s.module)
        return x

    return s.region(body)


def _erase_function_within(s: Surroundings) -> Any:
    def body(x: Any) -> Any:
        s.function().erase()
        return x

    return s.region(body)


def _loop(s: Surroundings, **changes: Any) -> Any:
    arguments: dict[str, Any] = {
        "results_types": [s.f64],
        "lower_bound": s.count,
        "upper_bound": s.count,
        "step": s.count,
        "init_args": [s.x],
        "region": lambda i, x: x,
        "region_arguments": [s.count.type, s.f64],
    }
    return impulse.for_(**(arguments | changes))


REGION = "enzyme.autodiff_region"

CASES: list[Misuse] = [
    Misuse("a body that fails", ZeroDivisionError, "", lambda s: s.region(lambda x: 1 / 0)),
    Misuse("a body that is interrupted", SystemError, "", lambda s: s.region(lambda x: _raise(SystemError("stop")))),
    Misuse("a body that takes nothing", TypeError, "", lambda s: s.region(list)),
    Misuse("a body that takes too much", TypeError, "", lambda s: s.region(lambda x, y: x)),
    Misuse("a body that gives a number", UNSURE, REGION, lambda s: s.region(lambda x: 3)),
    Misuse("a body that gives a type", UNSURE, REGION, lambda s: s.region(lambda x: s.f64)),
    Misuse("a body that gives texts", UNSURE, "enzyme.yield", lambda s: s.region(lambda x: "x")),
    Misuse("a body that gives numbers", UNSURE, "enzyme.yield", lambda s: s.region(lambda x: [3])),
    Misuse("a body that gives a list in a list", UNSURE, "enzyme.yield", lambda s: s.region(lambda x: [[x]])),
    Misuse("a body that gives nothing", ValueError, REGION, lambda s: s.region(lambda x: None)),
    Misuse("a body that gives too much", ValueError, REGION, lambda s: s.region(lambda x: [x, x])),
    Misuse("a body that gives another type", ValueError, REGION, lambda s: s.region(lambda x: s.tensor)),
    Misuse("a body that gives its block", UNSURE, REGION, lambda s: s.region(lambda x: _current())),
    Misuse("a body that gives its operation", None, "", lambda s: s.region(lambda x: _current().owner)),
    Misuse("a body that erases its operation", ValueError, REGION, lambda s: s.region(_erase_operation)),
    Misuse("a body that erases its operation, inferred", ValueError, REGION, lambda s: _inferred(s, _erase_operation)),
    Misuse("a body that erases its operation and fails", ZeroDivisionError, "", lambda s: s.region(_erase_and_raise)),
    Misuse("a body that moves its operation away", ValueError, REGION, lambda s: s.region(_move_away)),
    Misuse("a body that moves its operation away, inferred", ValueError, REGION, lambda s: _inferred(s, _move_away)),
    Misuse(
        "a body that moves its operation away and fails", ZeroDivisionError, "", lambda s: s.region(_move_and_raise)
    ),
    Misuse("a body that moves its operation into itself", ValueError, REGION, lambda s: s.region(_move_into_itself)),
    Misuse(
        "a body that switches unregistered dialects off",
        ValueError,
        "enzyme.yield",
        lambda s: s.region(_switch_unregistered_off),
    ),
    Misuse("a body that gives what it erased", ValueError, "enzyme.yield", lambda s: s.region(_empty_block), gone=True),
    Misuse("a body that erases its argument", ValueError, REGION, lambda s: s.region(_erase_argument)),
    Misuse("a body that ends twice", None, "", lambda s: s.region(_two_terminators)),
    Misuse("a body that goes on behind its end", ValueError, REGION, lambda s: s.region(_terminator_first)),
    Misuse("a body with the end of another dialect", ValueError, REGION, lambda s: s.region(_other_terminator)),
    Misuse("a body with a second block", ValueError, REGION, lambda s: s.region(_second_block)),
    Misuse("a body that moves its block away", ValueError, REGION, lambda s: s.region(_moved_block(s))),
    Misuse("a body that moves its block away, inferred", ValueError, REGION, lambda s: _inferred(s, _moved_block(s))),
    Misuse("a body that nests", None, "", _same_again),
    Misuse("an argument of a body used outside", None, "", _argument_outside),
    Misuse(
        "a value of a failed body as operand",
        ValueError,
        "enzyme.ignore_derivatives: operand 0",
        lambda s: _kept_from_failure(s, lambda kept: enzyme.ignore_derivatives(kept[0])),
    ),
    Misuse(
        "a value of a failed body looked at",
        None,
        "",
        lambda s: _kept_from_failure(s, lambda kept: [(v.type, str(v)) for v in kept]),
    ),
    Misuse(
        "an argument of a failed body as operand",
        ValueError,
        "enzyme.ignore_derivatives: operand 0",
        lambda s: _kept_from_failure(s, lambda kept: enzyme.ignore_derivatives(kept[1])),
    ),
    Misuse(
        "a value of a failed body as a seed",
        ValueError,
        "enzyme.autodiff: operand 1",
        lambda s: _kept_from_failure(s, lambda kept: s.autodiff(inputs=[s.x, kept[0]])),
    ),
    Misuse("a value of a failed body used outside", ZeroDivisionError, "", _used_outside_then_failed),
    Misuse("a body without arguments in sight, inferred", UNSURE, "", lambda s: _inferred(s, lambda x: 3)),
    Misuse("a body that fails, inferred", ZeroDivisionError, "", lambda s: _inferred(s, lambda x: 1 / 0)),
    Misuse("a region filled twice", ValueError, REGION, _filled_twice),
    Misuse("half of an operation verified", None, "", _half_built),
    Misuse("verification from within a body", None, "", _verify_within),
    Misuse("text from within a body", None, "", _print_within),
    Misuse("a body that erases another function", None, "", _erase_function_within),
    Misuse("a loop without arguments", UNSURE, "", lambda s: _loop(s, region_arguments=[])),
    Misuse("a loop whose body fails", ZeroDivisionError, "", lambda s: _loop(s, region=lambda i, x: 1 / 0)),
    Misuse("a loop without a body", None, "", lambda s: verify(operation_of(_loop(s, region=None)))),
    Misuse("a loop with a number for a body", TypeError, "impulse.for", lambda s: _loop(s, region=3)),
    Misuse(
        "a branch with arguments",
        None,
        "",
        lambda s: impulse.if_([], s.truth, true_branch=lambda x: [], true_branch_arguments=[s.f64]),
    ),
    Misuse(
        "a scope that erases its operation",
        ValueError,
        "enzymexla.scope",
        lambda s: enzymexla.scope([], [], region=lambda: _current().owner.erase()),
    ),
    Misuse(
        "an adjoint whose body fails",
        ZeroDivisionError,
        "",
        lambda s: enzyme.generic_adjoint([], [], [], [], [], region=lambda: 1 / 0),
    ),
]
