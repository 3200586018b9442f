"""Which .td files define a dialect: read as text, since a file's includes may be anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from opspec.dataclass import dataclass

__all__ = ["Homes", "read_homes"]

_INCLUDE = re.compile(r'^\s*include\s+"([^"]+)"', re.MULTILINE)
_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|\[\{.*?\}\]|"(?:\\.|[^"\\\n])*"', re.DOTALL)
_HEADER = re.compile(r"\b(class|multiclass|def|defm)\b([^{};]*)")
_SHOWN = re.compile(r"[^\n]")
_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"\s*\w+\s*(?::|$)")
_DIALECT = re.compile(r"\bdef\s+(\w*)\s*:\s*[^{};]*\{")


@dataclass(frozen=True, slots=True)
class _Text:
    """A .td file without comments and code, with and without what is in its strings; and the files that it includes."""

    plain: str
    bare: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homes:
    """The files to be read for a dialect, first those that have most of it; and what they and others define of it.

    `parts` are the files that define something in terms of the dialect, with the names of the definitions; a name that
    is put together is empty. `read` are the roots and what they include: other parts stand elsewhere.
    """

    roots: tuple[Path, ...]
    parts: tuple[tuple[Path, tuple[str, ...]], ...]
    read: frozenset[Path]


@cache
def _read(text: str) -> _Text:
    plain: list[str] = []
    bare: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between, found = text[end : match.start()], match[0]
        blank = _SHOWN.sub(" ", found)
        is_string = found.startswith('"')
        plain += (between, found if is_string else blank)
        bare += (between, f'"{blank[1:-1]}"' if is_string else blank)
        end = match.end()
    rest = text[end:]
    whole = "".join((*plain, rest))
    return _Text(whole, "".join((*bare, rest)), tuple(_INCLUDE.findall(whole)))


def _body_end(bare: str, start: int) -> int:
    """Where the braces that are open at `start` are closed."""
    depth = 1
    for match in re.compile(r"[{}]").finditer(bare, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(bare)


def _names_of(text: _Text, dialect: str) -> set[str]:
    """The definitions of a file that say the dialect's name, as `let name = "..."` in their bodies."""
    says = re.compile(rf'\blet\s+name\s*=\s*"{re.escape(dialect)}"\s*;')
    return {
        match[1]
        for match in _DIALECT.finditer(text.bare)
        if says.search(text.plain, match.end(), _body_end(text.bare, match.end()))
        and re.search(r":\s*[^{};]*\bDialect\b", match[0])
    }


def _could_be_named(text: _Text, dialect: str) -> set[str]:
    """The definitions of a file that give the name to a class, or take it from a `let` around them."""
    if f'"{dialect}"' not in text.plain or "Dialect" not in text.bare:
        return set()
    headers = ((match[1], match[2], text.plain[match.start() : match.end()]) for match in _HEADER.finditer(text.bare))
    names = {
        (_WORD.findall(rest) or [""])[0] for kind, rest, shown in headers if kind == "def" and f'"{dialect}"' in shown
    }
    lets = re.search(rf'\blet\b[^{{}};]*\bname\s*=\s*"{re.escape(dialect)}"[^;]*?\bin\b', text.plain)
    if lets is not None:
        names |= set(re.findall(r"\bdef\s+(\w+)\s*:\s*Dialect\b", text.bare))
    return names - {""}


class _Tree:
    """The files below a folder and how they include each other."""

    def __init__(self, texts: Mapping[Path, _Text]) -> None:
        self._texts = texts
        by_name: dict[str, list[Path]] = {}
        for path in texts:
            by_name.setdefault(path.name, []).append(path)
        self._included = {path: self._resolved(path, text.includes, by_name) for path, text in texts.items()}

    def _resolved(self, path: Path, includes: Iterable[str], by_name: Mapping[str, list[Path]]) -> frozenset[Path]:
        found: set[Path] = set()
        for name in includes:
            beside = path.parent / name
            if beside in self._texts:
                found.add(beside)
                continue
            same = by_name.get(Path(name).name, ())
            found |= {other for other in same if f"/{other.as_posix()}".endswith(f"/{name}")}
        return frozenset(found - {path})

    def reaching(self, homes: Iterable[Path]) -> set[Path]:
        """The files that include one of these, directly or not, and these."""
        above: dict[Path, set[Path]] = {}
        for path, included in self._included.items():
            for other in included:
                above.setdefault(other, set()).add(path)
        return _closed(homes, above)

    def closure(self, path: Path) -> set[Path]:
        """A file and everything that it includes."""
        return _closed([path], self._included)


