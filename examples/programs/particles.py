"""Particles in a box, some of which are fixed: a step with masks, differentiated by places and speeds.

`@simulate` moves the particles. Who hits a wall in a step is kept as a mask (`memref<?xi1>`), reflected and slowed down
in a second loop; `%is_free` is a mask from outside. The derivative goes through the branch that each particle took.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
func.func @simulate(%place: memref<?xf64>, %speed: memref<?xf64>, %is_free: memref<?xi1>, %bounce: f64, %steps: index) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %dt = arith.constant 0.1 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %place, %c0 : memref<?xf64>
  %hit = memref.alloc(%count) : memref<?xi1>
  scf.for %t = %c0 to %steps step %c1 {
    scf.for %i = %c0 to %count step %c1 {
      %free = memref.load %is_free[%i] : memref<?xi1>
      %x = memref.load %place[%i] : memref<?xf64>
      %v = memref.load %speed[%i] : memref<?xf64>
      %move = arith.mulf %v, %dt : f64
      %by = arith.select %free, %move, %zero : f64
      %next = arith.addf %x, %by : f64
      %low = arith.cmpf olt, %next, %zero : f64
      %high = arith.cmpf ogt, %next, %one : f64
      %outside = arith.ori %low, %high : i1
      memref.store %outside, %hit[%i] : memref<?xi1>
      memref.store %next, %place[%i] : memref<?xf64>
    }
    scf.for %i = %c0 to %count step %c1 {
      %is_hit = memref.load %hit[%i] : memref<?xi1>
      scf.if %is_hit {
        %x = memref.load %place[%i] : memref<?xf64>
        %low = arith.cmpf olt, %x, %zero : f64
        %wall = arith.select %low, %zero, %two : f64  // twice the place of the wall
        %back = arith.subf %wall, %x : f64
        memref.store %back, %place[%i] : memref<?xf64>
        %v = memref.load %speed[%i] : memref<?xf64>
        %away = arith.negf %v : f64
        %slower = arith.mulf %away, %bounce : f64
        memref.store %slower, %speed[%i] : memref<?xf64>
      }
    }
  }
  memref.dealloc %hit : memref<?xi1>
  return
}
"""


def box(count: int = 6, steps: int = 12) -> dict[str, Any]:
    """Particles in a box, every third of them fixed."""
    rng = np.random.default_rng(13)
    return {
        "place": rng.uniform(0.1, 0.9, count),
        "speed": rng.normal(size=count),
        "is_free": np.arange(count) % 3 != 1,
        "bounce": 0.8,
        "steps": steps,
    }


def simulate(place: Any, speed: Any, is_free: Any, bounce: Any, steps: int) -> tuple[Any, Any]:
    """Places and speeds at the end."""
    for _ in range(steps):
        place = place + np.where(is_free, speed * 0.1, 0.0)
        low, high = np.real(place) < 0, np.real(place) > 1
        place = np.where(low, -place, np.where(high, 2 - place, place))
        speed = np.where(low | high, -speed * bounce, speed)
    return place, speed


def gradient(seeds: tuple[Any, Any], **arguments: Any) -> tuple[Any, ...]:
    """The gradient of the weighted sum of places and speeds, by steps into the complex plane."""

    def weighted(**moved: Any) -> Any:
        return sum(np.sum(seed * each) for seed, each in zip(seeds, simulate(**moved), strict=True))

    return tuple(complex_step(weighted, arguments, name) for name in ("place", "speed", "bounce"))


PROGRAM = Program(
    "particles with masks",
    MLIR,
    "simulate",
    ("place", "speed", "bounce"),
    box,
    simulate,
    gradient,
    outputs=("place", "speed"),
    large=lambda: box(300, 50),
)


def main() -> bool:
    """Six particles for twelve steps."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
