"""Modules of a file: read, verified, printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, Note, SpecError, ToolError
from opspec.ir.package import Package
from opspec.ir.source import Part, Source, place_of, said, with_name

__all__ = ["Modules"]

_MARKER = "\n// -----\n\n"


@dataclass(frozen=True, slots=True)
class Modules:
    """How the modules of a file are read, verified and printed.

    `release` is the one that they are written for, `target` the one to write them for; None for what is in use.
    """

    package: Package
    release: str | None
    target: str | None

    @property
    def used(self) -> str:
        """The release whose forms the modules have, and whose rules they are held against."""
        return self.target or self.release or str(self.package.releases.release_in_use())

    def read(self, source: Source) -> list[Part]:
        """The modules of a file, of one context.

        Raises:
            SpecError: Some cannot be read; all of those are named.
            ToolError: Enzyme is needed and missing, it died, or the host cannot hold what Enzyme reads.
        """
        package, used = self.package, self.used
        found: list[Part] = []
        wrong: list[Diagnostic] = []
        context = package.contexts.full_context()
        for text in package.sources.split_file(source.text):
            try:
                with _tool_errors(package):
                    module = package.parsing.read_text(text, context, None, used, source.name, self.release)
            except package.lowering.EnzymeRefusal as refusal:
                place, complaint = said(refusal.message, source.name)
                message, *more = complaint.split("\n")
                notes = tuple(Note(line, place) for line in more)
                wrong.append(Diagnostic("unreadable-ir", message, place, self._others(), notes))
                continue
            if self.target is not None:
                package.defaults.leave_out_defaults(module, self.target)
            found.append(Part(package.sources.Sent(text, used, source.name), module))
        if wrong:
            raise SpecError(wrong)
        return found

    def verify(self, parts: Sequence[Part], name: str) -> list[Diagnostic]:
        """What the package's rules say of modules, for the release in question."""
        return [diagnostic for part in parts for diagnostic in self._verify(part, name, self.used)]

    def lacking(self, parts: Sequence[Part], name: str) -> list[Diagnostic]:
        """What is wrong with modules for the release in question alone, and not by what the specs say."""
        found: list[Diagnostic] = []
        for part in parts:
            always = self._verify(part, name, "")
            found += [each for each in self._verify(part, name, self.used) if each not in always]
        return found

    def _verify(self, part: Part, name: str, release: str) -> list[Diagnostic]:
        package = self.package
        root: Any = package.root
        with package.releases.using_release(release or None), part.module.context:
            findings = root.verify(part.module)
        return [
            Diagnostic(
                "broken-rule",
                f"{found.operation}: {found.parameter} is {found.given}, accepted is {found.accepted}",
                place_of(found.location, part, name, package.sources.offset_of),
            )
            for found in findings
        ]

    def generic(self, parts: Sequence[Part]) -> str:
        """The modules in MLIR's generic form."""
        return _joined(part.module.operation.get_asm(print_generic_op_form=True) for part in parts)

    def located(self, parts: Sequence[Part], name: str) -> str:
        """The modules in MLIR's generic form, with locations; those in the text have its name."""
        offset_of = self.package.sources.offset_of
        return _joined(
            with_name(
                part.module.operation.get_asm(enable_debug_info=True, print_generic_op_form=True), part, name, offset_of
            )
            for part in parts
        )

    def custom(self, parts: Sequence[Part]) -> str:
        """The modules in the custom syntax of Enzyme.

        Raises:
            ToolError: There is no Enzyme of the release in question, or it does not take a module.
        """
        package = self.package
        with _tool_errors(package):
            if self.target is not None and not package.installed.enzymes_for(None, self.target):
                raise ToolError(
                    f"there is no Enzyme of release {self.target} here (found: {self._found()}), and only that writes "
                    "its syntax; name its folder with --enzyme, or ask for --generic, which every release reads"
                )
            try:
                return _joined(self._pretty(part) for part in parts)
            except package.lowering.EnzymeRefusal as refusal:
                raise ToolError(f"Enzyme does not take the module: {refusal}") from refusal

    def readable(self, parts: Sequence[Part], notes: list[str]) -> str:
        """The modules as people read them: in the syntax of Enzyme, or of the host where Enzyme does not take them.

        Why Enzyme does not goes to `notes`. What is for a release that there is no Enzyme of is in generic form.

        Raises:
            ToolError: The Enzyme in use cannot be found where it is said to be.
        """
        package = self.package
        try:
            known = package.installed.enzymes_for(None, self.target)
        except package.lowering.EnzymeUnavailable as error:
            if package.installed.VARIABLE in str(error):
                raise ToolError(str(error)) from error
            known = []
        if self.target is not None and not known:
            return self.generic(parts)
        return _joined(self._readable(part, notes) if known else str(part.module) for part in parts)

    def _readable(self, part: Part, notes: list[str]) -> str:
        try:
            return self._pretty(part)
        except self.package.lowering.EnzymeError as error:
            root: Any = self.package.root
            notes.append(f"Enzyme does not print the module, so it is in the syntax of {root.HOST}: {error}")
            return str(part.module)

    def _pretty(self, part: Part) -> str:
        """A module in the syntax of the release in question, or of the Enzyme in use where there is none of it."""
        package, used = self.package, self.used
        has_used = bool(used) and bool(package.installed.enzymes_for(None, used))
        text: str = package.lowering.pretty(part.module, release=used if has_used else None)
        return text

    def _found(self) -> str:
        """The releases of the Enzymes that there are, in words."""
        package = self.package
        return ", ".join(str(package.releases.release_of(each)) for each in package.installed.enzymes_for(None, None))

    def _others(self) -> str:
        return f"asked was Enzyme {self._found()}; --enzyme FOLDER names another"


@contextmanager
def _tool_errors(package: Package) -> Iterator[None]:
    """What Enzyme could not do, as the error of a tool; what it refuses stays as it is."""
    lowering = package.lowering
    try:
        yield
    except lowering.EnzymeRefusal:
        raise
    except lowering.EnzymeError as error:
        raise ToolError(str(error)) from error


def _joined(texts: Iterable[str]) -> str:
    return _MARKER.join(f"{text.rstrip()}\n" for text in texts)
