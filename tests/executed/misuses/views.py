"""Wrong use of existing operations: accessors, verification, attribute classes, derivatives in one call."""

from __future__ import annotations

from typing import Any

from enzyme_mlir import ir, verify
from enzyme_mlir.dialects import enzyme

from .case import UNSURE, Misuse, Surroundings


def _set(name: str, given: Any) -> Any:
    def run(s: Surroundings) -> None:
        setattr(s.view(), name, given(s) if callable(given) else given)

    return run


def _delete(name: str) -> Any:
    def run(s: Surroundings) -> None:
        delattr(s.view(), name)

    return run


def _generic(text: str) -> Any:
    """The view of an operation that was parsed, whatever it is made of."""

    def run(s: Surroundings) -> Any:
        module = ir.Module.parse(text)
        view = module.body.operations[0]
        found = [verify(view)]
        for name in dir(type(view)):
            try:
                getattr(view, name)
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                found.append(())
        str(view)
        return found

    return run


def _part_without_sizes(s: Surroundings) -> Any:
    module = ir.Module.parse('"enzyme.load"() : () -> ()')
    return module.body.operations[0].indices


def _removed_attribute(s: Surroundings) -> Any:
    view = s.view()
    del view.attributes["activity"]
    verify(view)
    return view.activity


def _removed_for_roles(s: Surroundings) -> Any:
    view = s.view()
    del view.attributes["activity"]
    return view.primal_operands


def _wrong_roles(s: Surroundings) -> Any:
    view = s.view()
    view.attributes["activity"] = ir.Attribute.parse("3 : i64")
    verify(view)
    return view.primal_operands


def _foreign_class(s: Surroundings) -> Any:
    return enzyme.PushOp.value.__get__(enzyme.placeholder(s.f64).owner)


def _wrong_view(s: Surroundings) -> Any:
    return enzyme.AutoDiffOp.inputs.__get__(s.f64)


