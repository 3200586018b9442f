"""The regions of an operation: how many there are, their blocks, and what ends them."""

from __future__ import annotations

from collections.abc import Sequence

from .complaints import Complaint, Report
from .contracts import Callee
from .declarations import RegionRule, counted
from .host import ir

__all__ = ["callee_in", "check_region", "check_regions"]


def check_regions(
    rules: Sequence[RegionRule], regions: Sequence[ir.Region], report: Report
) -> None:
    """Report what is wrong with the regions of an operation."""
    fixed = sum(not rule.is_variadic for rule in rules)
    if len(regions) < fixed or (fixed == len(rules) < len(regions)):
        report(
            Complaint(
                "regions", counted(len(regions), "region"), counted(fixed, "region")
            )
        )
        return
    for rule in rules:
        end = len(regions) if rule.is_variadic else rule.index + 1
        for region in regions[rule.index : end]:
            check_region(rule, region, report)


def check_region(rule: RegionRule, region: ir.Region, report: Report) -> None:
    """Report what is wrong with a region's blocks and with what ends them."""
    blocks = list(region.blocks)
    if not rule.fits(len(blocks)):
        bound = {"blocks": "", "min_blocks": "at least ", "max_blocks": "at most "}
        accepted = bound[rule.bound] + counted(rule.blocks, "block")
        if not blocks and rule.terminators:
            accepted += f", ended by {' or '.join(rule.terminators)}"
        report(Complaint(rule.name, counted(len(blocks), "block"), accepted))
    if not rule.has_arguments and blocks and len(blocks[0].arguments):
        count = counted(len(blocks[0].arguments), "argument")
        report(
            Complaint(rule.name, f"a block with {count}", "a block without arguments")
        )
    if not rule.terminators:
        return
    for index, block in enumerate(blocks):
        operations = list(block.operations)
        last = operations[-1].operation.name if operations else "nothing"
        if last not in rule.terminators:
            place = rule.name if len(blocks) == 1 else f"{rule.name}, block {index},"
            accepted = f"{' or '.join(rule.terminators)} at the end"
            report(Complaint(place, f"ended by {last}", accepted))


def callee_in(region: ir.Region) -> Callee | None:
    """The function that a region is: the arguments of its first block, and what ends the last one."""
    blocks = list(region.blocks)
    operations = list(blocks[-1].operations) if blocks else []
    if not operations:
        return None
    inputs = tuple(argument.type for argument in blocks[0].arguments)
    return Callee(
        inputs, tuple(value.type for value in operations[-1].operation.operands)
    )
