"""Which releases of a tool that takes the IR have what of a dialect, and how they write it.

Only what differs between releases is listed; everything else is the same in all of them, and as the spec says.
"""

from __future__ import annotations

from dataclasses import field

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.constraints import Attribute, RegionConstraint, Value
from opspec.model.lookup import ByName

__all__ = ["COUNTED_PARTS", "Counts", "DialectReleases", "Form", "Offered", "Parts", "ReleasedParts", "Spelling"]

COUNTED_PARTS = ("operands", "results", "regions", "successors", "operand_groups", "result_groups")
"""What an operation may have another number of."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that not every release has.

    Example: `Offered("fill_zero", ("0.0.15", "0.0.16"))`.
    """

    name: str
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A definition that releases write in another format than the spec's.

    Example: `Spelling("#enzyme.activity", (("0.0.14", "$value"),))`.
    """

    name: str
    formats: tuple[tuple[str, str], ...]
    locations: tuple[Location, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Form:
    """An operand, result or attribute of an operation that releases have otherwise than the spec, or that it lacks.

    Example: `Form("mpi.comm_rank.rank", (("0.0.16", Value(Shaped("tensor", ...))),))`.
    """

    name: str
    forms: tuple[tuple[str, Value | Attribute], ...]
    locations: tuple[Location, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """An operation of which releases want other numbers of parts than the spec says, and which they are is not known.

    Example: `Counts("mpi.irecv", (("0.0.14", (("results", 1, 1),)),))`; None stands for no upper bound.
    """

    name: str
    counts: tuple[tuple[str, tuple[tuple[str, int, int | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an operation in a release, in order; None for a kind of which it has those that the spec says.

    Operands and results are named as in the spec where they are the same ones; what they are is said by `Form`s where
    it is not what the spec says.
    """

    operands: tuple[str, ...] | None = None
    results: tuple[str, ...] | None = None
    regions: tuple[tuple[str, RegionConstraint], ...] | None = None

    def names_of(self, kind: str) -> tuple[str, ...] | None:
        """The names of all `operands`, `results` or `regions`; None where they are those of the spec."""
        if kind == "regions":
            return None if self.regions is None else tuple(name for name, _ in self.regions)
        return self.operands if kind == "operands" else self.results


@dataclass(frozen=True, slots=True)
class ReleasedParts:
    """An operation that in some releases has other operands, results or regions than the spec says.

    Example: `ReleasedParts("mpi.wait", (("0.0.14", Parts(results=("result_0",))),))`.
    """

    name: str
    parts: tuple[tuple[str, Parts], ...]
    locations: tuple[Location, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class DialectReleases:
    """What one `releases.yaml` says. `releases` are all that were looked at, the oldest first.

    Operations are named by mnemonic (`fill_zero`), their attributes behind it (`autodiff.atomic_add`), definitions as
    they are written (`#enzyme.activity`), cases behind their enum (`Activity.enzyme_dup`), operands and results like
    attributes (`load.memref`).
    """

    dialect: str
    distribution: str
    releases: tuple[str, ...]
    operations: tuple[Offered, ...]
    operation_attributes: tuple[Offered, ...]
    definitions: tuple[Offered, ...]
    cases: tuple[Offered, ...]
    spellings: tuple[Spelling, ...]
    forms: tuple[Form, ...]
    counts: tuple[Counts, ...]
    parts: tuple[ReleasedParts, ...] = ()
    location: Location = field(default=Location("<unknown>"), compare=False)
    _offered: tuple[ByName[Offered], ...] = field(init=False, repr=False, compare=False)
    _forms: ByName[Form] = field(init=False, repr=False, compare=False)
    _counts: ByName[Counts] = field(init=False, repr=False, compare=False)
    _parts: ByName[ReleasedParts] = field(init=False, repr=False, compare=False)
    _spellings: ByName[Spelling] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        listed = (self.operations, self.operation_attributes, self.definitions, self.cases)
        for key, found in (
            ("_offered", tuple(ByName(offered, lambda one: one.name) for offered in listed)),
            ("_forms", ByName(self.forms, lambda form: form.name)),
            ("_counts", ByName(self.counts, lambda counts: counts.name)),
            ("_parts", ByName(self.parts, lambda parts: parts.name)),
            ("_spellings", ByName(self.spellings, lambda spelling: spelling.name)),
        ):
            object.__setattr__(self, key, found)

    def of_operation(self, mnemonic: str) -> tuple[str, ...]:
        """The releases that have an operation."""
        return self._find(0, mnemonic)

    def of_attribute(self, mnemonic: str, attribute: str) -> tuple[str, ...]:
        """The releases in which an operation has an attribute of the spec."""
        offered = self._find(1, f"{mnemonic}.{attribute}")
        return tuple(release for release in offered if release in self.of_operation(mnemonic))

    def forms_of(self, mnemonic: str, part: str) -> dict[str, Value | Attribute]:
        """What an operand, result or attribute has to be in releases that have it otherwise than the spec."""
        found = self._forms.get(f"{mnemonic}.{part}")
        return dict(found.forms) if found is not None else {}

    def counts_of(self, mnemonic: str) -> dict[str, tuple[tuple[str, int, int | None], ...]]:
        """The numbers of parts in releases that want others than the spec: part, least and greatest number."""
        found = self._counts.get(mnemonic)
        return dict(found.counts) if found is not None else {}

    def parts_of(self, mnemonic: str) -> dict[str, Parts]:
        """The parts that an operation has in releases in which they are not those of the spec."""
        found = self._parts.get(mnemonic)
        return dict(found.parts) if found is not None else {}

    def of_definition(self, name: str) -> tuple[str, ...]:
        """The releases that have an attribute or type definition, e.g. `#enzyme.activity`."""
        return self._find(2, name)

    def of_case(self, enum: str, text: str) -> tuple[str, ...]:
        """The releases that have a case of an enum."""
        return self._find(3, f"{enum}.{text}")

    def format_of(self, name: str, release: str, otherwise: str | None) -> str | None:
        """How a release writes a definition; `otherwise` is the spec's format."""
        found = self._spellings.get(name)
        return dict(found.formats).get(release, otherwise) if found is not None else otherwise

    def _find(self, section: int, name: str) -> tuple[str, ...]:
        found = self._offered[section].get(name)
        return found.releases if found is not None else self.releases
