"""Operations of which host and Enzyme have other versions: nothing is lost, and what cannot be read is named."""

from __future__ import annotations

import pytest

from enzyme_mlir import HOST, ir, lowering
from enzyme_mlir.lowering.contexts import full_context
from enzyme_mlir.lowering.forms import Forms, Lost, NotRead, fit
from enzyme_mlir.lowering.properties import drop_entries, entries_at, merge_properties, names_in, operations
from tests.enzyme.installed import RELEASES, folder_of

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="what differs is that between Enzyme and the host mlir"),
]

CASES = {
    "a property that the host refuses": (
        "func.func @f(%x: i32) -> i64 {\n  %0 = arith.extui %x nneg : i32 to i64\n  return %0 : i64\n}",
        "arith.extui",
        {"nonNeg": "unit"},
    ),
    "a property that the host drops": (
        "func.func @f(%m: memref<4xf64>, %i: index) -> f64 {\n"
        '  %0 = "affine.load"(%m) <{alignment = 8 : i64, map = affine_map<() -> (1)>}> : (memref<4xf64>) -> f64\n'
        "  return %0 : f64\n}",
        "affine.load",
        {"alignment": "8 : i64", "map": "affine_map<() -> (1)>"},
    ),
    "a property that is implied": (
        "func.func @f(%x: f32) -> f64 {\n  %0 = llvm.fpext %x : f32 to f64\n  return %0 : f64\n}",
        "llvm.fpext",
        {},
    ),
    "an attribute that is written another way": (
        "func.func @f(%x: f64) -> index {\n  %1 = enzyme.ignore_derivatives %x : f64 -> f64\n"
        "  %0 = gpu.thread_id y\n  return %0 : index\n}",
        "gpu.thread_id",
        {"dimension": "#gpu<dim y>"},
    ),
    "an attribute that the host does not have, and that is implied": (
        "func.func @f(%x: f64) {\n  %1 = enzyme.ignore_derivatives %x : f64 -> f64\n  gpu.barrier\n  return\n}",
        "gpu.barrier",
        {},
    ),
}


def operation_in(module: ir.Module, name: str) -> ir.Operation:
    (block,) = module.body.operations[0].regions[0].blocks
    return next(each.operation for each in block.operations if each.operation.name == name)


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_on_the_way_to_the_host_and_back(name: str) -> None:
    text, kind, attributes = CASES[name]
    with full_context():
        generic = lowering.run(text, "parse", enzyme=folder_of("0.0.16"))
        for _ in range(2):
            operation = operation_in(generic, kind)
            assert {each: str(operation.attributes[each]) for each in operation.attributes} == attributes
            generic = lowering.run(generic, "parse", enzyme=folder_of("0.0.16"))


@pytest.mark.parametrize("release", RELEASES)
def test_a_barrier_goes_through_every_release(release: str) -> None:
    with full_context():
        module = lowering.run("func.func @f() {\n  gpu.barrier\n  return\n}", "parse", enzyme=folder_of(release))
        assert operation_in(module, "gpu.barrier").name == "gpu.barrier"


def test_what_no_form_is_read_of_is_named() -> None:
    text = """func.func @f(%x: f64, %i: index, %s: i32) {
  %0 = enzyme.ignore_derivatives %x : f64 -> f64
  %m = "enzymexla.pointer2memref"(%p) : (!llvm.ptr) -> memref<?x!llvm.ptr> loc("model.py":7:3)
  return
}""".replace("%i: index, %s: i32", "%p: !llvm.ptr")
    with full_context(), pytest.raises(lowering.UnreadableResult) as caught:
        lowering.parse(text)
    assert str(caught.value) == (
        "<text>: Enzyme reads it, and mlir cannot read what Enzyme makes of it: error: enzymexla.pointer2memref at "
        'loc("model.py":7:3): invalid memref element type'
    )


TEXT = '"a.b"(%0) <{k = [1, {x = ">"}], l}> {m = 2} : (i1) -> ()\n"a.c"()[^bb1] <{n = #g<d x>}> : () -> ()'


def test_properties_are_found_merged_and_dropped() -> None:
    first, second = operations(TEXT)
    assert names_in(TEXT, first.start, first.end) == ("k", "l")
    assert names_in(TEXT, first.attributes, first.type) == ("m",)
    assert names_in(TEXT, second.start, second.end) == ("n",)
    assert merge_properties(TEXT, "a.b".__eq__).splitlines()[0] == (
        '"a.b"(%0)  {k = [1, {x = ">"}], l, m = 2} : (i1) -> ()'
    )
    assert drop_entries(TEXT, {("a.b", "l"), ("a.c", "n = #g<d x>")}) == (
        '"a.b"(%0) <{k = [1, {x = ">"}]}> {m = 2} : (i1) -> ()\n"a.c"()[^bb1]  : () -> ()'
    )
    assert entries_at(TEXT, TEXT.index("#g")) == [("a.c", "n = #g<d x>")]
    assert entries_at(TEXT, TEXT.index("{x")) == [("a.b", 'k = [1, {x = ">"}]')]
    assert entries_at(TEXT, 0) == [("a.b", 'k = [1, {x = ">"}]'), ("a.b", "l")]
    assert entries_at(TEXT, TEXT.index("m = 2")) == []


def test_a_property_that_is_dropped_in_every_form_is_an_error() -> None:
    def show(text: str) -> str:
        return text.replace("l, ", "").replace(", l", "")

    with pytest.raises(Lost) as caught:
        fit(TEXT, str, show, lambda name: True, Forms())
    assert str(caught.value) == "a.b: its property l would be lost"


def test_what_is_learned_is_remembered() -> None:
    read: list[str] = []

    def reads(text: str) -> str:
        read.append(text)
        if "#g<d x>" in text:
            raise NotRead(f'"-":2:{text.splitlines()[1].index("#g") + 4}: no', text)
        return text

    forms = Forms()
    for count in (3, 1):
        read.clear()
        assert "#g.d<x>" in str(fit(TEXT, reads, str, lambda name: True, forms))
        assert len(read) == count
    assert forms.respelled == {"g.d"}