CASES: list[Misuse] = [
    Misuse("a text set as a width", TypeError, "enzyme.autodiff: width", _set("width", "2")),
    Misuse("a huge width set", ValueError, "enzyme.autodiff: width", _set("width", 2**70)),
    Misuse("nothing set as a width", TypeError, "enzyme.autodiff: width", _set("width", None)),
    Misuse("a value set as a symbol", TypeError, "enzyme.autodiff: fn", _set("fn", lambda s: s.x)),
    Misuse("half of a surrogate pair set as a symbol", ValueError, "enzyme.autodiff: fn", _set("fn", "\ud800")),
    Misuse("a number set as activities", TypeError, "enzyme.autodiff: activity", _set("activity", 3)),
    Misuse("a type set as truth", TypeError, "enzyme.autodiff: strong_zero", _set("strong_zero", lambda s: s.f64)),
    Misuse("results set", AttributeError, "enzyme.autodiff: outputs", _set("outputs", [])),
    Misuse("roles set", AttributeError, "enzyme.autodiff: primal_operands", _set("primal_operands", {})),
    Misuse("too few operands set", ValueError, "enzyme.autodiff: inputs", _set("inputs", [])),
    Misuse("a number set as operands", UNSURE, "enzyme.autodiff: inputs", _set("inputs", 3)),
    Misuse("numbers set as operands", UNSURE, "enzyme.autodiff: inputs[0]", _set("inputs", [1, 2])),
    Misuse("a generator set as operands", None, "", _set("inputs", lambda s: (v for v in [s.x, s.seed]))),
    Misuse("a text set as operands", UNSURE, "enzyme.autodiff: inputs", _set("inputs", "ab")),
    Misuse("a required attribute deleted", ValueError, "enzyme.autodiff: fn", _delete("fn")),
    Misuse("required activities deleted", ValueError, "enzyme.autodiff: activity", _delete("activity")),
    Misuse("operands deleted", (AttributeError, TypeError), "", _delete("inputs")),
    Misuse("results deleted", (AttributeError, TypeError), "", _delete("outputs")),
    Misuse("a default deleted twice", None, "", lambda s: [_delete("width")(s), _delete("width")(s)]),
    Misuse("an unknown part", AttributeError, "nothing", lambda s: s.view().nothing),
    Misuse("a result beyond the last", IndexError, "", lambda s: s.view().outputs[7]),
    Misuse("an operand beyond the last", IndexError, "", lambda s: s.view().inputs[2**40]),
    Misuse("an operand at no number", UNSURE, "", lambda s: s.view().inputs["x"]),
    Misuse("a role that is not there", KeyError, "", lambda s: s.view().primal_operands[9]),
    Misuse("an attribute that was removed", AttributeError, "enzyme.autodiff", _removed_attribute),
    Misuse("roles without activities", (ValueError, AttributeError), "enzyme.autodiff", _removed_for_roles),
    Misuse("roles of wrong activities", ValueError, "enzyme.autodiff", _wrong_roles),
    Misuse("the accessor of another class", (ValueError, IndexError), "", _foreign_class),
    Misuse("an accessor of a type", (TypeError, AttributeError), "", _wrong_view),
    Misuse("a view of a type", (TypeError, AttributeError), "", lambda s: enzyme.PushOp.__init__(s.f64, s.x, s.x)),
    Misuse("an operation without operands", None, "", _generic('"enzyme.push"() : () -> ()')),
    Misuse("an operation without attributes", None, "", _generic('"enzyme.autodiff"() : () -> ()')),
    Misuse("an operation without sizes", None, "", _generic('"enzyme.load"() : () -> ()')),
    Misuse(
        "an operation with wrong sizes",
        None,
        "",
        _generic('"enzyme.load"() {operandSegmentSizes = array<i32: -5, 7, 2147483647>} : () -> ()'),
    ),
    Misuse(
        "a part of an operation without sizes",
        ValueError,
        "enzyme.load: operandSegmentSizes is missing",
        _part_without_sizes,
    ),
    Misuse("sizes of another kind", None, "", _generic('"enzyme.load"() {operandSegmentSizes = "x"} : () -> ()')),
    Misuse("sizes of too few", None, "", _generic('"enzyme.load"() {operandSegmentSizes = array<i32>} : () -> ()')),
    Misuse("an operation without regions", None, "", _generic('"enzyme.autodiff_region"() : () -> ()')),
    Misuse("an operation with empty regions", None, "", _generic('"enzyme.autodiff_region"() ({}, {}, {}) : () -> ()')),
    Misuse("a loop with nothing in it", None, "", _generic('"impulse.for"() ({^bb0:}) : () -> ()')),
    Misuse(
        "an operation with wrong attributes",
        None,
        "",
        _generic(
            '"enzyme.autodiff"() {activity = [unit, [], {}], fn = 3 : i4, ret_activity = #enzyme<activity x>, '
            "width = 340282366920938463463374607431768211455 : i128} : () -> ()"
        ),
    ),
    Misuse("an unknown operation", None, "", _generic('"enzyme.no_such"() : () -> ()')),
    Misuse(
        "an unknown operation with parts",
        None,
        "",
        _generic('"impulse.x"() ({"enzyme.yield"() : () -> ()}) : () -> ()'),
    ),
    Misuse("verification of nothing", TypeError, "verify: target", lambda s: verify(None)),
    Misuse("verification of a value", TypeError, "verify: target", lambda s: verify(s.x)),
    Misuse("verification of a block", TypeError, "verify: target", lambda s: verify(s.module.body)),
    Misuse("verification of a type", TypeError, "verify: target", lambda s: verify(s.f64)),
    Misuse("a gradient of nothing", UNSURE, "enzyme.gradient: fn", lambda s: enzyme.gradient(None, [s.x])),
    Misuse("a gradient of no symbol", ValueError, "enzyme.gradient: fn", lambda s: enzyme.gradient("sqare", [s.x])),
    Misuse(
        "a gradient without arguments", ValueError, "enzyme.gradient: inputs", lambda s: enzyme.gradient("square", [])
    ),
    Misuse(
        "a gradient by argument 9",
        ValueError,
        "enzyme.gradient: wrt",
        lambda s: enzyme.gradient("square", [s.x], wrt=9),
    ),
    Misuse(
        "a gradient by argument -1",
        ValueError,
        "enzyme.gradient: wrt",
        lambda s: enzyme.gradient("square", [s.x], wrt=-1),
    ),
    Misuse(
        "a gradient by truth", ValueError, "enzyme.gradient: wrt", lambda s: enzyme.gradient("square", [s.x], wrt=True)
    ),
    Misuse("a gradient by text", UNSURE, "enzyme.gradient: wrt", lambda s: enzyme.gradient("square", [s.x], wrt="x")),
    Misuse(
        "a gradient by a float", UNSURE, "enzyme.gradient: wrt", lambda s: enzyme.gradient("square", [s.x], wrt=1.5)
    ),
    Misuse(
        "a gradient with the shadow of nothing",
        UNSURE,
        "enzyme.",
        lambda s: enzyme.gradient("square", [s.x], shadows={0: None}),
    ),
    Misuse(
        "a gradient with a wrong shadow",
        ValueError,
        "enzyme.",
        lambda s: enzyme.gradient("square", [s.x], shadows={5: s.x}),
    ),
    Misuse(
        "a gradient with shadows in a list",
        UNSURE,
        "enzyme.gradient: shadows",
        lambda s: enzyme.gradient("square", [s.x], shadows=[s.x]),
    ),
    Misuse(
        "a gradient with one value as inputs",
        TypeError,
        "enzyme.gradient: inputs",
        lambda s: enzyme.gradient("square", s.x),
    ),
    Misuse("a jvp with a number as tangent", UNSURE, "enzyme.", lambda s: enzyme.jvp("square", [s.x], [1.0])),
    Misuse(
        "a jvp with too many tangents",
        ValueError,
        "enzyme.jvp: tangents",
        lambda s: enzyme.jvp("square", [s.x], [s.x, s.x]),
    ),
    Misuse(
        "a jvp with no list of tangents", TypeError, "enzyme.jvp: tangents", lambda s: enzyme.jvp("square", [s.x], 3)
    ),
    Misuse("a vjp with no list of seeds", TypeError, "enzyme.vjp: seeds", lambda s: enzyme.vjp("square", [s.x], 3)),
    Misuse("a vjp with a wrong seed", ValueError, "enzyme.", lambda s: enzyme.vjp("square", [s.x], [s.tensor])),
    Misuse("a vjp with one value as seeds", TypeError, "enzyme.vjp: seeds", lambda s: enzyme.vjp("square", [s.x], s.x)),
]
