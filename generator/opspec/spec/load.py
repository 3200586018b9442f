"""From the folder of a spec to its checked model."""

from __future__ import annotations

import os
from pathlib import Path

from opspec.diagnostics import Diagnostics, ToolError
from opspec.model.dialect import Dialect
from opspec.model.parents import find_parents
from opspec.model.projections import check_projections
from opspec.model.released import facts_alone, with_releases
from opspec.model.terminators import find_terminators
from opspec.spec.check import check_facts
from opspec.spec.constraint_names import check_expansion
from opspec.spec.facts import build_dialect
from opspec.spec.learned import LEARNED, read_learned, with_learned
from opspec.spec.nodes import MapNode, text_of
from opspec.spec.orphans import without_orphans
from opspec.spec.overlay import amend, apply_overlay
from opspec.spec.reading import read_yaml
from opspec.spec.references import Missing, References
from opspec.spec.releases import check_releases, load_releases
from opspec.spec.schema import validate

__all__ = ["load_dialect"]


def load_dialect(
    facts: Path,
    diagnostics: Diagnostics,
    base: Path | None = None,
    *,
    with_overlay: bool = True,
    orphans: list[Missing] | None = None,
    sheets: list[tuple[Path, MapNode]] | None = None,
) -> Dialect | None:
    """The dialect of a `dialect.yaml`, and of the `learned.yaml` and the `overlay.yaml` beside it, if there are such.

    Mistakes go to `diagnostics`; the result is of use only if there are none. `base` is the folder that
    paths in diagnostics are relative to. `with_overlay` says whether the overlay counts. Where `orphans` is given, the
    overlay's entries about things that the facts do not have go there, and the model does without them. `sheets`
    takes what stands in the files of facts and choices. Raises `ToolError` where `facts` cannot be read.
    """
    if not facts.is_file():
        raise ToolError(f"there is no {_shown(facts, base)}; `opspec extract` writes it")
    root = read_yaml(facts, diagnostics, _shown(facts, base))
    overlay_path = facts.with_name("overlay.yaml")
    overlay = None
    if with_overlay and os.path.lexists(overlay_path):
        overlay = read_yaml(overlay_path, diagnostics, _shown(overlay_path, base))
    if overlay is not None:
        overlay = validate(overlay, "overlay", diagnostics)
    if root is None:
        return None
    if sheets is not None:
        sheets += [(path, read) for path, read in ((facts, root), (overlay_path, overlay)) if read is not None]
    root = validate(root, "dialect", diagnostics)
    learned_path = facts.with_name(LEARNED)
    learned = read_learned(facts, diagnostics, _shown(learned_path, base))
    if learned is not None:
        if sheets is not None:
            sheets.append((learned_path, learned))
        root = with_learned(root, learned)
    dialect = build_dialect(root, diagnostics)
    references = References()
    check_facts(dialect, root, references, diagnostics)
    releases = load_releases(facts.with_name("releases.yaml"), diagnostics)
    if releases is not None:
        dialect = with_releases(dialect, releases, diagnostics)
        check_releases(dialect, releases, references, diagnostics)
        dialect = dialect if with_overlay else facts_alone(dialect)
    if overlay is not None:
        node = overlay.get("dialect")
        if node is not None and text_of(overlay, "dialect") != dialect.name:
            found = text_of(overlay, "dialect")
            message = f"the overlay is of dialect '{found}', the facts beside it are of '{dialect.name}'"
            diagnostics.report("wrong-dialect", message, node.location)
        uses = references if orphans is None else References()
        dialect = amend(dialect, overlay, diagnostics, uses)
        dialect = apply_overlay(dialect, overlay, diagnostics, uses)
        if orphans is not None:
            orphans += uses.missing()
            dialect = without_orphans(dialect)
    check_expansion(dialect, diagnostics)
    references.report(diagnostics)
    (dialect,) = find_parents([check_projections(dialect)])
    return find_terminators(dialect)


def _shown(path: Path, base: Path | None) -> str:
    if base is not None and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return path.as_posix()
