"""The words of docstrings, filled to the width that they have."""

from __future__ import annotations

from opspec.pyview.text import WIDTH, wrap_markdown

__all__ = ["about", "argument_doc", "doc_lines", "title"]


def title(summary: str) -> str:
    """A summary with its full stop."""
    return summary if summary.endswith(".") else f"{summary}."


def about(text: str, indent: int) -> tuple[str, ...]:
    """The lines of a docstring of one paragraph, for what stands at `indent`."""
    return tuple(wrap_markdown(text, WIDTH - indent - 6))


def doc_lines(summary: str, description: str, indent: int) -> list[str]:
    """The lines of a docstring that stands at `indent`."""
    lines = wrap_markdown(title(summary), WIDTH - indent - 6)
    if description:
        lines += ["", *wrap_markdown(description, WIDTH - indent)]
    return lines


def argument_doc(name: str, doc: str) -> list[str]:
    """An argument's lines under `Args:`."""
    text = " ".join(doc.split()) or f"The parameter `{name}`."
    lines = wrap_markdown(f"{name}: {text}", WIDTH - 12)
    return [f"    {lines[0]}", *(f"        {line}" for line in lines[1:])]
