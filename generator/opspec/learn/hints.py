"""What helps a learner to ask: names and texts that the binary may know."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.learn.lattice import LATTICE
from opspec.model.dialect import Dialect
from opspec.probe.repair import VALUES

__all__ = ["FURTHER_VALUES", "Hints"]

FURTHER_VALUES = (
    *("1 : i8", "1 : i16", "1 : si32", "1 : ui32", "1 : si64", "1 : ui64", "1 : i1", "-1 : i64", "0 : i64", "2 : i64"),
    *("3 : i64", "1.0 : f32", "array<i8: 1>", "array<i32: 1>", "array<i1: true>", "array<f64: 1.0>", "array<f32>"),
    *("[affine_map<(d0) -> (d0)>]", "[true]", "[1.0]", "[f64]", "[[0]]", "[{}]", "[1 : i32]", "[1 : index]"),
    *("affine_set<(d0) : (d0 == 0)>", "dense<1.0> : tensor<1xf64>", "dense<1> : tensor<1xi32>", "@name::@inner", "i32"),
    *("dense<true> : tensor<1xi1>", "dense<1> : tensor<1xindex>", "loc(unknown)", "[@name::@inner]", "tensor<4xf64>"),
    *("[77777]", "memref<4xf64>", "vector<4xf64>", "array<i16>", "dense<[[0, 1]]> : tensor<1x2xi64>", "{a = 1 : i64}"),
)
"""Attributes of kinds that those of the probe leave out."""


@dataclass(frozen=True, slots=True)
class Hints:
    """Names of attributes that operations may have, texts to try, and operations that may end a region.

    `words` are what attributes may be called that no complaint names. `dialect` holds the definitions learnt so far.
    """

    dialect: Dialect
    attributes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    terminators: tuple[str, ...] = ()

    def terminators_of(self, name: str) -> tuple[str, ...]:
        """What may end a region around or in an operation: terminators of its dialect, or else of any."""
        own = tuple(one for one in self.terminators if one.partition(".")[0] == name.partition(".")[0])
        return own or self.terminators

    @property
    def all_values(self) -> tuple[str, ...]:
        """Texts of attributes to try: those of the binary's own definitions, then those of many kinds."""
        return (*self.values, *VALUES, *FURTHER_VALUES)

    @property
    def all_types(self) -> tuple[str, ...]:
        """Texts of types to try: those of many kinds, and those of the binary's own definitions."""
        return tuple(dict.fromkeys((*self.types, *LATTICE)))
