"""The comparison of interfaces notices every kind of difference; else its silence would prove nothing."""

from __future__ import annotations

import pytest

from tests.upstream.interface import differences, read_interface

THEIRS = """
class AddOp(_ods_ir.OpView):
  OPERATION_NAME = "toy.add"
  _ODS_REGIONS = (0, True)
  def __init__(self, lhs, rhs, *, fast=None, results=None, loc=None, ip=None): pass
  @builtins.property
  def lhs(self): pass
  @builtins.property
  def fast(self): pass
  @fast.setter
  def fast(self, value): pass
  @fast.deleter
  def fast(self): pass
def add(lhs, rhs, *, fast=None, results=None, loc=None, ip=None): pass
"""
OURS = """
__all__ = ["AddOp", "add"]
def add(lhs: V, rhs: V, *, fast: A | None = None, results: T = None, loc: L = None, ip: I = None) -> R: pass
class AddOp(_ir.OpView):
    OPERATION_NAME = "toy.add"
    _ODS_REGIONS = (0, True)
    _build = staticmethod(add)
    lhs = _rt.OperandAccessor(0)
    fast = _rt.OptionalAttributeAccessor("fast", A, coerce)
    def __init__(self, lhs: V, rhs: V, *, fast: A = None, results: T = None, loc: L = None, ip: I = None): pass
"""


def test_the_same_is_the_same() -> None:
    assert differences(read_interface(THEIRS), read_interface(OURS)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("class AddOp", "class Add", "toy.add: name is Add, upstream AddOp"),
        ('"toy.add"', '"toy.plus"', "toy.add: no class"),
        ("(0, True)", "(1, True)", "toy.add: regions is (1, True), upstream (0, True)"),
        ("self, lhs: V, rhs: V", "self, rhs: V, lhs: V", "toy.add: init is (rhs, lhs, *, fast="),
        ("self, lhs: V, rhs: V", "self, lhs: V, rhs: V = None", "toy.add: init is (lhs, rhs=, *, fast="),
        ("def add(lhs: V, rhs: V, *,", "def add(lhs: V, rhs: V,", "def add: (lhs, rhs, fast="),
        ("def add(", "def plus(", "def add: missing"),
        ("lhs = _rt", "left = _rt", "toy.add: accessors lack ['lhs'], have also ['left']"),
        ("OptionalAttributeAccessor", "AttributeAccessor", "toy.add: not deletable: ['fast']"),
        ("OptionalAttributeAccessor", "ResultAccessor", "toy.add: not settable: ['fast']"),
        ('"AddOp", ', "", "AddOp: not in __all__"),
    ],
)
def test_a_difference_is_found(old: str, new: str, expected: str) -> None:
    assert old in OURS
    found = differences(read_interface(THEIRS), read_interface(OURS.replace(old, new)))
    assert any(line.startswith(expected) for line in found), found
