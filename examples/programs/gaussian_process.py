"""A Gaussian process: the likelihood of measurements by the length and the height of its kernel, through Cholesky.

`@surprise` fills the kernel matrix, factors it in place, solves one triangular system, and returns minus the logarithm
of the likelihood. With A = a a^T - K^-1 and a = K^-1 y the textbook's gradient is -1/2 tr(A dK).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @kernel(%at: memref<?xf64>, %log_length: f64, %log_height: f64, %log_noise: f64, %k: memref<?x?xf64>) {
  %half = arith.constant -0.5 : f64
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %at, %c0 : memref<?xf64>
  %length = math.exp %log_length : f64
  %height = math.exp %log_height : f64
  %noise = math.exp %log_noise : f64
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %n step %c1 {
      %a = memref.load %at[%i] : memref<?xf64>
      %b = memref.load %at[%j] : memref<?xf64>
      %ab = arith.subf %a, %b : f64
      %z = arith.divf %ab, %length : f64
      %z2 = arith.mulf %z, %z : f64
      %power = arith.mulf %half, %z2 : f64
      %e = math.exp %power : f64
      %he = arith.mulf %height, %e : f64
      %same = arith.cmpi eq, %i, %j : index
      %own = arith.select %same, %noise, %zero : f64
      %entry = arith.addf %he, %own : f64
      memref.store %entry, %k[%i, %j] : memref<?x?xf64>
    }
  }
  return
}

func.func @surprise(%at: memref<?xf64>, %y: memref<?xf64>, %log_length: f64, %log_height: f64, %log_noise: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %half = arith.constant 0.5 : f64
  %log_circle = arith.constant 1.8378770664093453 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %at, %c0 : memref<?xf64>
  %k = memref.alloc(%n, %n) : memref<?x?xf64>
  %u = memref.alloc(%n) : memref<?xf64>
  func.call @kernel(%at, %log_length, %log_height, %log_noise, %k)
      : (memref<?xf64>, f64, f64, f64, memref<?x?xf64>) -> ()
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%before = %zero) -> (f64) {
    scf.for %j = %c0 to %i step %c1 {  // row i of L, left of the diagonal
      %old = memref.load %k[%i, %j] : memref<?x?xf64>
      %rest = scf.for %l = %c0 to %j step %c1 iter_args(%part = %old) -> (f64) {
        %a = memref.load %k[%i, %l] : memref<?x?xf64>
        %b = memref.load %k[%j, %l] : memref<?x?xf64>
        %ab = arith.mulf %a, %b : f64
        %less = arith.subf %part, %ab : f64
        scf.yield %less : f64
      }
      %pivot = memref.load %k[%j, %j] : memref<?x?xf64>
      %entry = arith.divf %rest, %pivot : f64
      memref.store %entry, %k[%i, %j] : memref<?x?xf64>
    }
    %own = memref.load %k[%i, %i] : memref<?x?xf64>
    %yi = memref.load %y[%i] : memref<?xf64>
    %both:2 = scf.for %l = %c0 to %i step %c1 iter_args(%d = %own, %r = %yi) -> (f64, f64) {
      %a = memref.load %k[%i, %l] : memref<?x?xf64>
      %ul = memref.load %u[%l] : memref<?xf64>
      %aa = arith.mulf %a, %a : f64
      %au = arith.mulf %a, %ul : f64
      %d2 = arith.subf %d, %aa : f64
      %r2 = arith.subf %r, %au : f64
      scf.yield %d2, %r2 : f64, f64
    }
    %diagonal = math.sqrt %both#0 : f64
    memref.store %diagonal, %k[%i, %i] : memref<?x?xf64>
    %ui = arith.divf %both#1, %diagonal : f64
    memref.store %ui, %u[%i] : memref<?xf64>
    %square = arith.mulf %ui, %ui : f64
    %inner = arith.addf %square, %log_circle : f64
    %halved = arith.mulf %half, %inner : f64
    %log = math.log %diagonal : f64
    %term = arith.addf %halved, %log : f64
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  memref.dealloc %u : memref<?xf64>
  memref.dealloc %k : memref<?x?xf64>
  return %sum : f64
}
"""

LOGARITHMS = ("log_length", "log_height", "log_noise")


def measurements(size: int = 8) -> dict[str, Any]:
    """A noisy sine, and guesses."""
    at = np.linspace(0.0, 6.0, size)
    y = np.sin(at) + 0.1 * np.random.default_rng(16).normal(size=size)
    return {"at": at, "y": y, "log_length": 0.2, "log_height": -0.3, "log_noise": -3.0}


def kernel(at: Any, log_length: float, log_height: float) -> tuple[Any, Any]:
    """The kernel matrix without noise, and the squares of the distances in lengths."""
    z2 = ((at[:, None] - at) / math.exp(log_length)) ** 2
    return math.exp(log_height) * np.exp(-z2 / 2), z2


def surprise(at: Any, y: Any, log_length: float, log_height: float, log_noise: float) -> float:
    """Minus the logarithm of the likelihood."""
    k = kernel(at, log_length, log_height)[0] + math.exp(log_noise) * np.eye(len(at))
    return float(y @ np.linalg.solve(k, y) + np.linalg.slogdet(k)[1] + len(y) * math.log(2 * math.pi)) / 2


def gradient(at: Any, y: Any, log_length: float, log_height: float, log_noise: float) -> tuple[float, ...]:
    """The traces."""
    smooth, z2 = kernel(at, log_length, log_height)
    noise = math.exp(log_noise) * np.eye(len(at))
    inverse = np.linalg.inv(smooth + noise)
    a = inverse @ y
    matrix = np.outer(a, a) - inverse
    return tuple(-float(np.vdot(matrix, by)) / 2 for by in (smooth * z2, smooth, noise))


PROGRAM = Program(
    "Gaussian process, with Cholesky",
    MLIR,
    "surprise",
    LOGARITHMS,
    measurements,
    surprise,
    gradient,
    large=lambda: measurements(40),
)


def main() -> bool:
    """Eight measurements."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
