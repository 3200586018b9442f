"""Operations, values, functions and modules that are gone.

A host knows of an operation that is gone by the Python object through which it was erased, and by what that object has
given out; nothing in Python can tell of others, so these cases erase through the objects that they use.
"""

from __future__ import annotations

from typing import Any

from enzyme_mlir import ir, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse
from enzyme_mlir.testing import operation_of

from .case import UNSURE, Misuse, Surroundings

GONE = "erased"


def _function(s: Surroundings) -> Any:
    function = s.function()
    function.erase()
    return function


def _place(s: Surroundings) -> Any:
    made = operation_of(s.made())
    place = ir.InsertionPoint(made)
    made.erase()
    return place


def _inside(s: Surroundings) -> Any:
    """An insertion point in the region of an operation that is gone."""
    outer = ir.Operation.create("t.outer", regions=1)
    place = ir.InsertionPoint(outer.regions[0].blocks.append())
    outer.erase()
    return place


def _set_operand(s: Surroundings) -> Any:
    view = enzyme.PushOp(s.cache, s.x)
    view.value = s.erased()
    return view


def _set_operands(s: Surroundings) -> Any:
    view = s.view()
    view.inputs = [s.x, s.erased()]
    return view


def _set_on(s: Surroundings) -> Any:
    view = s.erased_view()
    view.width = 2
    return view


def _set_operand_of(s: Surroundings) -> Any:
    view = s.erased_view()
    view.inputs = [s.x, s.seed]
    return view


def _delete_on(s: Surroundings) -> Any:
    view = s.erased_view()
    del view.width
    return view


def _by_name_after(s: Surroundings) -> Any:
    s.function().erase()
    return s.autodiff(results=None)


def _dropped_module(s: Surroundings) -> Any:
    """The insertion point keeps a module alive that nothing else refers to."""
    place = ir.InsertionPoint(ir.Module.create().body)
    return enzyme.placeholder(s.f64, ip=place)


def _erased_twice(s: Surroundings) -> Any:
    view = s.erased_view()
    view.erase()


def _used_and_erased(s: Surroundings) -> Any:
    """Builders refuse the region's operation once it is gone."""
    made = enzyme.AutoDiffRegionOp([s.x, s.seed], ["active"], ["activenoneed"], results=s.f64)
    made.erase()
    with made.build_body(s.f64):
        return enzyme.yield_([s.x])


