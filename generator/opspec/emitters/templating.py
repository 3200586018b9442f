"""The one way to make text from templates: strict about undefined names, silent about HTML."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

__all__ = ["environment"]


def environment(package: str, **filters: object) -> Environment:
    """The templates of an emitter (in its folder `templates/`), with its literal helpers as filters."""
    made = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    made.filters.update(filters)
    return made
