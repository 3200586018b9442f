"""Where operations are built: without context, location or place, behind terminators, in other threads."""

from __future__ import annotations

import threading
from typing import Any

from enzyme_mlir import ir, new_context, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse, tessera
from enzyme_mlir.testing import operation_of

from .case import UNSURE, Misuse, Surroundings

REGISTERED = "allow_unregistered_dialects"


def _elsewhere(work: Any) -> Any:
    """What happens in a thread that has entered nothing."""
    ends: list[BaseException | None] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            ends.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if ends and ends[0] is not None:
        raise ends[0]


def _registered_only(s: Surroundings, work: Any) -> Any:
    context = s.f64.context
    context.allow_unregistered_dialects = False
    try:
        return work()
    finally:
        context.allow_unregistered_dialects = True


def _nowhere(work: Any) -> Any:
    """Without any insertion point."""
    with new_context(), ir.Location.unknown():
        return work()


def _inferred_nowhere() -> Any:
    made = enzyme.placeholder(ir.F64Type.get())
    return enzyme.autodiff("square", [made, made], ["active"], ["activenoneed"])


def _behind(s: Surroundings) -> Any:
    """At the end of a block that has its terminator."""
    block = s.function().regions[0].blocks[0]
    return enzyme.placeholder(s.f64, ip=ir.InsertionPoint(block))


def _no_terminator(s: Surroundings) -> Any:
    """An insertion point that looks for a terminator which is not there."""
    outer = ir.Operation.create("t.outer", regions=1)
    block = outer.regions[0].blocks.append()
    return enzyme.placeholder(s.f64, ip=ir.InsertionPoint.at_block_terminator(block))


def _moved_into_itself(s: Surroundings) -> Any:
    made = operation_of(s.region(lambda x: x))
    inner = ir.InsertionPoint(made.regions[0].blocks[0])
    return enzyme.ignore_derivatives(made.results[0], ip=inner)


def _own_operand(s: Surroundings) -> Any:
    view = enzyme.IgnoreDerivativesOp(s.x)
    view.operands[0] = view.results[0]
    findings = verify(view)
    str(view)
    return findings


def _operand_from_below(s: Surroundings) -> Any:
    later = s.made()
    made = enzyme.ignore_derivatives(later, ip=ir.InsertionPoint(later.owner))
    return verify(operation_of(made))


def _from_another_function(s: Surroundings) -> Any:
    other = s.function().regions[0].blocks[0].arguments[0]
    return verify(operation_of(enzyme.ignore_derivatives(other)))


def _detached_block(s: Surroundings) -> Any:
    block = ir.Block.create_at_start(s.function().regions[0], [s.f64], [ir.Location.unknown()])
    return enzyme.ignore_derivatives(block.arguments[0], ip=ir.InsertionPoint(block))


def _successor_elsewhere(s: Surroundings) -> Any:
    return ir.InsertionPoint.current.block.owner, impulse.yield_([s.foreign_value()])


def _without_a_module(s: Surroundings) -> Any:
    """In an operation that is in no module, and gone with this call."""
    around = ir.Operation.create("t.region", regions=1, ip=False)
    block: Any = around.regions[0].blocks.append()
    s.autodiff(ip=ir.InsertionPoint(block))


def _odd_symbol(s: Surroundings) -> Any:
    """A symbol that does not exist, beside one whose name is no text."""
    place = ir.InsertionPoint.at_block_begin(s.module.body)
    ir.Operation.create("t.symbol", attributes={"sym_name": ir.UnitAttr.get()}, ip=place)
    return s.autodiff(fn="nowhere")


def _left(s: Surroundings) -> Any:
    """An insertion point of a context that has been left."""
    with new_context(), ir.Location.unknown():
        module = ir.Module.create()
        place = ir.InsertionPoint(module.body)
    return enzyme.placeholder(s.f64, ip=place)


