"""Alternating current through resistor, coil and capacitor in series: complex arithmetic, real derivatives.

`@power` adds up the power that the circuit takes at some frequencies w: Re(1/Z) with Z = R + i (w L - 1 / (w C)).
Differentiated by resistance, inductance and capacitance; the last is tuned until the resonance is where it should be.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @power(%resistance: f64, %inductance: f64, %capacitance: f64, %frequency: memref<?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %frequency, %c0 : memref<?xf64>
  %voltage = complex.create %one, %zero : complex<f64>
  %sum = scf.for %i = %c0 to %count step %c1 iter_args(%before = %zero) -> (f64) {
    %w = memref.load %frequency[%i] : memref<?xf64>
    %coil = arith.mulf %w, %inductance : f64
    %wc = arith.mulf %w, %capacitance : f64
    %capacitor = arith.divf %one, %wc : f64
    %reactance = arith.subf %coil, %capacitor : f64
    %impedance = complex.create %resistance, %reactance : complex<f64>
    %current = complex.div %voltage, %impedance : complex<f64>
    %taken = complex.mul %voltage, %current : complex<f64>
    %real = complex.re %taken : complex<f64>
    %after = arith.addf %before, %real : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""

PARTS = ("resistance", "inductance", "capacitance")


def circuit(count: int = 5) -> dict[str, Any]:
    """A circuit near its resonance."""
    return {"resistance": 0.5, "inductance": 1.2, "capacitance": 0.9, "frequency": np.linspace(0.5, 2.0, count)}


def power(resistance: float, inductance: float, capacitance: float, frequency: Any) -> float:
    """The sum over frequencies."""
    reactance = frequency * inductance - 1 / (frequency * capacitance)
    return float(np.sum((1 / (resistance + 1j * reactance)).real))


def gradient(resistance: float, inductance: float, capacitance: float, frequency: Any) -> tuple[float, ...]:
    """The derivatives of R / (R^2 + X^2)."""
    x = frequency * inductance - 1 / (frequency * capacitance)
    below = (resistance**2 + x**2) ** 2
    by_x = -2 * resistance * x / below
    by_resistance = (x**2 - resistance**2) / below
    return tuple(float(np.sum(by)) for by in (by_resistance, by_x * frequency, by_x / (frequency * capacitance**2)))


PROGRAM = Program(
    "complex numbers: a resonant circuit", MLIR, "power", PARTS, circuit, power, gradient, large=lambda: circuit(5000)
)


def tune() -> float:
    """The capacitance with the most power at the frequency 2, by Newton's method; the resonance is at 1 / (w^2 L)."""
    from enzyme_mlir import grad

    slope = grad(MLIR, "power", wrt="capacitance")
    bend = grad(slope, wrt="capacitance")
    given = circuit() | {"frequency": np.array([2.0]), "capacitance": 0.2}
    for _ in range(50):
        given["capacitance"] -= slope(**given) / bend(**given)
    return float(given["capacitance"])


def main() -> bool:
    """Compare, then tune."""
    good = show(PROGRAM)
    found = tune()
    print(f"the capacitance with a resonance at 2: found {found:.12g}, right {1 / 4.8:.12g}")
    return good and abs(found * 4.8 - 1) < 1e-10


if __name__ == "__main__":
    main_of(main)
