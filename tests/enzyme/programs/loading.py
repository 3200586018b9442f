"""The programs as modules."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "NAMES", "load"]

FOLDER = Path(__file__).parents[3] / "examples" / "programs"
NAMES = (
    "attention",
    "black_scholes",
    "chebyshev",
    "convolution",
    "curve_fit",
    "discounting",
    "dynamic_time_warping",
    "electric_field",
    "embedding",
    "fourier",
    "gaussian",
    "gaussian_process",
    "heat_equation",
    "hidden_markov",
    "image_registration",
    "implicit",
    "kalman_filter",
    "kepler",
    "kinked_loss",
    "layer_norm",
    "lennard_jones",
    "linear_solve",
    "membrane",
    "mlp",
    "monte_carlo",
    "n_body",
    "particles",
    "pendulum_forward",
    "per_example_gradients",
    "power_iteration",
    "quadrature",
    "recurrent_network",
    "recursion",
    "resonant_circuit",
    "robertson",
    "robot_arm",
    "rocket_landing",
    "runge_kutta",
    "softmax_regression",
    "sorting_network",
    "sparse_matrix",
    "spline",
    "springs",
    "strided_dot",
)
"""All programs."""


def load(name: str) -> Any:
    """A program's module."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return importlib.import_module(name)
