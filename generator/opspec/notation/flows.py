"""Flows of contracts: text to model and back.

flow = "(" [role {"," role}] ")" "->" "(" [role {"," role}] ")" ["for" type]
"""

from __future__ import annotations

from opspec.model.constraints import AnyConstraint
from opspec.model.contracts import Flow
from opspec.notation.lexer import Tokens
from opspec.notation.types import print_type, read_type

__all__ = ["parse_flow", "print_flow"]


def _roles(tokens: Tokens) -> tuple[str, ...]:
    tokens.take("(")
    roles: list[str] = []
    while not tokens.accept(")"):
        if roles:
            tokens.take(",")
        roles.append(tokens.name("a role such as 'primal'"))
    return tuple(roles)


def parse_flow(text: str) -> Flow:
    """The flow that `text` writes; raises `NotationError`."""
    tokens = Tokens(text)
    operands = _roles(tokens)
    tokens.take("->")
    results = _roles(tokens)
    accepts = read_type(tokens) if tokens.accept("for") else AnyConstraint()
    tokens.end()
    return Flow(operands, results, accepts)


def print_flow(flow: Flow) -> str:
    """The text of a flow."""
    text = f"({', '.join(flow.operands)}) -> ({', '.join(flow.results)})"
    return text if isinstance(flow.accepts, AnyConstraint) else f"{text} for {print_type(flow.accepts)}"