CASES: list[Misuse] = [
    Misuse(
        "no context",
        ValueError,
        "enzyme.ignore_derivatives: loc",
        lambda s: _elsewhere(lambda: enzyme.ignore_derivatives(s.x)),
    ),
    Misuse(
        "no context, impulse",
        ValueError,
        "impulse.select: loc",
        lambda s: _elsewhere(lambda: impulse.select(s.f64, s.x, s.x, s.x)),
    ),
    Misuse(
        "no context, enzymexla",
        ValueError,
        "enzymexla.rotate: loc",
        lambda s: _elsewhere(lambda: enzymexla.rotate(s.tensor, 1, 0)),
    ),
    Misuse(
        "no context, with a region",
        ValueError,
        "enzyme.autodiff_region: loc",
        lambda s: _elsewhere(lambda: s.region(lambda x: x)),
    ),
    Misuse(
        "no context, for a type", ValueError, "CacheType", lambda s: _elsewhere(lambda: enzyme.CacheType.get(s.f64))
    ),
    Misuse(
        "no context, for an attribute",
        ValueError,
        "ActivityAttr",
        lambda s: _elsewhere(lambda: enzyme.ActivityAttr.get("dup")),
    ),
    Misuse(
        "no context, for a gradient",
        ValueError,
        "enzyme.gradient: loc",
        lambda s: _elsewhere(lambda: enzyme.gradient("square", [s.x])),
    ),
    Misuse("no context, to verify", None, "", lambda s: _elsewhere(lambda: verify(s.module))),
    Misuse(
        "a location without a context",
        None,
        "",
        lambda s: _elsewhere(lambda: enzyme.placeholder(s.f64, loc=s.function().location)),
    ),
    Misuse(
        "a location in another thread",
        None,
        "",
        lambda s: (lambda loc: _elsewhere(lambda: s.autodiff(loc=loc, results=s.f64)))(ir.Location.unknown()),
    ),
    Misuse(
        "an attribute set in another thread",
        None,
        "",
        lambda s: (lambda view: _elsewhere(lambda: setattr(view, "width", 1)))(s.view()),
    ),
    Misuse("no insertion point", None, "", lambda s: _nowhere(lambda: enzyme.placeholder(ir.F64Type.get()))),
    Misuse(
        "no insertion point, a chain",
        ValueError,
        "enzyme.ignore_derivatives: input",
        lambda s: _nowhere(lambda: enzyme.ignore_derivatives(enzyme.placeholder(ir.F64Type.get()))),
    ),
    Misuse(
        "an operand that no insertion point took",
        ValueError,
        "enzyme.push: value",
        lambda s: enzyme.push(s.cache, ir.Operation.create("t.one", results=[s.f64], ip=False)),
    ),
    Misuse("no insertion point, inferred", ValueError, "enzyme.autodiff", lambda s: _nowhere(_inferred_nowhere)),
    Misuse(
        "no insertion point, a gradient",
        ValueError,
        "enzyme.gradient: fn",
        lambda s: _nowhere(lambda: enzyme.gradient("square", [enzyme.placeholder(ir.F64Type.get())])),
    ),
    Misuse("no insertion point, a region", None, "", lambda s: _nowhere(lambda: enzymexla.scope([], [], region=list))),
    Misuse(
        "registered operations only",
        ValueError,
        REGISTERED,
        lambda s: _registered_only(s, lambda: enzyme.ignore_derivatives(s.x)),
    ),
    Misuse(
        "registered operations only, a region",
        ValueError,
        REGISTERED,
        lambda s: _registered_only(s, lambda: s.region(lambda x: x)),
    ),
    Misuse(
        "registered operations only, impulse",
        ValueError,
        REGISTERED,
        lambda s: _registered_only(s, lambda: impulse.select(s.f64, s.x, s.x, s.x)),
    ),
    Misuse(
        "registered operations only, a gradient",
        ValueError,
        REGISTERED,
        lambda s: _registered_only(s, lambda: enzyme.gradient("square", [s.x])),
    ),
    Misuse(
        "registered dialects only, a type",
        UNSURE,
        "",
        lambda s: _registered_only(s, lambda: enzyme.GradientType.get(ir.F32Type.get())),
    ),
    Misuse(
        "registered dialects only, an attribute",
        UNSURE,
        "",
        lambda s: _registered_only(s, lambda: enzyme.ActivityAttr.get("const")),
    ),
    Misuse(
        "registered dialects only, set on an operation",
        UNSURE,
        "",
        lambda s: (lambda view: _registered_only(s, lambda: setattr(view, "activity", ["constnoneed"])))(s.view()),
    ),
    Misuse(
        "registered operations only from within a body",
        ValueError,
        REGISTERED,
        lambda s: s.region(lambda x: _registered_only(s, lambda: enzyme.ignore_derivatives(x))),
    ),
    Misuse("an operation in no module around it", None, "", _without_a_module),
    Misuse("a symbol beside one whose name is no text", ValueError, "enzyme.autodiff: fn is @nowhere", _odd_symbol),
    Misuse("behind a terminator", ValueError, "enzyme.placeholder: ip", _behind),
    Misuse("before no terminator", UNSURE, "", _no_terminator),
    Misuse("a result within its own region", None, "", _moved_into_itself),
    Misuse("an operation as its own operand", None, "", _own_operand),
    Misuse("an operand from further down", None, "", _operand_from_below),
    Misuse("an operand of another function", None, "", _from_another_function),
    Misuse("a second entry block", None, "", _detached_block),
    Misuse("a place of a context that was left", ValueError, "context", _left),
    Misuse("a terminator in the wrong operation", ValueError, "enzyme.yield", lambda s: enzyme.yield_([s.x])),
    Misuse("a definition inside a function", UNSURE, "tessera.define", lambda s: tessera.define("f", 3, False, [])),
    Misuse("a foreign terminator", ValueError, "impulse.yield", _successor_elsewhere),
]
