"""Three bodies under gravity: where they are after some steps, differentiated by where they were and by their masses.

`@orbit` moves the bodies in place, by the steps of Störmer and Verlet in their simplest form (speeds, then places).
Each pulls at each other (`scf.if` leaves out the body itself); the gradient is that of the last places and speeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
func.func @orbit(%place: memref<?x3xf64>, %speed: memref<?x3xf64>, %mass: memref<?xf64>, %steps: index) {
  %dt = arith.constant 0.01 : f64
  %soft = arith.constant 0.01 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %count = memref.dim %place, %c0 : memref<?x3xf64>
  scf.for %t = %c0 to %steps step %c1 {
    scf.for %i = %c0 to %count step %c1 {
      scf.for %j = %c0 to %count step %c1 {
        %other = arith.cmpi ne, %i, %j : index
        scf.if %other {
          %far2 = scf.for %k = %c0 to %c3 step %c1 iter_args(%before = %soft) -> (f64) {
            %a = memref.load %place[%i, %k] : memref<?x3xf64>
            %b = memref.load %place[%j, %k] : memref<?x3xf64>
            %ab = arith.subf %b, %a : f64
            %square = arith.mulf %ab, %ab : f64
            %after = arith.addf %before, %square : f64
            scf.yield %after : f64
          }
          %far = math.sqrt %far2 : f64
          %cube = arith.mulf %far, %far2 : f64
          %m = memref.load %mass[%j] : memref<?xf64>
          %pull = arith.divf %m, %cube : f64
          %kick = arith.mulf %pull, %dt : f64
          scf.for %k = %c0 to %c3 step %c1 {
            %a = memref.load %place[%i, %k] : memref<?x3xf64>
            %b = memref.load %place[%j, %k] : memref<?x3xf64>
            %ab = arith.subf %b, %a : f64
            %change = arith.mulf %kick, %ab : f64
            %v = memref.load %speed[%i, %k] : memref<?x3xf64>
            %faster = arith.addf %v, %change : f64
            memref.store %faster, %speed[%i, %k] : memref<?x3xf64>
          }
        }
      }
    }
    scf.for %i = %c0 to %count step %c1 {
      scf.for %k = %c0 to %c3 step %c1 {
        %v = memref.load %speed[%i, %k] : memref<?x3xf64>
        %move = arith.mulf %v, %dt : f64
        %a = memref.load %place[%i, %k] : memref<?x3xf64>
        %next = arith.addf %a, %move : f64
        memref.store %next, %place[%i, %k] : memref<?x3xf64>
      }
    }
  }
  return
}
"""


def bodies(count: int = 3, steps: int = 30) -> dict[str, Any]:
    """A star and its planets."""
    rng = np.random.default_rng(4)
    mass = rng.uniform(0.01, 0.1, count)
    mass[0] = 1.0
    return {
        "place": rng.normal(size=(count, 3)),
        "speed": 0.3 * rng.normal(size=(count, 3)),
        "mass": mass,
        "steps": steps,
    }


def orbit(place: Any, speed: Any, mass: Any, steps: int) -> tuple[Any, Any]:
    """Places and speeds at the end."""
    for _ in range(steps):
        ab = place[None, :, :] - place[:, None, :]
        far2 = np.sum(ab * ab, axis=2) + 0.01
        pull = mass[None, :] / (far2 * np.sqrt(far2))
        np.fill_diagonal(pull, 0.0)
        speed = speed + 0.01 * np.einsum("ij,ijk->ik", pull, ab)
        place = place + 0.01 * speed
    return place, speed


def gradient(seeds: tuple[Any, Any], **arguments: Any) -> tuple[Any, ...]:
    """The gradient of the weighted sum of places and speeds, by steps into the complex plane."""

    def weighted(**moved: Any) -> Any:
        return sum(np.sum(seed * each) for seed, each in zip(seeds, orbit(**moved), strict=True))

    return tuple(complex_step(weighted, arguments, name) for name in ("place", "speed", "mass"))


PROGRAM = Program(
    "n-body",
    MLIR,
    "orbit",
    ("place", "speed", "mass"),
    bodies,
    orbit,
    gradient,
    outputs=("place", "speed"),
    large=lambda: bodies(8, 40),
)


def main() -> bool:
    """Three bodies for thirty steps."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
