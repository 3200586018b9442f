"""What arguments are called, and which memory is taken to be written to."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.functional.effects import written_arguments
from enzyme_mlir.functional.names import names_in_text
from enzyme_mlir.functional.reading import read_function
from enzyme_mlir.lowering.prepare.building import functions_in

TEXTS = {
    "func.func @f(%length: f64, %a.b: tensor<2x3xf64>) { return }": ["length", "a.b"],
    "func.func private @f(%x : memref<4xf64, strided<[1], offset: ?>>, %y: f64) { return }": ["x", "y"],
    'func.func @f(%x: f64 {note = "a, b)", more = [1, 2]}, %y: (f64) -> f64) { return }': ["x", "y"],
    'func.func @"f"(%x: f64) { return }': ["x"],
    "func.func @g(%z: f64) { return } func.func @f(%x: f64) { return }": ["x"],
    "func.func @f() { return }": [],
    "func.func @f(%0: f64, %1: f64) { return }": [],
    "func.func private @f(f64)": [],
    "func.func @other(%x: f64) { return }": [],
    'func.func @f(%x: f64 {note = "never closed}': [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_names_in_the_text(text: str) -> None:
    assert names_in_text(text, "f") == TEXTS[text]


def names(given: object, entry: str = "f") -> list[str]:
    return [one.name for one in read_function(given, entry, "names").signature.inputs]


def test_names_of_a_module() -> None:
    body = "-> f64 { return %x : f64 }"
    plain = f"func.func @f(%x: f64, %y: f64) {body}"
    attributes = f'func.func @f(%x: f64 {{test.name = "length"}}, %y: f64 {{jax.arg_info = "width"}}) {body}'
    locations = f'func.func @f(%x: f64 loc("length"), %y: f64 loc(fused["a.py":1:2, "width"])) {body}'
    partly = f'func.func @f(%x: f64 loc("length"), %y: f64) {body}'
    twice = f'func.func @f(%x: f64 loc("length"), %y: f64 loc("length")) {body}'
    with new_context():
        read = ir.Module.parse
        assert names(plain) == ["x", "y"]
        assert names(read(plain)) == ["arg0", "arg1"]
        assert names(read(attributes)) == ["length", "width"]
        assert names(read(locations)) == ["length", "width"]
        assert names(read(partly)) == ["arg0", "arg1"]
        assert names(read(twice)) == ["arg0", "arg1"]


MEMORY = "memref<4xf64>"
VIEW = "memref<2xf64, strided<[1]>>"
EFFECTS = {
    "reads": ("%v = memref.load %m[%c0] : memref<4xf64>", False),
    "asks for a size": ("%v = memref.dim %m, %c0 : memref<4xf64>", False),
    "stores": ("memref.store %x, %m[%c0] : memref<4xf64>", True),
    "stores in a loop": ("scf.for %i = %c0 to %c1 step %c1 { memref.store %x, %m[%i] : memref<4xf64> }", True),
    "copies from it": (
        "%o = memref.alloc() : memref<4xf64> memref.copy %m, %o : memref<4xf64> to memref<4xf64>",
        False,
    ),
    "copies to it": ("%o = memref.alloc() : memref<4xf64> memref.copy %o, %m : memref<4xf64> to memref<4xf64>", True),
    "fills": ("linalg.fill ins(%x : f64) outs(%m : memref<4xf64>)", True),
    "reads it as a structured operation": (
        "%o = memref.alloc() : memref<4xf64> linalg.exp ins(%m : memref<4xf64>) outs(%o : memref<4xf64>)",
        False,
    ),
    "reads through a view": (
        f"%s = memref.subview %m[0] [2] [1] : memref<4xf64> to {VIEW} %v = memref.load %s[%c0] : {VIEW}",
        False,
    ),
    "stores through a view": (
        f"%s = memref.subview %m[0] [2] [1] : memref<4xf64> to {VIEW} memref.store %x, %s[%c0] : {VIEW}",
        True,
    ),
    "calls a reader": ("%v = func.call @reader(%m) : (memref<4xf64>) -> f64", False),
    "calls a writer": ("func.call @writer(%m, %x) : (memref<4xf64>, f64) -> ()", True),
    "calls what is only declared": ("func.call @declared(%m) : (memref<4xf64>) -> ()", True),
    "calls itself": ("func.call @f(%m, %x) : (memref<4xf64>, f64) -> ()", False),
    "lets a loop carry it": (
        "%r = scf.for %i = %c0 to %c1 step %c1 iter_args(%a = %m) -> (memref<4xf64>) { scf.yield %a : memref<4xf64> }",
        True,
    ),
    "is a derivative of a reader": (
        '%o = memref.alloc() : memref<4xf64> "enzyme.autodiff"(%m, %o, %x) {fn = @reader, '
        "activity = [#enzyme.activity<enzyme_dup>], ret_activity = [#enzyme.activity<enzyme_activenoneed>]} "
        ": (memref<4xf64>, memref<4xf64>, f64) -> ()",
        False,
    ),
    "is a derivative into it": (
        '%o = memref.alloc() : memref<4xf64> "enzyme.autodiff"(%o, %m, %x) {fn = @reader, '
        "activity = [#enzyme.activity<enzyme_dup>], ret_activity = [#enzyme.activity<enzyme_activenoneed>]} "
        ": (memref<4xf64>, memref<4xf64>, f64) -> ()",
        True,
    ),
    "does what nobody knows": ('"other.operation"(%m) : (memref<4xf64>) -> ()', True),
}
OTHERS = """
func.func private @declared(memref<4xf64>)
func.func @reader(%m: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index %v = memref.load %m[%c0] : memref<4xf64> return %v : f64 }
func.func @writer(%m: memref<4xf64>, %x: f64) {
  %c0 = arith.constant 0 : index memref.store %x, %m[%c0] : memref<4xf64> return }
"""


def test_functions_that_call_each_other() -> None:
    with new_context(), ir.Location.unknown():
        module: Any = ir.Module.parse(
            """func.func @f(%m: memref<4xf64>, %n: memref<4xf64>, %o: memref<4xf64>, %x: f64) {
              %c0 = arith.constant 0 : index
              func.call @g(%m, %x) : (memref<4xf64>, f64) -> ()
              func.call @g(%n, %x) : (memref<4xf64>, f64) -> ()
              %v = memref.load %o[%c0] : memref<4xf64>
              return }
            func.func @g(%m: memref<4xf64>, %x: f64) { func.call @h(%m, %x) : (memref<4xf64>, f64) -> () return }
            func.func @h(%m: memref<4xf64>, %x: f64) {
              %c0 = arith.constant 0 : index
              func.call @g(%m, %x) : (memref<4xf64>, f64) -> ()
              memref.store %x, %m[%c0] : memref<4xf64>
              return }"""
        )
        assert written_arguments(functions_in(module.operation), "f") == (True, True, False, False)


@pytest.mark.parametrize("case", EFFECTS)
def test_which_memory_may_be_written_to(case: str) -> None:
    body, expected = EFFECTS[case]
    with new_context(), ir.Location.unknown():
        module: Any = ir.Module.parse(
            f"""{OTHERS}
            func.func @f(%m: memref<4xf64>, %x: f64) {{
              %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index
              {body}
              return
            }}"""
        )
        assert written_arguments(functions_in(module.operation), "f") == (expected, False)
