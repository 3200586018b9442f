"""Enums and readers for tests of C++ defaults."""

from __future__ import annotations

from opspec.model.constraints import AttributeConstraint, DefinitionReference, EnumReference
from opspec.tablegen.cpp.enums import CppEnum, Enums
from opspec.tablegen.cpp.kinds import UINT
from opspec.tablegen.defaults import DefaultReader

__all__ = ["ENUMS", "FLAG", "HIDDEN", "MODE", "READER", "TWINS"]

FLAG = CppEnum(("dd", "Flag"), UINT, (("Z", 0), ("A", 1), ("B", 2), ("C", 4), ("AC", 5)), bits=True)
MODE = CppEnum(("dd", "Mode"), UINT, (("X", 0), ("Y", 1), ("Big", 7)), bits=False)
HIDDEN = CppEnum(("dd", "impl", "Mode"), UINT, (("Y", 5),), bits=False)
TWINS = (
    CppEnum(("one", "Twin"), UINT, (("T", 1),), bits=False),
    CppEnum(("two", "Twin"), UINT, (("T", 2),), bits=False),
)
_ODD = CppEnum(("dd", "Odd"), UINT, (("true", 1), ("2D", 2), ("_3D", 3), ("opaque", 4)), bits=True)
ENUMS = Enums((FLAG, MODE, *TWINS, _ODD))
_BY_NAME = {"Flag": FLAG, "Mode": MODE, "Odd": _ODD}


def _enum_of(constraint: AttributeConstraint) -> CppEnum | None:
    match constraint:
        case EnumReference(name):
            return _BY_NAME.get(name)
        case DefinitionReference("dd", "mode"):
            return MODE
        case _:
            return None


READER = DefaultReader(ENUMS, _enum_of)
