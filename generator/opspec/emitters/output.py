"""Generated files: what an emitter makes, how it reaches the disk, and whether the disk agrees."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, Location, SpecError, ToolError
from opspec.disk.locks import PATIENCE
from opspec.disk.looking import Found, Kind, Look, is_inside
from opspec.disk.swap import Change, change_tree, free_name, is_unfinished, workshop
from opspec.emitters.manifest import MANIFEST, Manifest, digest_of, entries_of, manifest_text, read_manifest
from opspec.watching import tell

__all__ = ["Drift", "GeneratedFile", "Written", "compare_tree", "is_written", "refuse_changes", "write_tree"]


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file of the generated tree; `path` is relative, with slashes. `home` says where a change of it belongs."""

    path: str
    text: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """A file that differs from what would be generated: `changed`, `missing` or `stale`; with a unified diff.

    Where it is not what an earlier run wrote either, `advice` says what to do with what a person changed.
    """

    path: str
    kind: str
    diff: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: the paths that it wrote or removed, and the copies that it kept of what was changed by hand."""

    touched: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    """What is to be done to a tree, and what stands against it.

    `gone` are files that are not there although an earlier run wrote them: it may have been killed before it removed
    their folders. `odd` are files in whose place a link is, or the link of a folder; `links` are those of
    folders.
    """

    writes: dict[str, str] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    by_hand: dict[str, Found] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    odd: set[str] = field(default_factory=set)
    seen: dict[str, Found] = field(default_factory=dict)


def _read_root(root: Path) -> Path:
    """The folder itself, where the user named a link to it."""
    try:
        return root.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise ToolError(f"cannot use {str(root)!r} as the folder of what is generated: {error}") from error


def _texts(files: Iterable[GeneratedFile]) -> dict[str, str]:
    """What shall be in the tree, but for its list."""
    texts = {file.path: file.text for file in files}
    wrong = sorted(path for path in texts if not is_inside(path) or path == MANIFEST)
    if wrong:
        raise ToolError(f"cannot write {wrong[0]!r}: it is not below the folder of what is generated")
    return texts


def _plan(look: Look, texts: Mapping[str, str], manifest: Manifest) -> _Plan:
    """Compare what shall be with what is; raises `OSError`, and `ToolError` where something is in the way."""
    plan = _Plan()
    for path in sorted(manifest.paths() - set(texts) - {MANIFEST}):
        found = look.at(path)
        if found.kind is Kind.NOTHING:
            plan.gone.append(path)
        if found.kind is Kind.FILE:
            plan.seen[path] = found
            plan.removals.append(path)
            if not manifest.wrote(path, found.data):
                plan.by_hand[path] = found
    going = {*plan.removals, *plan.gone}
    for path in texts:
        found = look.at(path)
        match found.kind:
            case Kind.FILE:
                plan.seen[path] = found
                data = texts[path].encode("utf-8")
                if found.data == data:
                    continue
                if not manifest.wrote(path, found.data):
                    plan.by_hand[path] = found
            case Kind.BEHIND_LINK:
                plan.odd.add(path)
                if found.at not in plan.links:
                    plan.links.append(found.at)
            case Kind.OTHER:
                plan.odd.add(path)
            case Kind.BEHIND_FILE if found.at not in going:
                raise ToolError(f"cannot write {look.root / path}: {look.root / found.at} is no folder")
            case Kind.FOLDER if not _is_going(look.root, path, going):
                raise ToolError(f"cannot write {look.root / path}: it is a folder")
            case Kind.NOTHING | Kind.BEHIND_FILE | Kind.FOLDER:
                pass
        plan.writes[path] = texts[path]
    return plan


def _is_going(root: Path, folder: str, going: set[str]) -> bool:
    """Whether a folder is one of files that are removed, and holds nothing else."""
    held = [path for path in (root / folder).rglob("*") if path.is_symlink() or not path.is_dir()]
    is_ours = any(path.startswith(f"{folder}/") for path in going)
    return is_ours and all(path.relative_to(root).as_posix() in going for path in held)


def write_tree(
    root: Path, files: Iterable[GeneratedFile], *, force: bool = False, patience: float = PATIENCE
) -> Written:
    """Make the tree under `root` these files: write what changed, remove what an earlier run wrote and this one not.

    The tree is the old one or the new one, whatever happens meanwhile, and nothing is written or removed through links.
    What a person changed is kept as it is, and then nothing is written at all; with `force` it is overwritten, and a
    copy is kept beside it. Raises `SpecError` for such files, and `ToolError` where the disk refuses or another run is
    at work for longer than `patience` seconds.
    """
    wanted = {file.path: file for file in files}
    texts = _texts(wanted.values())
    root = _read_root(root)
    try:
        entries = entries_of(texts)
        if not is_unfinished(root) and _holds(root, entries):
            return Written()
        with workshop(root, patience) as place:
            return _write_in(place, root, wanted, entries, force)
    except OSError as error:
        raise ToolError(f"cannot write {error.filename or root}: {error.strerror}") from error


def refuse_changes(root: Path) -> None:
    """Raise `SpecError` where a file of the tree is not what an earlier run wrote: before anything else is done."""
    root = _read_root(root)
    look = Look(root)
    try:
        manifest = read_manifest(look)
        found = {path: look.at(path) for path in manifest.paths()}
    except OSError as error:
        raise ToolError(f"cannot read {error.filename or root}: {error.strerror}") from error
    plan = _Plan()
    for path, held in found.items():
        if held.kind is Kind.FILE and not manifest.wrote(path, held.data):
            plan.by_hand[path] = held
    if plan.by_hand:
        raise SpecError(_refusals(root, plan, {path: GeneratedFile(path, "") for path in plan.by_hand}))


def _holds(root: Path, entries: frozenset[tuple[str, str]]) -> bool:
    """Whether there is nothing to do, so that a tree that nobody may write to is fine too."""
    look = Look(root)
    known = {MANIFEST: digest_of(manifest_text(entries).encode()), **dict(entries)}
    return all(
        found.kind is Kind.FILE and digest_of(found.data) == digest
        for digest, found in ((digest, look.at(path)) for path, digest in known.items())
    )


def is_written(root: Path, entries: frozenset[tuple[str, str]]) -> bool:
    """Whether the tree under `root` is these files, pairs of a path and a digest, and no run is left to be undone."""
    try:
        root = _read_root(root)
        return not is_unfinished(root) and _holds(root, entries)
    except (OSError, ToolError):
        return False


def _write_in(
    place: Path, root: Path, wanted: Mapping[str, GeneratedFile], entries: frozenset[tuple[str, str]], force: bool
) -> Written:
    """Do it, now that nobody else writes to the tree."""
    texts = {path: file.text for path, file in wanted.items()}
    look = Look(root)
    manifest = read_manifest(look)
    plan = _plan(look, texts, manifest)
    if not force and (plan.by_hand or plan.links):
        raise SpecError(_refusals(root, plan, wanted))
    listed = manifest_text(entries)
    is_listed = look.at(MANIFEST).data == listed.encode("utf-8")
    if is_listed and not plan.writes and not plan.removals:
        return Written()
    copies = {path: free_name(root / path).relative_to(root).as_posix() for path in (*plan.by_hand, *plan.links)}
    change = Change(
        writes=plan.writes,
        removals=tuple(path for path in (*plan.removals, *plan.gone) if path not in copies),
        moves=copies,
        first=(MANIFEST, manifest_text(manifest.entries | entries)),
        last=(MANIFEST, listed),
        seen={path: found.identity for path, found in plan.seen.items()},
    )
    change_tree(root, change, place)
    touched = (*plan.writes, *([] if is_listed else [MANIFEST]), *plan.removals)
    for path in touched:
        tell("wrote" if path not in plan.removals else "removed", root / path)
    return Written(touched, tuple(copies.values()))


def _refusals(root: Path, plan: _Plan, wanted: Mapping[str, GeneratedFile]) -> list[Diagnostic]:
    """Why nothing is written: each file that is not as opspec wrote it, at its first line that would be another."""
    found = []
    for path, held in sorted(plan.by_hand.items()):
        file = wanted.get(path)
        line = _first_difference(_text(held), file.text if file else "")
        message = "the file was changed by hand" + ("" if file else ", and is no longer generated")
        found.append(Diagnostic("changed-by-hand", message, Location(_shown(root / path), line), _advice(file)))
    for path in plan.links:
        message = f"the folder is a link to {(root / path).readlink()}, and nothing is written through links"
        hint = "say in bindings.yaml where the output goes; --force puts a folder in its place"
        found.append(Diagnostic("changed-by-hand", message, Location(_shown(root / path)), hint))
    return found


def _advice(file: GeneratedFile | None) -> str:
    """What to do with a file that a person changed; None where it is no longer generated."""
    home = file.home if file is not None else ""
    belongs = f"such a change belongs in {home}" if home else "move what you want to keep to a file of your own"
    return f"{belongs}; --force {'writes over' if file else 'removes'} it and keeps a copy"


def _shown(path: Path) -> str:
    """A path as seen from here, where it is below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return path.as_posix()


