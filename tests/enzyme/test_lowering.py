"""`enzyme_mlir.lowering`: results, pipelines, contexts, and what happens when Enzyme dies or takes too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context, verification
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity
from enzyme_mlir.lowering import EnzymeError, EnzymeTimeout
from enzyme_mlir.lowering.pipelines import name_of
from enzyme_mlir.testing import printed, sample

pytestmark = pytest.mark.usefixtures("enzyme_installed")

SNAPSHOTS = Path(__file__).parents[2] / "generated" / "snapshots" / "enzyme"
SQUARE = "func.func @square(%x: f64) -> f64 { %y = arith.mulf %x, %x : f64 return %y : f64 }"
REVERSE = (SNAPSHOTS / "autodiff.mlir").read_text(encoding="utf-8")
WRONG = 'func.func @f() { "enzyme.bogus"() : () -> () return }'


def deadly() -> str:
    """Forward mode with an active argument, which Enzyme does not survive."""
    with verification(False), sample("f64", "f64", setup=SQUARE) as (module, x, dx):
        enzyme.fwddiff("square", [x, dx], [Activity.ACTIVE], [Activity.DUPNONEED], results=x.type)
        return printed(module)


def batched() -> str:
    """A module with a batch of a function."""
    return f"""
    {SQUARE}
    func.func @all(%x: tensor<3xf64>) -> tensor<3xf64> {{
      %0 = "enzyme.batch"(%x) {{batch_shape = array<i64: 3>, fn = @square}} : (tensor<3xf64>) -> tensor<3xf64>
      return %0 : tensor<3xf64>
    }}
    """


def used() -> str:
    """A module that returns the derivative of a function."""
    return f"""
    {SQUARE}
    func.func @derivative(%x: f64, %dx: f64) -> f64 {{
      %0 = "enzyme.autodiff"(%x, %dx) {{
        activity = [#enzyme.activity<enzyme_active>], fn = @square,
        ret_activity = [#enzyme.activity<enzyme_activenoneed>]
      }} : (f64, f64) -> f64
      return %0 : f64
    }}
    """


def test_a_module_that_kills_enzyme_names_the_signal_and_the_others_are_answered() -> None:
    first, killer, last = lowering.run_all([REVERSE, deadly(), REVERSE])
    assert first == last
    assert first[0] is not None, first[1]
    assert killer[0] is None
    assert killer[1].startswith("Enzyme died of SIG")


def test_a_refused_module_does_not_stop_the_others() -> None:
    first, wrong, last = lowering.run_all([REVERSE, WRONG, REVERSE], "parse")
    assert first[0] is not None
    assert first == last
    assert wrong[0] is None
    assert "unregistered operation 'enzyme.bogus'" in wrong[1]


def test_no_modules_are_no_work() -> None:
    assert lowering.run_all([]) == []


def test_the_death_of_enzyme_is_an_error_here() -> None:
    with pytest.raises(EnzymeError, match=r"^Enzyme died of SIG(SEGV|ABRT|BUS|ILL)"):
        lowering.run(deadly())


def test_a_refusal_is_an_error_with_enzymes_words() -> None:
    with (
        pytest.raises(EnzymeError, match=r"^loc\(\"-\":1:18\): error: enzyme\.bogus: Enzyme takes registered"),
        new_context(),
    ):
        lowering.run(WRONG)


def test_too_little_time_is_an_error() -> None:
    with pytest.raises(EnzymeTimeout) as caught, new_context():
        lowering.run(REVERSE, timeout=0.0001)
    error = caught.value
    assert error.message == "Enzyme did not end within 0.0001 seconds"
    passes = [name_of(each) for each in lowering.PIPELINES["differentiate"].passes]
    places = {None: "", **{name: f"\nin the pass {name}" for name in passes}}  # a busy machine looks later
    assert str(error) == error.message + places[error.stage]


def test_the_result_is_in_the_context_of_the_module() -> None:
    with new_context() as context:
        module = ir.Module.parse(used())
        before = str(module)
    result = lowering.run(module)
    assert result.context == context
    assert "enzyme." not in str(result)
    assert str(module) == before


def test_the_result_of_text_is_in_the_current_context() -> None:
    with new_context() as context:
        assert lowering.run(used()).context == context


def test_the_result_is_in_the_given_context() -> None:
    context = new_context()
    result = lowering.run(used(), context=context)
    assert result.context == context
    assert result.operation.verify()


def test_differentiation_leaves_no_operation_of_the_dialect() -> None:
    ((text, message),) = lowering.run_all([used()], "differentiate")
    assert text is not None, message
    assert '"enzyme.' not in text
    assert "enzyme.autodiff" not in text
    assert "arith.mulf" in text


def test_batches_are_expanded() -> None:
    ((text, message),) = lowering.run_all([batched()], "batch")
    assert text is not None, message
    assert "enzyme.batch" not in text
    assert "tensor<3xf64>" in text


def test_parsing_changes_nothing() -> None:
    ((text, message),) = lowering.run_all([used()], "parse")
    assert text is not None, message
    assert "enzyme.autodiff" in text


def test_tracebacks_leave_the_locations_of_a_module_alone() -> None:
    with new_context():
        module = ir.Module.parse(used())
        plain = lowering.run(module)
        with ir.loc_tracebacks():
            traced = lowering.run(module)
        assert traced.operation.get_asm(enable_debug_info=True) == plain.operation.get_asm(enable_debug_info=True)


def test_a_pipeline_can_be_spelled_out() -> None:
    named = lowering.run_all([used()])
    spelled = lowering.run_all([used()], lowering.PIPELINES["differentiate"])
    assert named == spelled
    assert named[0][0] is not None


def test_an_unknown_pass_is_refused() -> None:
    ((text, message),) = lowering.run_all([used()], "enzyme,no-such-pass")
    assert text is None
    assert "no-such-pass" in message


def test_the_pipelines_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        lowering.PIPELINES["parse"] = "cse"  # type: ignore[index]
    with pytest.raises(AttributeError):
        lowering.PIPELINES["parse"].passes = ("cse",)  # type: ignore[misc]
