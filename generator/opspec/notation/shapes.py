"""Regions and successors: text to model and back."""

from __future__ import annotations

from opspec.model.constraints import Multiplicity, RegionConstraint
from opspec.notation.lexer import NotationError, Tokens

__all__ = ["parse_region", "parse_successor", "print_region", "print_successor"]


def _multiplicity(tokens: Tokens) -> Multiplicity:
    return Multiplicity.VARIADIC if tokens.accept("variadic") else Multiplicity.ONE


def _count(tokens: Tokens) -> int:
    offset = tokens.offset
    count = tokens.whole()
    if count < 0:
        raise NotationError(f"found '{count}', expected a number of blocks", offset)
    return count


def parse_region(text: str) -> RegionConstraint:
    """The region that `text` declares: `any`, `blocks 1`, `min_blocks 1`, `variadic any`."""
    tokens = Tokens(text)
    multiplicity = _multiplicity(tokens)
    if tokens.accept("any"):
        region = RegionConstraint(None, False, multiplicity)
    elif tokens.accept("blocks"):
        region = RegionConstraint(_count(tokens), False, multiplicity)
    elif tokens.accept("max_blocks"):
        region = RegionConstraint(_count(tokens), False, multiplicity, True)
    elif tokens.accept("min_blocks"):
        region = RegionConstraint(_count(tokens), True, multiplicity)
    else:
        raise tokens.fail("'any', 'blocks N' or 'min_blocks N'")
    tokens.end()
    return region


def print_region(region: RegionConstraint) -> str:
    """The text of a region."""
    words = [region.multiplicity.value]
    if region.blocks is None:
        words.append("any")
    else:
        bound = "min_blocks" if region.minimum else "max_blocks" if region.maximum else "blocks"
        words += [bound, str(region.blocks)]
    return " ".join(filter(None, words))


def parse_successor(text: str) -> Multiplicity:
    """The successor that `text` declares: `any` or `variadic any`."""
    tokens = Tokens(text)
    multiplicity = _multiplicity(tokens)
    tokens.take("any")
    tokens.end()
    return multiplicity


def print_successor(multiplicity: Multiplicity) -> str:
    """The text of a successor."""
    return " ".join(filter(None, (multiplicity.value, "any")))
