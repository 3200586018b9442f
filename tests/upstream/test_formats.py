"""The assembly format of every attribute and type that MLIR's own dialects define is of our language."""

from __future__ import annotations

import pytest

from opspec.notation.assembly import AssemblyFormat, is_expressible
from tests.upstream.sources import WHOLE, needs_llvm_tblgen, records_of, short

pytestmark = needs_llvm_tblgen


@pytest.mark.parametrize("source", WHOLE, ids=short)
def test_every_format_is_read(source: str) -> None:
    for kind in ("AttrDef", "TypeDef"):
        for record in records_of(source).of_class(kind):
            text = " ".join(record.text("assemblyFormat").split())
            names = [name for _, name in record.dag("parameters") if name]
            if is_expressible(text):
                assert str(AssemblyFormat(text, names)) or not text
            else:
                assert "custom<" in text
