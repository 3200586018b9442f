"""A card for programs."""

from __future__ import annotations

import json
from typing import Any

from opspec.emitters.docs.cards import Card
from opspec.emitters.docs.contracts import ContractSection
from opspec.emitters.markdown import bare, plain

__all__ = ["card_json"]


def card_json(card: Card) -> str:
    """The card as JSON: always the same keys, empty where there is nothing to say."""
    found: dict[str, Any] = {
        "kind": card.kind,
        "name": card.name,
        "dialect": card.dialect,
        "module": card.module,
        "summary": card.summary,
        "description": card.description,
        "python": card.python,
        "parts": [
            {"title": plain(table.title), "rows": [_row(table.columns, row) for row in table.rows]}
            for table in card.tables
        ],
        "rules": [plain(rule) for rule in card.rules],
        "contract": None if card.contract is None else _contract(card.contract),
        "traits": card.traits.replace("`", ""),
        "format": card.format,
        "notes": [plain(note) for note in card.notes],
        "releases": list(card.releases),
        "has": {row.name: dict(zip(card.releases, map(bare, row.cells), strict=True)) for row in card.rows},
        "example": card.program,
        "ir": card.ir,
    }
    return json.dumps(found, indent=2)


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> dict[str, str]:
    keys = (column.lower().replace(" ", "_").replace(":", "") for column in columns)
    return dict(zip(keys, map(bare, row), strict=True))


def _contract(contract: ContractSection) -> dict[str, Any]:
    return {
        "summary": contract.summary,
        "activities": [_row(contract.columns, row) for row in contract.rows],
        "roles": [plain(role) for role in contract.roles],
        "notes": [plain(note) for note in contract.notes],
    }