CASES: list[Misuse] = [
    Misuse(
        "an erased operand", ValueError, "enzyme.push: value", lambda s: enzyme.push(s.cache, s.erased()), gone=True
    ),
    Misuse(
        "an erased operand in a list",
        ValueError,
        "enzyme.autodiff: inputs[1]",
        lambda s: s.autodiff(inputs=[s.x, s.erased()]),
        gone=True,
    ),
    Misuse(
        "an erased operand of impulse",
        ValueError,
        "impulse.select: condition",
        lambda s: impulse.select(s.f64, s.erased(), s.x, s.x),
        gone=True,
    ),
    Misuse(
        "an erased operand of enzymexla",
        ValueError,
        "enzymexla.rotate: operand",
        lambda s: enzymexla.rotate(s.erased(), 1, 0),
        gone=True,
    ),
    Misuse(
        "an erased operand, inferred from",
        ValueError,
        "enzyme.ignore_derivatives: input",
        lambda s: enzyme.ignore_derivatives(s.erased()),
        gone=True,
    ),
    Misuse(
        "an erased operation as operand",
        ValueError,
        "enzyme.push: value",
        lambda s: enzyme.push(s.cache, s.erased_view()),
    ),
    Misuse(
        "an erased operation as operands",
        ValueError,
        "enzyme.autodiff: inputs",
        lambda s: s.autodiff(inputs=s.erased_view()),
    ),
    Misuse("an erased operation as callee", ValueError, "enzyme.autodiff: fn", lambda s: s.autodiff(fn=_function(s))),
    Misuse(
        "an erased operation as symbol",
        ValueError,
        "enzymexla.jit_call: fn",
        lambda s: enzymexla.jit_call(s.f64, _function(s), [s.x]),
    ),
    Misuse("an erased function by name", ValueError, "enzyme.autodiff: fn", _by_name_after),
    Misuse(
        "the gradient of an erased function",
        ValueError,
        "enzyme.gradient: fn",
        lambda s: enzyme.gradient(_function(s), [s.x]),
    ),
    Misuse(
        "the jvp of an erased function", ValueError, "enzyme.jvp: fn", lambda s: enzyme.jvp(_function(s), [s.x], [s.x])
    ),
    Misuse(
        "the gradient at an erased value",
        ValueError,
        "enzyme.gradient: inputs[0]",
        lambda s: enzyme.gradient("square", [s.erased()]),
        gone=True,
    ),
    Misuse("an erased tangent", ValueError, "enzyme.", lambda s: enzyme.jvp("square", [s.x], [s.erased()]), gone=True),
    Misuse("an erased seed", ValueError, "enzyme.", lambda s: enzyme.vjp("square", [s.x], [s.erased()]), gone=True),
    Misuse(
        "before an erased operation",
        ValueError,
        "enzyme.placeholder: ip",
        lambda s: enzyme.placeholder(s.f64, ip=_place(s)),
    ),
    Misuse(
        "inside an erased operation",
        ValueError,
        "enzyme.placeholder: ip",
        lambda s: enzyme.placeholder(s.f64, ip=_inside(s)),
    ),
    Misuse(
        "inside an erased operation, not verified",
        ValueError,
        "enzyme.placeholder: ip",
        lambda s: enzyme.placeholder(s.f64, ip=_inside(s), verify=False),
    ),
    Misuse(
        "an inference inside an erased operation",
        ValueError,
        "enzyme.autodiff: ip",
        lambda s: s.autodiff(results=None, ip=_inside(s)),
    ),
    Misuse(
        "a region inside an erased operation",
        ValueError,
        "enzyme.autodiff_region: ip",
        lambda s: s.region(lambda x: x, ip=_inside(s)),
    ),
    Misuse("in a module that is dropped", None, "", _dropped_module),
    Misuse("verification of an erased operation", ValueError, "verify: target", lambda s: verify(s.erased_view())),
    Misuse("verification of an erased function", ValueError, "verify: target", lambda s: verify(_function(s))),
    Misuse(
        "an attribute of an erased operation", ValueError, "enzyme.autodiff: width", lambda s: s.erased_view().width
    ),
    Misuse("operands of an erased operation", ValueError, "enzyme.autodiff: inputs", lambda s: s.erased_view().inputs),
    Misuse("results of an erased operation", ValueError, "enzyme.autodiff: outputs", lambda s: s.erased_view().outputs),
    Misuse(
        "roles of an erased operation",
        ValueError,
        "enzyme.autodiff: primal_operands",
        lambda s: s.erased_view().primal_operands,
    ),
    Misuse("an attribute set on an erased operation", ValueError, "enzyme.autodiff: width", _set_on),
    Misuse(
        "a required attribute deleted from an erased operation",
        ValueError,
        "enzyme.autodiff: activity",
        lambda s: delattr(s.erased_view(), "activity"),
    ),
    Misuse("an attribute deleted from an erased operation", ValueError, "enzyme.autodiff: width", _delete_on),
    Misuse("operands set on an erased operation", ValueError, "enzyme.autodiff: inputs", _set_operand_of),
    Misuse("an erased operand set", ValueError, "enzyme.push: value", _set_operand, gone=True),
    Misuse("an erased operand set in a list", ValueError, "enzyme.autodiff: inputs[1]", _set_operands, gone=True),
    Misuse("a body for an erased operation", ValueError, "enzyme.autodiff_region: build_body", _used_and_erased),
    Misuse("an operation erased twice", RuntimeError, "", _erased_twice),
    Misuse("the text of an erased operation", RuntimeError, "", lambda s: str(s.erased_view())),
    Misuse(
        "an erased value returned from a body",
        ValueError,
        "enzyme.yield",
        lambda s: s.region(lambda x: s.erased()),
        gone=True,
    ),
    Misuse(
        "a symbol of an erased operation in a list",
        UNSURE,
        "",
        lambda s: enzymexla.jit_call(s.f64, [_function(s)], [s.x]),
    ),
]
