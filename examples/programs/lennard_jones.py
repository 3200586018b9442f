"""Atoms that attract and repel each other by the potential of Lennard and Jones: forces, and a molecule at rest.

`@energy` sums over pairs j < i, so the inner loop ends where the outer one is. The force is minus the gradient; along
it four atoms come to rest as a tetrahedron, with an energy of -6.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @energy(%place: memref<?x3xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %count = memref.dim %place, %c0 : memref<?x3xf64>
  %sum = scf.for %i = %c0 to %count step %c1 iter_args(%before = %zero) -> (f64) {
    %inner = scf.for %j = %c0 to %i step %c1 iter_args(%part = %before) -> (f64) {
      %far2 = scf.for %k = %c0 to %c3 step %c1 iter_args(%squares = %zero) -> (f64) {
        %a = memref.load %place[%i, %k] : memref<?x3xf64>
        %b = memref.load %place[%j, %k] : memref<?x3xf64>
        %ab = arith.subf %a, %b : f64
        %square = arith.mulf %ab, %ab : f64
        %more = arith.addf %squares, %square : f64
        scf.yield %more : f64
      }
      %far4 = arith.mulf %far2, %far2 : f64
      %far6 = arith.mulf %far4, %far2 : f64
      %attract = arith.divf %one, %far6 : f64
      %repel = arith.mulf %attract, %attract : f64
      %twice = arith.mulf %two, %attract : f64
      %pair = arith.subf %repel, %twice : f64
      %after = arith.addf %part, %pair : f64
      scf.yield %after : f64
    }
    scf.yield %inner : f64
  }
  return %sum : f64
}
"""


def atoms(count: int = 4) -> dict[str, Any]:
    """Atoms on a crooked grid."""
    rng = np.random.default_rng(20)
    side = int(np.ceil(count ** (1 / 3)))
    grid = np.stack(np.meshgrid(*[np.arange(side)] * 3), axis=-1).reshape(-1, 3)[:count]
    return {"place": 1.1 * grid + 0.05 * rng.normal(size=(count, 3))}


def pairs(place: Any) -> tuple[Any, Any]:
    """Differences and squares of distances; an atom is infinitely far from itself."""
    ab = place[:, None] - place
    return ab, np.sum(ab * ab, axis=2) + np.diag(np.full(len(place), np.inf))


def energy(place: Any) -> float:
    """The sum over pairs."""
    _, far2 = pairs(place)
    return float(np.sum(far2**-6 - 2 * far2**-3) / 2)


def gradient(place: Any) -> tuple[Any]:
    """Minus the forces."""
    ab, far2 = pairs(place)
    return (np.einsum("ij,ijk->ik", 12 * (far2**-4 - far2**-7), ab),)


PROGRAM = Program("Lennard-Jones forces", MLIR, "energy", ("place",), atoms, energy, gradient, large=lambda: atoms(60))


def relax(steps: int = 3000) -> tuple[Any, float]:
    """Steepest descent from four atoms at random: places and energy."""
    from enzyme_mlir import value_and_grad

    step, given = value_and_grad(MLIR, "energy"), atoms()
    for _ in range(steps):
        value, slope = step(**given)
        given["place"] = given["place"] - 0.005 * np.clip(slope, -5.0, 5.0)
    return given["place"], value


def main() -> bool:
    """Forces, a molecule at rest, and that it does not resist when it is moved as a whole."""
    from enzyme_mlir import hvp

    good = show(PROGRAM)
    place, lowest = relax()
    good &= check([("the energy at rest", lowest, -6.0)], 1e-9, ("found", "tetrahedron"))
    shift = np.tile([1.0, 2.0, 3.0], (4, 1))
    resists = float(np.max(np.abs(hvp(MLIR, "energy")(place, shift))))
    print(f"the Hessian times a shift of the whole: at most {resists:.0e}")
    return good and resists < 1e-9


if __name__ == "__main__":
    main_of(main)
