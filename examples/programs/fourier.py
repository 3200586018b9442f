"""The fast Fourier transform of Stockham: stages of butterflies from one buffer into another, which then change places.

`@transform` replaces real and imaginary parts by those of the spectrum. It is linear, so the gradient by the signal is
the adjoint transform of the seeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @transform(%re: memref<?xf64>, %im: memref<?xf64>) {
  %circle = arith.constant -6.2831853071795865 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %re, %c0 : memref<?xf64>
  %half = arith.divui %n, %c2 : index
  %re2 = memref.alloc(%n) : memref<?xf64>
  %im2 = memref.alloc(%n) : memref<?xf64>
  %n_int = arith.index_cast %n : index to i64
  %width = arith.constant 64 : i64
  %zeros = math.ctlz %n_int : i64
  %ones = arith.subi %width, %zeros : i64
  %size = arith.index_cast %ones : i64 to index
  %stages = arith.subi %size, %c1 : index  // the logarithm of n
  %end:5 = scf.for %stage = %c0 to %stages step %c1
      iter_args(%a = %re, %b = %im, %c = %re2, %d = %im2, %span = %c1)
      -> (memref<?xf64>, memref<?xf64>, memref<?xf64>, memref<?xf64>, index) {
    %double = arith.muli %span, %c2 : index
    scf.for %k = %c0 to %half step %c1 {
      %inside = arith.remui %k, %span : index
      %block = arith.subi %k, %inside : index
      %twice = arith.muli %block, %c2 : index
      %upper = arith.addi %twice, %inside : index
      %lower = arith.addi %upper, %span : index
      %other = arith.addi %k, %half : index
      %inside_int = arith.index_cast %inside : index to i64
      %double_int = arith.index_cast %double : index to i64
      %part = arith.sitofp %inside_int : i64 to f64
      %whole = arith.sitofp %double_int : i64 to f64
      %turn = arith.divf %part, %whole : f64
      %angle = arith.mulf %circle, %turn : f64
      %cos = math.cos %angle : f64
      %sin = math.sin %angle : f64
      %x = memref.load %a[%k] : memref<?xf64>
      %y = memref.load %b[%k] : memref<?xf64>
      %u = memref.load %a[%other] : memref<?xf64>
      %v = memref.load %b[%other] : memref<?xf64>
      %uc = arith.mulf %u, %cos : f64
      %vs = arith.mulf %v, %sin : f64
      %us = arith.mulf %u, %sin : f64
      %vc = arith.mulf %v, %cos : f64
      %p = arith.subf %uc, %vs : f64
      %q = arith.addf %us, %vc : f64
      %x1 = arith.addf %x, %p : f64
      %y1 = arith.addf %y, %q : f64
      %x2 = arith.subf %x, %p : f64
      %y2 = arith.subf %y, %q : f64
      memref.store %x1, %c[%upper] : memref<?xf64>
      memref.store %y1, %d[%upper] : memref<?xf64>
      memref.store %x2, %c[%lower] : memref<?xf64>
      memref.store %y2, %d[%lower] : memref<?xf64>
    }
    scf.yield %c, %d, %a, %b, %double : memref<?xf64>, memref<?xf64>, memref<?xf64>, memref<?xf64>, index
  }
  %odd = arith.remui %stages, %c2 : index
  %is_odd = arith.cmpi eq, %odd, %c1 : index
  scf.if %is_odd {  // then the spectrum is in the other buffer
    memref.copy %re2, %re : memref<?xf64> to memref<?xf64>
    memref.copy %im2, %im : memref<?xf64> to memref<?xf64>
  }
  memref.dealloc %re2 : memref<?xf64>
  memref.dealloc %im2 : memref<?xf64>
  return
}
"""


def signal(size: int = 8) -> dict[str, Any]:
    """A signal of noise."""
    rng = np.random.default_rng(7)
    return {"re": rng.normal(size=size), "im": rng.normal(size=size)}


def transform(re: Any, im: Any) -> tuple[Any, Any]:
    """The spectrum."""
    spectrum = np.fft.fft(re + 1j * im)
    return spectrum.real, spectrum.imag


def adjoint(re: Any, im: Any, seeds: tuple[Any, Any]) -> tuple[Any, Any]:
    """The inverse transform without its factor."""
    back = len(re) * np.fft.ifft(seeds[0] + 1j * seeds[1])
    return back.real, back.imag


PROGRAM = Program(
    "FFT on two buffers",
    MLIR,
    "transform",
    ("re", "im"),
    signal,
    transform,
    adjoint,
    outputs=("re", "im"),
    large=lambda: signal(1024),
)


def main() -> bool:
    """A signal of eight numbers, which takes an odd number of stages."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
