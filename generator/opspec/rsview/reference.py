"""Signatures for readers: how each operation is built, with the fields and the options by name."""

from __future__ import annotations

from opspec.model.dialect import Dialect
from opspec.naming.rust import rust_policy
from opspec.rsview.kinds import Kinds
from opspec.rsview.printer import print_signature
from opspec.rsview.signature import Signature, build_signature

__all__ = ["signatures_for_readers"]


def signatures_for_readers(dialect: Dialect) -> dict[str, str]:
    """The signature of each operation's function, by mnemonic; what structs hold stands in a comment behind them."""
    names = rust_policy(dialect)
    kinds = Kinds(dialect, names)
    return {each.mnemonic: _shown(build_signature(dialect, each, names, kinds)) for each in dialect.operations}


def _shown(signature: Signature) -> str:
    held = {
        "arguments": [each.name for each in signature.required] if signature.is_bundled else [],
        "options": [each.name for each in signature.optional],
    }
    lines = []
    for line in print_signature(signature.function):
        fields = held.get(line.strip().partition(":")[0], [])
        lines.append(f"{line} // {', '.join(fields)}" if fields else line)
    return "\n".join(lines)
