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
_add_rules = _rt.OperationRules("toy.add", operands=(_rt.single("lhs"), _rt.single("rhs")))
def add(lhs: V, rhs: V, *, fast: A | None = None, results: T = None, loc: L = None, ip: I = None) -> R: pass
class AddOp(_ir.OpView):
    OPERATION_NAME = "toy.add"
    lhs = _rt.OperandAccessor("lhs")
    fast = _rt.OptionalAttributeAccessor("fast", A)
    @_rt.builds_as(add)
    def __init__(self) -> None: pass
"""
INIT = "def __init__(self, lhs: V, rhs: V, *, fast: A = None, results: T = None, loc: L = None, ip: I = None): pass"
OWN_INIT = OURS.replace("@_rt.builds_as(add)\n    def __init__(self) -> None: pass", INIT)


def test_the_same_is_the_same() -> None:
    assert differences(read_interface(THEIRS), read_interface(OURS)) == []
    assert differences(read_interface(THEIRS), read_interface(OWN_INIT)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("class AddOp", "class Add", "toy.add: name is Add, upstream AddOp"),
        ('"toy.add"', '"toy.plus"', "toy.add: no class"),
        ('toy.add", ', "toy.add\", regions=(_rt.RegionRule('r', 0),), ", "toy.add: regions is (1, True), upstream"),
        (
            'toy.add", ',
            "toy.add\", regions=(_rt.RegionRule('r', 0, is_variadic=True),), ",
            "toy.add: regions is (0, False)",
        ),
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
    ours = OWN_INIT if old in OWN_INIT else OURS
    assert old in ours
    found = differences(read_interface(THEIRS), read_interface(ours.replace(old, new)))
    assert any(line.startswith(expected) for line in found), found
