"""An integral by Simpson's rule: the radiation of a black body between two wavelengths, by its temperature.

`@radiance` sums the odd points with weight 4 and the inner even points with weight 2, in loops that start at 1 and at 2
and go by 2: reverse mode has to visit the same points. Differentiated by the temperature and by both ends.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @planck(%wavelength: f64, %temperature: f64) -> f64 {  // lengths in micrometres, temperatures in 1000 kelvin
  %one = arith.constant 1.0 : f64
  %second = arith.constant 14.387768775 : f64  // h c / k
  %l2 = arith.mulf %wavelength, %wavelength : f64
  %l4 = arith.mulf %l2, %l2 : f64
  %l5 = arith.mulf %l4, %wavelength : f64
  %lt = arith.mulf %wavelength, %temperature : f64
  %x = arith.divf %second, %lt : f64
  %e = math.exp %x : f64
  %less = arith.subf %e, %one : f64
  %below = arith.mulf %l5, %less : f64
  %r = arith.divf %one, %below : f64
  return %r : f64
}

func.func @radiance(%from: f64, %to: f64, %temperature: f64, %points: index) -> f64 {
  %two = arith.constant 2.0 : f64
  %three = arith.constant 3.0 : f64
  %four = arith.constant 4.0 : f64
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %points_int = arith.index_cast %points : index to i64
  %parts = arith.sitofp %points_int : i64 to f64
  %long = arith.subf %to, %from : f64
  %h = arith.divf %long, %parts : f64
  %first = func.call @planck(%from, %temperature) : (f64, f64) -> f64
  %last = func.call @planck(%to, %temperature) : (f64, f64) -> f64
  %ends = arith.addf %first, %last : f64
  %odd = scf.for %i = %c1 to %points step %c2 iter_args(%before = %ends) -> (f64) {
    %i_int = arith.index_cast %i : index to i64
    %count = arith.sitofp %i_int : i64 to f64
    %by = arith.mulf %count, %h : f64
    %at = arith.addf %from, %by : f64
    %y = func.call @planck(%at, %temperature) : (f64, f64) -> f64
    %weighted = arith.mulf %four, %y : f64
    %after = arith.addf %before, %weighted : f64
    scf.yield %after : f64
  }
  %all = scf.for %i = %c2 to %points step %c2 iter_args(%before = %odd) -> (f64) {
    %i_int = arith.index_cast %i : index to i64
    %count = arith.sitofp %i_int : i64 to f64
    %by = arith.mulf %count, %h : f64
    %at = arith.addf %from, %by : f64
    %y = func.call @planck(%at, %temperature) : (f64, f64) -> f64
    %weighted = arith.mulf %two, %y : f64
    %after = arith.addf %before, %weighted : f64
    scf.yield %after : f64
  }
  %third = arith.divf %h, %three : f64
  %r = arith.mulf %third, %all : f64
  return %r : f64
}
"""

SECOND = 14.387768775


def sun(points: int = 40) -> dict[str, Any]:
    """Visible light of the sun."""
    return {"from": 0.38, "to": 0.75, "temperature": 5.772, "points": points}


def sampled(arguments: dict[str, Any]) -> tuple[Any, Any, float]:
    """The wavelengths, the weights of Simpson's rule, and the distance of two points."""
    points = arguments["points"]
    weights = np.where(np.arange(points + 1) % 2 == 1, 4.0, 2.0)
    weights[[0, -1]] = 1.0
    wavelengths = np.linspace(arguments["from"], arguments["to"], points + 1)
    return wavelengths, weights / 3, (arguments["to"] - arguments["from"]) / points


def planck(wavelengths: Any, temperature: float) -> Any:
    """Planck's law."""
    return 1 / (wavelengths**5 * np.expm1(SECOND / (wavelengths * temperature)))


def radiance(**arguments: Any) -> float:
    """The integral."""
    wavelengths, weights, h = sampled(arguments)
    return float(h * weights @ planck(wavelengths, arguments["temperature"]))


def gradient(**arguments: Any) -> tuple[float, float, float]:
    """The rule applied to the derivatives of Planck's law."""
    wavelengths, weights, h = sampled(arguments)
    temperature = arguments["temperature"]
    y = planck(wavelengths, temperature)
    x = SECOND / (wavelengths * temperature)
    steep = x * np.exp(x) / np.expm1(x)
    by_wavelength = y * (steep - 5) / wavelengths
    part = np.linspace(0.0, 1.0, len(y))
    long = arguments["to"] - arguments["from"]
    whole = float(h * weights @ y)
    by_from = float(h * weights @ (by_wavelength * (1 - part))) - whole / long
    by_to = float(h * weights @ (by_wavelength * part)) + whole / long
    return by_from, by_to, float(h * weights @ (y * steep / temperature))


PROGRAM = Program(
    "quadrature: light of a black body",
    MLIR,
    "radiance",
    ("from", "to", "temperature"),
    sun,
    radiance,
    gradient,
    large=lambda: sun(2000),
)


def main() -> bool:
    """Compare; and the derivative of an integral by its end is the integrand there."""
    from enzyme_mlir import grad

    good = show(PROGRAM)
    by_end = grad(MLIR, "radiance", wrt="to")(**sun(400))
    right = float(planck(0.75, 5.772))
    print(f"by the upper end {by_end:.12g}, Planck's law there {right:.12g}")
    return good and math.isclose(by_end, right, rel_tol=1e-8)


if __name__ == "__main__":
    main_of(main)
