"""Operations with other parts in some releases: each release takes what builders make for it, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from enzyme_mlir import ir, lowering, new_context, using_release, verify
from enzyme_mlir.dialects import comm, impulse, perfify
from enzyme_mlir.testing import operation_of, sample
from tests.enzyme.installed import RELEASES, folder_of

OLD, MIDDLE, NEW = RELEASES
DENSITY = "func.func private @density(tensor<2xf64>) -> tensor<f64>"
STATE = ("f64", "f64", "f64", "i64", "f64", "2xf64", "2xf64", "i64", "i64")
"""What the tuning of two elements hands on, which is the form that `expand-impulse` gives it."""
GIVEN = ("tensor<2xui64>", "tensor<1x2xf64>", "tensor<f64>", "tensor<i64>", "tensor<1x2xf64>")
FINAL = {
    "output_rng_state_type": "tensor<2xui64>",
    "final_position_type": "tensor<1x2xf64>",
    "final_gradient_type": "tensor<1x2xf64>",
    "final_potential_energy_type": "tensor<f64>",
    "final_step_size_type": "tensor<f64>",
    "final_inverse_mass_matrix_type": "tensor<1x2xf64>",
}


def parsed(text: str) -> ir.Type:
    return ir.Type.parse(text)


def inferred(values: list[Any], release: str, **more: Any) -> Any:
    """An `impulse.infer` of four samples with the two elements of `@density`, as a release has it."""
    rng, position, step, _, mass = values
    if release != OLD:
        more = {"log_densities_type": parsed("tensor<4xf64>"), **more}
    return impulse.infer(
        trace_type=parsed("tensor<4x2xf64>"),
        diagnostics_type=parsed("tensor<4x2xi1>" if release == NEW else "tensor<4xi1>"),
        **{name: parsed(text) for name, text in FINAL.items()},
        inputs=[rng],
        selection=[],
        all_addresses=[],
        logpdf_fn="density",
        inverse_mass_matrix=mass,
        initial_position=position,
        step_size=step,
        num_warmup=6,
        num_samples=4,
        nuts_config=impulse.NUTSConfigAttr.get(max_tree_depth=3, max_delta_energy=1000.0),
        **more,
    )


def built(release: str) -> dict[str, str]:
    """The operations as builders make them for a release, each in a module."""
    made: dict[str, str] = {}
    with sample(*GIVEN, setup=DENSITY) as (module, *values), using_release(release):
        operation = operation_of(inferred(values, release))
        assert verify(operation) == ()
        made["impulse.infer"] = str(module)
    number = "tensor<i32>" if release == NEW else "i32"
    with sample(number, "!comm.mpi.comm") as (module, place, world), using_release(release):
        tensor = parsed("tensor<4xf64>")
        if release == OLD:
            requested = parsed("!comm.mpi.requested<tensor<4xf64>>")
            request = comm.mpi_irecv(None, None, place, place, world, requested_type=requested)
            assert comm.mpi_wait(request, buf_type=tensor).buf.type == tensor
            assert [each.type for each in comm.mpi_waitall([request], bufs_types=[tensor]).bufs] == [tensor]
        else:
            received, request = comm.mpi_irecv(tensor, parsed("!comm.mpi.request"), place, place, world)
            assert received.type == tensor
            assert comm.mpi_wait(request).buf is None
            assert list(comm.mpi_waitall([request]).bufs) == []
        assert verify(module) == ()
        made["comm.mpi"] = str(module)
    with sample() as (module,), using_release(release):
        cost = perfify.cost("arith.mulf") if release == NEW else perfify.cost("arith.mulf", 3)
        assert (cost.body is not None) is (release == NEW)
        assert verify(cost) == ()
        made["perfify.cost"] = str(module)
    return made


@cache
def modules() -> dict[tuple[str, str], str]:
    """What is built, by operation and the release that it is built for."""
    return {(name, release): text for release in RELEASES for name, text in built(release).items()}


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_takes_its_own_form_and_refuses_the_other_one_as_verify_does(release: str) -> None:
    verdicts = lowering.verdicts(list(modules().values()), "", enzyme=folder_of(release))
    taken = {key for key, verdict in zip(modules(), verdicts, strict=True) if verdict.text is not None}
    alike = {
        "impulse.infer": {(OLD,), (MIDDLE, NEW)},
        "comm.mpi": {(OLD,), (MIDDLE,), (NEW,)},  # numbers are tensors in the newest
        "perfify.cost": {(OLD, MIDDLE), (NEW,)},
    }
    assert taken == {
        (name, other) for name, groups in alike.items() for group in groups if release in group for other in group
    }
    with new_context(), using_release(release):
        assert {key for key, text in modules().items() if not verify(ir.Module.parse(text))} == taken


@pytest.mark.parametrize("release", [MIDDLE, NEW])
def test_a_warm_up_in_parts_hands_its_state_on(release: str) -> None:
    state = [f"tensor<{each}>" for each in STATE]
    with sample(*GIVEN, *state, setup=DENSITY) as (module, *given), using_release(release):
        values, before = given[: len(GIVEN)], given[len(GIVEN) :]
        types = [each.type for each in before]
        more = {"total_warmup": 12, "adaptation_state_in": before, "warmup_offset": values[3]}
        made = operation_of(inferred(values, release, **more, adaptation_state_out_types=types)).opview
        assert [each.type for each in made.adaptation_state_out] == types
        assert list(made.adaptation_state_in) == before
        assert made.warmup_offset == values[3]
        for wrong in ({"adaptation_state_in": before[:8]}, {"adaptation_state_out_types": types[:8]}):
            with pytest.raises(ValueError, match=r"is 8, accepted is count\(\w+\) == 9$"):
                inferred(values, release, **wrong)
        text = str(module)
    short = text.replace("array<i32: 1, 9,", "array<i32: 2, 8,")
    assert short != text
    taken, refused = lowering.verdicts([text, short], "", enzyme=folder_of(release))
    assert taken.text is not None, taken.message
    assert "`adaptation_state_in` must have either 0 or 9 operands, got 8" in refused.message
