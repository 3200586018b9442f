"""Parts of another context than the one that is built in."""

from __future__ import annotations

from typing import Any

from enzyme_mlir import ir, new_context, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse

from .case import UNSURE, Misuse, Surroundings

OTHER = "another context"


def _entered(s: Surroundings) -> Any:
    """Values of one context, while another one is current."""
    with new_context(), ir.Location.unknown():
        return enzyme.ignore_derivatives(s.x)


def _entered_elsewhere(s: Surroundings) -> Any:
    """The location of another context beside the insertion point of this one."""
    with new_context() as context, ir.Location.unknown(context):
        return enzyme.ignore_derivatives(s.x, ip=ir.InsertionPoint(s.module.body))


def _symbol_table(s: Surroundings) -> Any:
    module = s.foreign_module()
    with ir.Location.unknown(module.context), ir.InsertionPoint(module.body):
        return enzyme.autodiff("square", [s.x, s.seed], ["active"], ["activenoneed"])


def _view_attribute(s: Surroundings) -> Any:
    view = s.view()
    view.width = s.foreign_attribute("2 : i64")
    return view


def _view_operand(s: Surroundings) -> Any:
    view = enzyme.PushOp(s.cache, s.x)
    view.value = s.foreign_value()
    return view


def _view_list(s: Surroundings) -> Any:
    view = s.view()
    view.activity = [s.foreign(lambda: enzyme.ActivityAttr.get("active"))]
    return view


CASES: list[Misuse] = [
    Misuse("a foreign operand", ValueError, OTHER, lambda s: enzyme.push(s.cache, s.foreign_value())),
    Misuse("a foreign operand in a list", ValueError, OTHER, lambda s: s.autodiff(inputs=[s.x, s.foreign_value()])),
    Misuse("a foreign result type", ValueError, OTHER, lambda s: s.autodiff(results=s.foreign_type())),
    Misuse(
        "a foreign result type alone", ValueError, OTHER, lambda s: enzyme.init(s.foreign_type("!enzyme.Cache<f64>"))
    ),
    Misuse("a foreign number", ValueError, OTHER, lambda s: s.autodiff(width=s.foreign_attribute())),
    Misuse("a foreign truth value", ValueError, OTHER, lambda s: s.autodiff(strong_zero=s.foreign_attribute("true"))),
    Misuse("a foreign symbol", ValueError, OTHER, lambda s: s.autodiff(fn=s.foreign_attribute("@square"))),
    Misuse(
        "a foreign array",
        ValueError,
        OTHER,
        lambda s: s.autodiff(activity=s.foreign(lambda: ir.ArrayAttr.get([enzyme.ActivityAttr.get("active")]))),
    ),
    Misuse(
        "a foreign item of a list",
        ValueError,
        "context",
        lambda s: s.autodiff(activity=[s.foreign(lambda: enzyme.ActivityAttr.get("active"))]),
    ),
    Misuse(
        "a foreign item of a list in a list",
        ValueError,
        "context",
        lambda s: impulse.infer(*[s.tensor.type] * 8, [s.x], [[1, s.foreign(lambda: impulse.SymbolAttr.get(1))]], []),
    ),
    Misuse(
        "a foreign value of a mapping",
        ValueError,
        "context",
        lambda s: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=[{"a": s.foreign_attribute()}]),
    ),
    Misuse(
        "a foreign type in a mapping",
        ValueError,
        "context",
        lambda s: enzymexla.jit_call(s.f64, "square", [s.x], arg_attrs=[{"a": s.foreign_type()}]),
    ),
    Misuse(
        "a foreign affine map",
        ValueError,
        "context",
        lambda s: enzyme.affine_atomic_rmw(
            s.f64, "addf", s.x, s.memref, [s.index], s.foreign(lambda: ir.AffineMap.get_identity(1)), "monotonic"
        ),
    ),
    Misuse(
        "a foreign affine map in a list",
        ValueError,
        "context",
        lambda s: enzyme.generic_adjoint(
            [], [s.x], [s.memref], [s.foreign(lambda: ir.AffineMap.get_identity(1))], ["parallel"]
        ),
    ),
    Misuse(
        "a foreign location",
        ValueError,
        OTHER,
        lambda s: enzyme.ignore_derivatives(s.x, loc=s.foreign(ir.Location.unknown)),
    ),
    Misuse(
        "a foreign insertion point",
        ValueError,
        OTHER,
        lambda s: enzyme.ignore_derivatives(s.x, ip=s.foreign_place()),
    ),
    Misuse(
        "foreign block arguments", ValueError, OTHER, lambda s: s.region(lambda x: x, body_arguments=[s.foreign_type()])
    ),
    Misuse("a foreign value for a terminator", ValueError, OTHER, lambda s: s.region(lambda x: s.foreign_value())),
    Misuse(
        "a foreign function, by its name",
        None,
        "",
        lambda s: s.autodiff(fn=s.foreign_module().body.operations[0], results=None),
    ),
    Misuse(
        "the gradient of a foreign function",
        ValueError,
        OTHER,
        lambda s: enzyme.gradient(s.foreign_module().body.operations[0], [s.x]),
    ),
    Misuse("another context entered", ValueError, OTHER, _entered),
    Misuse("another context entered beside a place", ValueError, OTHER, _entered_elsewhere),
    Misuse("a foreign symbol table", ValueError, OTHER, _symbol_table),
    Misuse("a foreign attribute set", ValueError, OTHER, _view_attribute),
    Misuse("a foreign item of a list set", ValueError, "context", _view_list),
    Misuse("a foreign operand set", ValueError, OTHER, _view_operand),
    Misuse("a foreign tangent", ValueError, OTHER, lambda s: enzyme.jvp("square", [s.x], [s.foreign_value()])),
    Misuse("a foreign seed", ValueError, OTHER, lambda s: enzyme.vjp("square", [s.x], [s.foreign_value()])),
    Misuse("a foreign context for a type", None, "", lambda s: enzyme.CacheType.get(s.f64, context=new_context())),
    Misuse("a foreign type for a type", None, "", lambda s: enzyme.CacheType.get(s.foreign_type())),
    Misuse("a foreign module verified", None, "", lambda s: verify(s.foreign_module())),
    Misuse("no context for a type", UNSURE, "context", lambda s: enzyme.CacheType.get(s.f64, context=3)),
    Misuse(
        "a foreign count of regions", UNSURE, "num_regions", lambda s: enzymexla.alternatives(s.foreign_attribute())
    ),
]