def _first_difference(old: str, new: str) -> int:
    """The number of the first line in which two texts differ; of the last one, where the rest is cut off."""
    lines, held = new.splitlines(), old.splitlines()
    for number, line in enumerate(held, 1):
        if number > len(lines) or lines[number - 1] != line:
            return number
    return max(1, len(held))


def compare_tree(root: Path, files: Iterable[GeneratedFile]) -> tuple[Drift, ...]:
    """Where the tree under `root` differs from these files, in the order of paths.

    Raises `ToolError` where it cannot be read.
    """
    wanted = {file.path: file for file in files}
    texts = _texts(wanted.values())
    root = _read_root(root)
    look = Look(root)
    drifts: list[Drift] = []
    try:
        manifest = read_manifest(look)
        plan = _plan(look, texts, manifest)
        listed = manifest_text(entries_of(texts))
        held = look.at(MANIFEST)
        for path, text in (*plan.writes.items(), *([(MANIFEST, listed)] if held.data != listed.encode() else [])):
            found = plan.seen.get(path, held if path == MANIFEST else Found(Kind.NOTHING))
            kind = "changed" if found.kind is Kind.FILE or path in plan.odd else "missing"
            by_hand = path in plan.by_hand or path in plan.odd
            advice = _advice(wanted[path]) if by_hand else ""
            drifts.append(Drift(path, kind, _diff(path, _text(found), text), advice))
        for path in plan.removals:
            advice = _advice(None) if path in plan.by_hand else ""
            drifts.append(Drift(path, "stale", _diff(path, _text(plan.seen[path]), ""), advice))
    except OSError as error:
        raise ToolError(f"cannot read {error.filename or root}: {error.strerror}") from error
    return tuple(sorted(drifts, key=lambda drift: (drift.kind == "stale", drift.path)))


def _text(found: Found) -> str:
    """The text of a file; bytes that are no text are nothing that is generated."""
    return found.data.decode("utf-8", errors="surrogateescape")


def _diff(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"on disk: {path}", f"generated: {path}"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
