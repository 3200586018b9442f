"""What derivatives are for: networks that learn, parameters that are found, systems of other sizes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enzyme_mlir import jvp
from tests.enzyme.programs.loading import load

close = pytest.approx


def test_the_perceptron_learns_a_sine() -> None:
    losses = load("mlp").train()
    assert losses[0] > 0.1
    assert losses[-1] < 1e-5


def test_the_recurrent_network_learns_to_remember() -> None:
    losses = load("recurrent_network").train()
    assert losses[0] > 0.1
    assert losses[-1] < 1e-3


def test_the_softmax_regression_comes_to_rest() -> None:
    program = load("softmax_regression")
    w, losses = program.train()
    given = program.flowers(150)
    assert losses[-1] < losses[0] / 5
    assert np.max(np.abs(program.gradient(w, given["x"], given["label"])[0])) < 1e-3


def test_the_blur_is_found() -> None:
    program = load("convolution")
    np.testing.assert_allclose(program.find_blur(), program.BLUR, rtol=1e-6)


def test_the_shift_is_found() -> None:
    program = load("image_registration")
    wanted = program.sampled(**(program.pictures() | {"down": 1.75, "right": 0.25}))
    assert program.find_shift(wanted) == close((1.75, 0.25), rel=1e-9)


def test_the_likelihood_of_the_normal_distribution_is_largest_at_mean_and_deviation() -> None:
    program = load("gaussian")
    sample = program.heights()["sample"]
    assert program.fit() == close((sample.mean(), sample.std()), rel=1e-10)


def test_the_rocket_lands() -> None:
    height, speed = load("rocket_landing").land()
    assert abs(height) < 0.01
    assert abs(speed) < 0.01


def test_the_hand_reaches_the_point() -> None:
    program = load("robot_arm")
    assert program.reach() == close(program.GOAL, rel=1e-9)


def test_the_curve_is_found() -> None:
    program = load("curve_fit")
    true = np.array([3.0, 0.7, 0.5])
    measured = program.model(**(program.counts(30) | {"p": true}))
    np.testing.assert_allclose(program.fit(measured), true, rtol=1e-9)


def test_four_atoms_come_to_rest_as_a_tetrahedron() -> None:
    place, energy = load("lennard_jones").relax()
    assert energy == close(-6.0, rel=1e-9)
    far = np.linalg.norm(place[:, None] - place, axis=2)[np.triu_indices(4, 1)]
    np.testing.assert_allclose(far, 1.0, rtol=1e-5)


def test_the_circuit_is_tuned_by_second_derivatives() -> None:
    assert load("resonant_circuit").tune() == close(1 / 4.8, rel=1e-10)


def test_the_derivative_past_an_iteration_is_that_through_it() -> None:
    program = load("implicit")
    given, seed = program.layer(), np.linspace(0.5, 1.5, 4)
    right = program.gradient(**given, seeds=(seed,))
    for found, wanted in zip(program.implicit(given["w"], given["b"], seed), right, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-11)


@pytest.mark.parametrize(
    ("name", "make", "sizes"), [("fourier", "signal", (2, 4, 16)), ("linear_solve", "system", (1, 2, 9))]
)
def test_other_sizes(name: str, make: str, sizes: tuple[int, ...]) -> None:
    helper, module = load("program"), load(name)
    for size in sizes:
        program = replace(module.PROGRAM, point=lambda size=size: getattr(module, make)(size))
        for what, found, right in helper.compare(program):
            assert helper.distance(found, right) <= program.tolerance, (size, what)


@pytest.mark.parametrize("start", [0, 1, 2, 5, 7])
def test_the_dot_product_starts_anywhere(start: int) -> None:
    module, helper = load("strided_dot"), load("program")
    program = replace(module.PROGRAM, point=lambda: module.vectors() | {"from": start})
    for what, found, right in helper.compare(program):
        assert helper.distance(found, right) <= program.tolerance, what


def test_the_misfit_of_the_pendulum_in_forward_mode() -> None:
    """The released Enzyme has -2.79 for this without preparation."""
    module = load("pendulum_forward")
    step = jvp(module.FUNCTION, "misfit", wrt=("length", "friction"))
    by_length, by_friction = module.gradient(**module.guess())
    assert step(module.guess(), (1.0, 0.0)).tangents == close(by_length, rel=1e-11)
    assert step(module.guess(), (0.0, 1.0)).tangents == close(by_friction, rel=1e-11)
