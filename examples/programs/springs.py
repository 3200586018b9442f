"""A net of springs: the force of each is added to the two nodes at its ends, which is a scatter with repetitions.

`@forces` clears the forces and adds those of all springs (`%spring` has the numbers of its ends). Before the functions
were prepared, the clearing and the adding made this derivative wrong without a word.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @forces(%place: memref<?xf64>, %stiffness: memref<?xf64>, %spring: memref<?x2xindex>, %force: memref<?xf64>) {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %springs = memref.dim %stiffness, %c0 : memref<?xf64>
  linalg.fill ins(%zero : f64) outs(%force : memref<?xf64>)
  scf.for %s = %c0 to %springs step %c1 {
    %i = memref.load %spring[%s, %c0] : memref<?x2xindex>
    %j = memref.load %spring[%s, %c1] : memref<?x2xindex>
    %a = memref.load %place[%i] : memref<?xf64>
    %b = memref.load %place[%j] : memref<?xf64>
    %k = memref.load %stiffness[%s] : memref<?xf64>
    %long = arith.subf %b, %a : f64
    %long2 = arith.mulf %long, %long : f64
    %long3 = arith.mulf %long2, %long : f64
    %hard = arith.addf %long, %long3 : f64  // harder the longer it is
    %pull = arith.mulf %k, %hard : f64
    %at_i = memref.load %force[%i] : memref<?xf64>
    %more = arith.addf %at_i, %pull : f64
    memref.store %more, %force[%i] : memref<?xf64>
    %at_j = memref.load %force[%j] : memref<?xf64>
    %less = arith.subf %at_j, %pull : f64
    memref.store %less, %force[%j] : memref<?xf64>
  }
  return
}
"""


def net(nodes: int = 5, springs: int = 8) -> dict[str, Any]:
    """Nodes on a line, with springs between some of them."""
    rng = np.random.default_rng(9)
    ends = np.array([rng.choice(nodes, 2, replace=False) for _ in range(springs)])
    return {
        "place": rng.normal(size=nodes),
        "stiffness": rng.uniform(0.5, 2.0, springs),
        "spring": ends,
        "force": np.full(nodes, 99.0),
    }


def forces(place: Any, stiffness: Any, spring: Any, force: Any) -> Any:
    """The sum of the forces at each node."""
    i, j = spring.T
    long = place[j] - place[i]
    pull = stiffness * (long + long**3)
    total = np.zeros_like(place)
    np.add.at(total, i, pull)
    np.add.at(total, j, -pull)
    return total


def gradient(place: Any, stiffness: Any, spring: Any, force: Any, seeds: tuple[Any]) -> tuple[Any, Any]:
    """Each spring pulls the seeds of its ends together."""
    i, j = spring.T
    long = place[j] - place[i]
    between = seeds[0][i] - seeds[0][j]
    by_long = between * stiffness * (1 + 3 * long**2)
    by_place = np.zeros_like(place)
    np.add.at(by_place, j, by_long)
    np.add.at(by_place, i, -by_long)
    return by_place, between * (long + long**3)


PROGRAM = Program(
    "scatter-add: a net of springs",
    MLIR,
    "forces",
    ("place", "stiffness"),
    net,
    forces,
    gradient,
    outputs=("force",),
    large=lambda: net(300, 3000),
)


def main() -> bool:
    """Five nodes and eight springs."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
