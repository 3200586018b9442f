"""What the import of a dialect does not load: it is there when somebody asks for it."""

from __future__ import annotations

import json
import subprocess
import sys

RARELY = (
    "importlib.metadata",
    "difflib",
    "enzyme_mlir._runtime.assembly",
    "enzyme_mlir._runtime.from_functions",
    "enzyme_mlir._runtime.highlighting",
    "enzyme_mlir._runtime.layouts",
    "enzyme_mlir._runtime.relation_checks",
    "enzyme_mlir._runtime.relation_terms",
    "enzyme_mlir._runtime.relations",
    "enzyme_mlir._runtime.showing",
    "enzyme_mlir._runtime.verify",
    "enzyme_mlir.lowering",
)


def loaded_after(program: str) -> set[str]:
    program += f"\nimport json, sys\nprint(json.dumps([name for name in {RARELY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_import_of_a_dialect_loads_no_more_than_building_needs() -> None:
    before = loaded_after("from enzyme_mlir import ir")
    assert loaded_after("from enzyme_mlir.dialects import enzyme, impulse") == before


def test_a_release_is_asked_for_with_the_first_use() -> None:
    found = loaded_after("from enzyme_mlir.releases import release_in_use\nassert release_in_use()")
    assert "importlib.metadata" in found


def test_a_text_loads_how_texts_are_read() -> None:
    program = (
        "from enzyme_mlir import ir, new_context\nfrom enzyme_mlir.dialects.enzyme import Activity, ActivityAttr\n"
        "with new_context(), ir.Location.unknown():\n    print(ActivityAttr.get(Activity.DUP))"
    )
    assert "enzyme_mlir._runtime.layouts" in loaded_after(program)
