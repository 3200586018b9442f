"""Operations as each release has them: `verify` and the builders say what the real release says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from enzyme_mlir import ir, lowering, new_context, using_release, verify
from enzyme_mlir.dialects import comm, enzyme, impulse, perfify, tessera
from enzyme_mlir.testing import operation_of, sample
from tests.enzyme.installed import RELEASES, folder_of

OLD, MIDDLE, NEW = RELEASES


@dataclass(frozen=True)
class Form:
    """An operation in a function whose arguments have these types, and the releases that take it."""

    what: str
    types: str
    text: str
    releases: tuple[str, ...]


RMW = (
    '"enzyme.affine_atomic_rmw"(%0, %1, %2) {{kind = 0 : i64, map = affine_map<(d0) -> (d0)>{}}}'
    " : (f32, memref<2xf32>, index) -> f32"
)
DEFINE = (
    '"tessera.define"() <{{{}function_type = () -> (), pure = true, sym_name = "inv"}}>'
    ' ({{^bb0: "tessera.return"() : () -> ()}}) : () -> ()'
)
REDUCE = (
    '"comm.mpi.allreduce"(%0, %1) {{{} = #comm.mpi.op<MPI_SUM>}} : (tensor<4xf32>, !comm.mpi.comm) -> tensor<4xf32>'
)
SPLIT = '"comm.mpi.comm_split"(%0, %1, %1) : (!comm.mpi.comm, {0}, {0}) -> !comm.mpi.comm'
BCAST = '"comm.mpi.bcast"(%0, %1, %2) : (tensor<4xf32>, {}, !comm.mpi.comm) -> tensor<4xf32>'
FORMS = (
    Form("an ordering", "f32, memref<2xf32>, index", RMW.format(", ordering = 2 : i32"), (NEW,)),
    Form("no ordering", "f32, memref<2xf32>, index", RMW.format(""), (OLD, MIDDLE)),
    Form("a rank as a number", "!comm.mpi.comm", '"comm.mpi.comm_rank"(%0) : (!comm.mpi.comm) -> i32', (OLD, MIDDLE)),
    Form("a rank as a tensor", "!comm.mpi.comm", '"comm.mpi.comm_rank"(%0) : (!comm.mpi.comm) -> tensor<i32>', (NEW,)),
    Form("ranks", "!comm.mpi.comm", '"comm.mpi.comm_rank"(%0) : (!comm.mpi.comm) -> tensor<2xi32>', ()),
    Form("a color as a number", "!comm.mpi.comm, i32", SPLIT.format("i32"), (OLD, MIDDLE)),
    Form("a color as a tensor", "!comm.mpi.comm, tensor<i32>", SPLIT.format("tensor<i32>"), (NEW,)),
    Form("a root as a number", "tensor<4xf32>, i32, !comm.mpi.comm", BCAST.format("i32"), (OLD, MIDDLE)),
    Form("a root as a tensor", "tensor<4xf32>, tensor<i32>, !comm.mpi.comm", BCAST.format("tensor<i32>"), (NEW,)),
    Form("reduceOpAttr", "tensor<4xf32>, !comm.mpi.comm", REDUCE.format("reduceOpAttr"), (OLD, MIDDLE)),
    Form("reduceOp", "tensor<4xf32>, !comm.mpi.comm", REDUCE.format("reduceOp"), (NEW,)),
    Form("argModes", "", DEFINE.format("argModes = [], "), (NEW,)),
    Form("byRefTypes", "", DEFINE.format("byRefTypes = [], "), (MIDDLE,)),
    Form("argSizes", "", DEFINE.format("argSizes = array<i64>, byRefArgs = array<i1>, "), (OLD,)),
    Form("argSizes without byRefArgs", "", DEFINE.format("argSizes = array<i64>, "), ()),
    Form("a cost", "", '"perfify.cost"() {target_op = "a", cycle_cost = 1 : i64} : () -> ()', (OLD, MIDDLE)),
    Form(
        "a communicator",
        "",
        '%a = "comm.mpi.predefined_comm"() {value = #comm.mpi.comm<MPI_COMM_WORLD>} : () -> !comm.mpi.comm',
        (OLD, MIDDLE),
    ),
    Form(
        "a tensor of steps",
        "tensor<i64>",
        '"enzyme.binomial_progress"(%0, %0) : (tensor<i64>, tensor<i64>) -> tensor<i64>',
        (NEW,),
    ),
    Form("steps", "i64", '"enzyme.binomial_progress"(%0, %0) : (i64, i64) -> i64', (MIDDLE, NEW)),
    Form("cleared memory", "memref<4xf32>", '"enzyme.fill_zero"(%0) : (memref<4xf32>) -> ()', (MIDDLE, NEW)),
    Form("nothing to wait for", "!comm.mpi.request", '"comm.mpi.wait"(%0) : (!comm.mpi.request) -> ()', (MIDDLE, NEW)),
)


def text_of(form: Form) -> str:
    types = [each for each in form.types.split(", ") if each]
    if form.text.startswith(('"tessera', '"perfify')):
        return form.text
    arguments = ", ".join(f"%{index}: {each}" for index, each in enumerate(types))
    result = form.text.rpartition("-> ")[2]
    left = "" if form.text.startswith("%") or result == "()" else "%r = "
    return f"func.func @f({arguments}) {{\n  {left}{form.text}\n  return\n}}"


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_takes_is_found_right_and_what_it_refuses_wrong(release: str) -> None:
    verdicts = lowering.verdicts([text_of(form) for form in FORMS], "", enzyme=folder_of(release))
    for form, verdict in zip(FORMS, verdicts, strict=True):
        with new_context(), using_release(release):
            findings = verify(ir.Module.parse(text_of(form)))
        # An attribute that a release does not know it ignores; what it says there is lost.
        taken = verdict.text is not None and not any("does not have it" in str(finding) for finding in findings)
        assert taken is (release in form.releases), (form.what, verdict.message)
        assert (findings == ()) is taken, (form.what, list(map(str, findings)))


def test_the_words_name_the_release() -> None:
    with new_context():
        found = {}
        for form in FORMS:
            with using_release(NEW):
                found[form.what] = [str(each).partition("): ")[2] for each in verify(ir.Module.parse(text_of(form)))]
    assert found["a rank as a number"] == [
        "comm.mpi.comm_rank: rank is of type i32, accepted is tensor<i32, rank 0> in release 0.0.16"
    ]
    assert found["a communicator"] == [
        "comm.mpi.predefined_comm: the operation is none of release 0.0.16 of enzyme-ad, accepted is one of a release "
        "that has it: it is there up to release 0.0.15"
    ]
    assert found["a cost"] == [
        "perfify.cost: cycle_cost is given, and release 0.0.16 of enzyme-ad does not have it, accepted is a release "
        "that has it: it is there up to release 0.0.15",
        "perfify.cost: regions is 0 regions, accepted is 1 region",
    ]
    with new_context(), using_release(OLD):
        wait = [str(each).partition("): ")[2] for each in verify(ir.Module.parse(text_of(FORMS[-1])))]
    assert wait == [
        "comm.mpi.wait: request is of type !comm.mpi.request, accepted is comm.mpi.requested in release 0.0.14",
        "comm.mpi.wait: results is 0 values, accepted is 1 (result_0)",
    ]


def test_a_definition_that_a_release_lacks_is_found() -> None:
    text = '"enzyme.dump"(%0) {label = "a", x = [#comm.mpi.datatype<MPI_INT>]} : (i32) -> i32'
    with new_context(), using_release(NEW):
        module = ir.Module.parse(f"func.func @f(%0: i32) {{ %r = {text} return }}")
        (found,) = verify(module)
    assert (found.parameter, found.accepted) == (
        "x",
        "one of a release that has #comm.mpi.datatype: it is there up to release 0.0.15",
    )


def test_builders_demand_what_the_release_in_use_requires() -> None:
    with sample("f32", "memref<2xf32>", "index") as (_, value, memref, index):
        f32, one = value.type, ir.AffineMap.get_identity(1)
        with using_release(NEW):
            made = operation_of(enzyme.affine_atomic_rmw(f32, "addf", value, memref, [index], one, "monotonic"))
            assert "ordering" in made.attributes
            with pytest.raises(ValueError) as caught:
                enzyme.affine_atomic_rmw(f32, "addf", value, memref, [index], one)
            assert str(caught.value) == (
                "enzyme.affine_atomic_rmw: ordering is not given, accepted is a value: release 0.0.16 of enzyme-ad "
                "requires it"
            )
        with using_release(MIDDLE):
            made = operation_of(enzyme.affine_atomic_rmw(f32, "addf", value, memref, [index], one))
            assert "ordering" not in made.attributes
            with pytest.raises(ValueError, match=r"^enzyme\.affine_atomic_rmw: ordering is given for release 0\.0\.15"):
                enzyme.affine_atomic_rmw(f32, "addf", value, memref, [index], one, "monotonic")
        with using_release(None), pytest.raises(ValueError, match=r"ordering is not given.*the operation requires it$"):
            enzyme.affine_atomic_rmw(f32, "addf", value, memref, [index], one)


@pytest.mark.parametrize("release", RELEASES[1:])
def test_what_an_accessor_gives_can_be_given_back(release: str) -> None:
    text = text_of(FORMS[0] if release == NEW else FORMS[1])
    with new_context(), ir.Location.unknown(), using_release(release):
        module = ir.Module.parse(text)
        block = module.body.operations[0].regions[0].blocks[0]
        operation: Any = block.operations[0]
        assert (operation.ordering is None) is (release != NEW)
        with ir.InsertionPoint(block.operations[1]):
            again = operation_of(
                enzyme.affine_atomic_rmw(
                    operation.result.type,
                    operation.kind,
                    operation.value,
                    operation.memref,
                    operation.indices,
                    operation.map,
                    operation.ordering,
                    alignment=operation.alignment,
                    fastmath=operation.fastmath,
                )
            )
        assert again.attributes["kind"] == operation.operation.attributes["kind"]
        assert len(again.attributes) == len(operation.operation.attributes)
        operation.fastmath = operation.fastmath
        operation.ordering = operation.ordering
        assert verify(module) == ()
        if release != NEW:
            with pytest.raises(ValueError, match=r"fastmath is given for release 0\.0\.15"):
                operation.fastmath = "fast"


def test_types_of_a_builder_are_those_of_the_release() -> None:
    with sample("!comm.mpi.comm") as (_, world):
        number, tensor = ir.Type.parse("i32"), ir.Type.parse("tensor<i32>")
        for release in RELEASES:
            right, wrong = (tensor, number) if release == NEW else (number, tensor)
            with using_release(release):
                assert comm.mpi_comm_rank(right, world).type == right
                with pytest.raises(ValueError, match=r"^comm\.mpi\.comm_rank: rank is of type "):
                    comm.mpi_comm_rank(wrong, world)


def test_parts_that_a_release_lacks_or_needs_are_told_by_builders() -> None:
    given = pytest.raises(ValueError, match=r"^perfify\.cost: cycle_cost is given for release 0\.0\.16")
    with sample() as _, using_release(NEW), given:
        perfify.cost("a", 1)
    with sample("!comm.mpi.request") as (_, request), using_release(OLD), pytest.raises(ValueError) as caught:
        comm.mpi_wait(request)
    assert str(caught.value) == (
        "comm.mpi.wait: buf_type is not given, accepted is a Type: release 0.0.14 of enzyme-ad requires it"
    )


def test_an_attribute_that_only_releases_have_is_a_parameter() -> None:
    with sample() as _, using_release(NEW):
        made = tessera.define("f", ir.Type.parse("() -> ()"), True, arg_modes=[], body=list)
        assert "argModes" in operation_of(made).attributes
        assert verify(operation_of(made)) == ()
    assert impulse.InferOp.total_warmup is not None


def test_an_attribute_that_says_nothing_is_no_loss() -> None:
    text = (
        "func.func @f(%x: f64) -> f64 {{ return %x : f64 }} func.func @g(%x: f64, %d: f64) -> f64 {{\n"
        '%r = "enzyme.autodiff"(%x, %d) {{fn = @f, activity = [#enzyme<activity enzyme_active>], atomic_add = {}, '
        "ret_activity = [#enzyme<activity enzyme_activenoneed>]}} : (f64, f64) -> f64\nreturn %r : f64 }}"
    )
    with new_context(), using_release(OLD):
        assert verify(ir.Module.parse(text.format("false"))) == ()
        (found,) = verify(ir.Module.parse(text.format("true")))
    assert found.parameter == "atomic_add"
