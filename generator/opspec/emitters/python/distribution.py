"""What makes the package installable: `pyproject.toml`, `README.md` and the texts of licenses beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from opspec.diagnostics import is_visible
from opspec.emitters.markdown import FILTERS
from opspec.emitters.output import GeneratedFile
from opspec.emitters.templating import environment
from opspec.model.dialect import Dialect
from opspec.spec.distribution import Distribution

__all__ = ["render_distribution", "toml_literal"]


_HOME = "bindings.yaml, under `distribution`"
_QUOTING = '"\\'


def toml_literal(value: str | Sequence[str]) -> str:
    """A string or a list of strings as TOML has them; the only way for text of a spec into TOML."""
    if isinstance(value, str):
        return f'"{"".join(c if is_visible(c) and c not in _QUOTING else _escaped(c) for c in value)}"'
    return f"[{', '.join(map(toml_literal, value))}]"


def _escaped(character: str) -> str:
    if character in _QUOTING:
        return f"\\{character}"
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _authors(authors: Iterable[tuple[str, str]]) -> list[str]:
    """An inline table for each author."""
    found = []
    for name, email in authors:
        pairs = [("name", name), *([("email", email)] if email else [])]
        found.append(f"{{ {', '.join(f'{key} = {toml_literal(value)}' for key, value in pairs)} }}")
    return found


def _summary(distribution: Distribution, dialects: Sequence[Dialect]) -> str:
    names = ", ".join(sorted(dialect.name for dialect in dialects))
    return distribution.summary or f"Typed builders for MLIR dialects: {names}"


_TEMPLATES = environment("opspec.emitters.python", toml=toml_literal, **FILTERS)


def render_distribution(
    package: str, distribution: Distribution, dialects: Sequence[Dialect], note: str
) -> tuple[GeneratedFile, ...]:
    """The files beside the package; `note` says where they come from."""
    holes = {
        "package": package,
        "distribution": distribution,
        "name": distribution.name_for(package),
        "summary": _summary(distribution, dialects),
        "license_files": [name for name, _ in distribution.license_files],
        "authors": _authors(distribution.authors),
        "dialects": dialects,
        "note": note,
    }
    names = ("pyproject.toml", "README.md")
    files = [(name, _TEMPLATES.get_template(f"{name}.jinja").render(holes)) for name in names]
    return tuple(GeneratedFile(f"python/{name}", text, _HOME) for name, text in (*files, *distribution.license_files))
