"""A small project on the disk."""

from __future__ import annotations

from pathlib import Path

__all__ = ["BINDINGS", "make_project"]

BINDINGS = "schema: opspec/bindings/1\npackage: toy_bindings\nnaming: mnemonic\noutput: ../generated\ndialects: [toy]\n"
_FACTS = """\
schema: opspec/dialect/1
dialect: toy
operations:
  add:
    class: AddOp
    arguments:
      left: f32
      right: f32
    results:
      sum: f32
"""


def make_project(root: Path) -> Path:
    """A project of one dialect with one operation and one hand-written module; returns its folder."""
    spec = root / "opspecs" / "toy"
    (spec / "extension" / "dialects").mkdir(parents=True)
    (root / "opspecs" / "bindings.yaml").write_text(BINDINGS, encoding="utf-8")
    (spec / "dialect.yaml").write_text(_FACTS, encoding="utf-8")
    (spec / "overlay.yaml").write_text("schema: opspec/overlay/1\ndialect: toy\n", encoding="utf-8")
    (spec / "extension" / "dialects" / "_toy_more.py").write_text(
        '"""More."""\n\n__all__ = ["more"]\n\n\ndef more() -> None:\n    """Nothing more."""\n', encoding="utf-8"
    )
    return root
