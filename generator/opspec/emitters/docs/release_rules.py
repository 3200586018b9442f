"""What releases want otherwise than the spec, in words."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.emitters.markdown import cell, code, words
from opspec.model.constraints import Value
from opspec.model.dialect import Dialect, NamedAttribute, Operation
from opspec.model.parts import varying_parts
from opspec.model.released import is_partial, releases_of, required_in
from opspec.notation import print_type

__all__ = ["release_words", "released_default"]


def release_words(dialect: Dialect, operation: Operation) -> Iterator[str]:
    """A sentence for each difference in parts, their types and their numbers, the releases that share it together."""
    releases = dialect.releases
    if releases is None:
        return
    yield from _part_words(dialect, operation)
    for named in (*operation.operands, *operation.results):
        found: dict[str, list[str]] = {}
        for release, form in releases.forms_of(operation.mnemonic, named.name).items():
            if isinstance(form, Value):
                found.setdefault(print_type(form.type), []).append(release)
        for text, having in found.items():
            yield f"In release {' and '.join(map(words, having))}, {code(named.name)} is {code(text)}."
    told: dict[str, list[str]] = {}
    for release, counts in releases.counts_of(operation.mnemonic).items():
        texts = [
            f"{least}{' or more' if most is None else ''} {part.replace('_', ' ')}" for part, least, most in counts
        ]
        told.setdefault(" and ".join(texts), []).append(release)
    for text, having in told.items():
        yield f"In release {' and '.join(map(words, having))} there have to be {text}: builders refuse it there."


def _part_words(dialect: Dialect, operation: Operation) -> Iterator[str]:
    """A sentence for all parts that the same releases have."""
    found: dict[tuple[str, ...], list[str]] = {}
    for _, name, having in varying_parts(dialect, operation):
        found.setdefault(tuple(filter(None, having)), []).append(name)
    for releases, names in found.items():
        where = f"in release {' and '.join(map(words, releases))} only" if releases else "in no release known"
        yield f"{' and '.join(map(code, names))} {'are' if len(names) > 1 else 'is'} there {where}."


def released_default(dialect: Dialect, operation: Operation, attribute: NamedAttribute, default: str) -> str:
    """What holds where an attribute is not given, with the releases that have it where not every one has."""
    if not is_partial(dialect, operation, attribute):
        return default
    having = releases_of(dialect, operation, attribute)
    required = required_in(dialect, operation, attribute)
    if required:
        return f"required in {', '.join(map(cell, required))}"
    return f"{default}; in {', '.join(map(cell, having)) or 'no release known'} only"