def _closed(begin: Iterable[Path], further: Mapping[Path, Iterable[Path]]) -> set[Path]:
    found = set(begin)
    waiting = list(found)
    while waiting:
        for other in further.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _headers(text: _Text) -> list[tuple[str, list[str]]]:
    """How each class and definition of a file begins: its keyword and words; without those inside of multiclasses.

    A definition whose name is put together has an empty one.
    """
    found: list[tuple[str, list[str]]] = []
    end = 0
    for match in _HEADER.finditer(text.bare):
        if match.start() < end:
            continue
        words = _WORD.findall(match[2])
        if match[1] == "multiclass" and text.bare[match.end() : match.end() + 1] == "{":
            end = _body_end(text.bare, match.end() + 1)
        if match[1] in ("def", "defm") and not _NAMED.match(match[2]):
            words = ["", *words]
        found.append((match[1], words))
    return found


def _parts(texts: Mapping[Path, _Text], names: set[str]) -> dict[Path, tuple[str, ...]]:
    """The files that define something in terms of the dialect, directly or through classes, and what they define."""
    headers = {path: _headers(text) for path, text in texts.items()}
    known = set(names)
    grew = True
    while grew:
        before = len(known)
        for found in headers.values():
            for kind, words in found:
                if (
                    kind in ("class", "multiclass")
                    and words
                    and words[0] not in known
                    and known.intersection(words[1:])
                ):
                    known.add(words[0])
        grew = len(known) > before
    defined = {path: _defined(found, known) for path, found in headers.items()}
    return {path: found for path, found in defined.items() if found}


def _defined(headers: Iterable[tuple[str, list[str]]], known: set[str]) -> tuple[str, ...]:
    """What is defined in terms of what is known."""
    return tuple(
        words[0] for kind, words in headers if kind in ("def", "defm") and words and known.intersection(words[1:])
    )


def read_homes(texts: Mapping[Path, str], dialect: str) -> Homes:
    """The files of a tree that define a dialect.

    One file is enough where it includes all the others that define parts of it; else several are to be read.
    """
    read = {path: _read(text) for path, text in texts.items()}
    named = {path: names for path, text in read.items() if (names := _names_of(text, dialect))}
    named = named or {path: names for path, text in read.items() if (names := _could_be_named(text, dialect))}
    tree = _Tree(read)
    reaching = tree.reaching(named)
    folders = {home.parent for home in named}
    near = {path for path in reaching if any(path.is_relative_to(folder) for folder in folders)}
    names = set().union(*named.values()) if named else set()
    parts = _parts({path: read[path] for path in sorted(near)}, names)
    if not parts:
        near = reaching
        parts = _parts({path: read[path] for path in sorted(near)}, names)
    closures = {path: tree.closure(path) for path in near}
    roots = _cover(set(parts), closures) or tuple(sorted(named))[:1]
    elsewhere = {path: _defined(_headers(read[path]), names) for path in sorted(reaching - near)}
    parts |= {path: found for path, found in elsewhere.items() if found}
    return Homes(roots, tuple(parts.items()), frozenset().union(*(closures[root] for root in roots)))


def _cover(parts: set[Path], closures: Mapping[Path, set[Path]]) -> tuple[Path, ...]:
    """Few files that include all parts; among those that include as much, the one with least beside it."""
    roots: list[Path] = []
    left = set(parts)
    while left:
        best = max(
            closures,
            key=lambda path: (len(closures[path] & left), -len(closures[path]), path in parts, path.as_posix()),
        )
        roots.append(best)
        left -= closures[best]
    return tuple(roots)
