"""Classes for operations as mlir-tblgen writes them, for dialects of which upstream has no Python.

They check nothing: a dictionary of attributes, lists of operands and results, one call of the host.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from enzyme_mlir import HOST

__all__ = ["peer"]

_KIND = {"one": 1, "optional": 0, "variadic": -1}


def peer(
    name: str,
    operands: Sequence[tuple[str, str]],
    attributes: Sequence[str] = (),
    results: int | None = 1,
    *,
    regions: int = 0,
    is_sized: bool = False,
) -> tuple[Any, Any]:
    """The class of an operation and its function.

    Args:
        name: The operation.
        operands: The names of its operands, each with `one`, `optional` or `variadic`.
        attributes: The names of its attributes.
        results: How many results it has; None for a list.
        regions: How many regions it has.
        is_sized: Whether the sizes of its groups of operands are an attribute.
    """
    kinds = ["results_"] if results is None else [f"result_{index}" for index in range(results)]
    names = [operand for operand, _ in operands]
    required = ", ".join(["self", *kinds, *names])
    optional = ", ".join([*(f"{attribute}=None" for attribute in attributes), "loc=None", "ip=None"])
    lines = [f"class Op(ir.OpView):\n  OPERATION_NAME = {name!r}\n  _ODS_REGIONS = ({regions}, True)"]
    if is_sized:
        lines.append(f"  _ODS_OPERAND_SEGMENTS = {[_KIND[kind] for _, kind in operands]}")
    lines.append(
        f"  def __init__({required}, *, {optional}):\n    operands = []\n    attributes = {{}}\n    regions = None"
    )
    for operand, kind in operands:
        if kind == "variadic" and is_sized:
            lines.append(f"    operands.append(values_of({operand}))")
        elif kind == "variadic":
            lines.append(f"    operands.extend(values_of({operand}))")
        else:
            lines.append(f"    operands.append({operand})")
    lines.append("    context = context_of(loc)")
    for attribute in attributes:
        lines.append(
            f"    if {attribute} is not None: attributes[{attribute!r}] = ({attribute} if (\n"
            f"        isinstance({attribute}, ir.Attribute) or\n"
            f"        not ir.AttrBuilder.contains('Bench_{attribute}')) else\n"
            f"          ir.AttrBuilder.get('Bench_{attribute}')({attribute}, context=context))"
        )
    lines.append("    results = []")
    lines += [f"    results.{'extend' if results is None else 'append'}({kind})" for kind in kinds]
    lines.append(
        "    super().__init__(self.OPERATION_NAME, self._ODS_REGIONS, self._ODS_OPERAND_SEGMENTS,"
        " self._ODS_RESULT_SEGMENTS, attributes=attributes, results=results, operands=operands, successors=None,"
        " regions=regions, loc=loc, ip=ip)"
    )
    for index, (operand, _) in enumerate(operands):
        lines.append(f"  @property\n  def {operand}(self):\n" + _reading(operands, index, is_sized=is_sized))
    for attribute in attributes:
        lines.append(f"  @property\n  def {attribute}(self):\n    return self.operation.attributes[{attribute!r}]")
    passed = ", ".join([*kinds, *names, *(f"{attribute}={attribute}" for attribute in attributes), "loc=loc, ip=ip"])
    lines.append(f"def function({required.removeprefix('self, ')}, *, {optional}):\n  op = Op({passed})")
    lines.append("  return op.result" if results == 1 else "  return result_or_op(op)")
    common = import_module(f"{HOST}.dialects._ods_common")
    space = {
        "ir": import_module(f"{HOST}.ir"),
        "values_of": common.get_op_results_or_values,
        "context_of": common.get_default_loc_context,
        "segmented": common.segmented_accessor,
        "result_or_op": _result_or_op,
    }
    exec("\n".join(lines), space)
    return space["Op"], space["function"]


def _reading(operands: Sequence[tuple[str, str]], index: int, *, is_sized: bool) -> str:
    """The body of an operand's property: all count the operands that stand at a list or after it."""
    kind, count = operands[index][1], len(operands)
    variable = next((at for at, (_, each) in enumerate(operands) if each != "one"), count)
    if is_sized:
        sizes = 'self.operation.attributes["operandSegmentSizes"]'
        group = f"    group = segmented(self.operation.operands, {sizes}, {index})\n"
        taken = {"one": "group[0]", "optional": "group[0] if len(group) > 0 else None", "variadic": "group"}[kind]
        return f"{group}    return {taken}"
    if index < variable:
        return f"    return self.operation.operands[{index}]"
    if kind == "optional":
        found = f"self.operation.operands[{index}]"
        return f"    return None if len(self.operation.operands) < {count} else {found}"
    length = f"    length = len(self.operation.operands) - {count} + 1\n"
    part = f"{index}:{index} + length" if kind == "variadic" else f"{index} + length - 1"
    return f"{length}    return self.operation.operands[{part}]"


def _result_or_op(op: Any) -> Any:
    results = op.results
    return results if len(results) > 1 else (results[0] if len(results) == 1 else op)
