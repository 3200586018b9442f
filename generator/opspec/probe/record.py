"""What several releases were found to have, as the data that `releases.yaml` holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from opspec.model.constraints import Attribute, Value
from opspec.model.dialect import Dialect, Operation
from opspec.model.parts import is_one_order
from opspec.model.released import facts_alone
from opspec.model.releases import Counts, DialectReleases, Form, Offered, Parts, ReleasedParts, Spelling
from opspec.notation import parse_argument
from opspec.probe.installation import DISTRIBUTION
from opspec.probe.items import Item, Kind, Status
from opspec.probe.probe import Findings

__all__ = ["record_releases", "within"]


_Learnt = Mapping[str, Mapping[str, Operation]]


def record_releases(dialect: Dialect, probed: Sequence[tuple[str, Findings]], learnt: _Learnt) -> DialectReleases:
    """Sum up the findings on the facts of a dialect; `probed` holds each release, the oldest first, and what it has.

    `learnt` are the operations, by release and full name, that have other parts there, with these.
    """
    dialect = facts_alone(dialect)
    releases = tuple(release for release, _ in probed)

    def offered(kinds: Sequence[Kind], prefix: str, separator: str) -> tuple[Offered, ...]:
        missing: dict[str, set[str]] = {}
        for release, findings in probed:
            for item in findings.items:
                if item.dialect == dialect.name and item.kind in kinds and item.status is Status.MISSING:
                    name = item.name.removeprefix(prefix).replace(" ", separator)
                    missing.setdefault(name, set()).add(release)
        return tuple(
            Offered(name, tuple(release for release in releases if release not in missing[name]))
            for name in sorted(missing)
        )

    own = f"{dialect.name}."
    operations = offered((Kind.OPERATION,), own, " ")
    parts, forms = _parts(dialect, learnt)
    told = {(each.name, release) for each in parts for release, _ in each.parts}
    return DialectReleases(
        dialect=dialect.name,
        distribution=DISTRIBUTION,
        releases=releases,
        operations=operations,
        operation_attributes=within(operations, offered((Kind.OPERATION_ATTRIBUTE,), own, ".")),
        definitions=offered((Kind.ATTRIBUTE, Kind.TYPE), "", " "),
        cases=offered((Kind.CASE,), "", "."),
        spellings=_spellings(dialect, probed),
        forms=_forms(dialect, probed, forms),
        counts=_counts(dialect, probed, told),
        parts=parts,
    )


def within(operations: Sequence[Offered], attributes: Sequence[Offered]) -> tuple[Offered, ...]:
    """The attributes, each only in releases that have its operation."""
    having = {operation.name: operation.releases for operation in operations}
    found: list[Offered] = []
    for attribute in attributes:
        owners = having.get(attribute.name.rpartition(".")[0], attribute.releases)
        found.append(Offered(attribute.name, tuple(release for release in attribute.releases if release in owners)))
    return tuple(found)


def _of_operations(dialect: Dialect, findings: Findings) -> Iterator[tuple[str, Item]]:
    """What was found out about operations, each with the mnemonic."""
    own = f"{dialect.name}."
    for item in findings.items:
        if item.dialect == dialect.name and item.kind in (Kind.OPERATION, Kind.OPERATION_ATTRIBUTE):
            yield item.name.removeprefix(own).partition(" ")[0], item


_Forms = dict[str, dict[str, Value | Attribute]]


def _parts(dialect: Dialect, learnt: _Learnt) -> tuple[tuple[ReleasedParts, ...], _Forms]:
    """Which parts operations have in releases, and what those are that the spec lacks or has otherwise."""
    found: list[ReleasedParts] = []
    forms: _Forms = {}
    for operation in sorted(dialect.operations, key=lambda each: each.mnemonic):
        name = f"{dialect.name}.{operation.mnemonic}"
        having = {release: operations[name] for release, operations in learnt.items() if name in operations}
        parts = {release: _parts_there(operation, there) for release, there in having.items()}
        if not parts or not is_one_order(operation, tuple(parts.values())):
            continue
        found.append(ReleasedParts(operation.mnemonic, tuple(parts.items())))
        values = {each.name: each.value for each in (*operation.operands, *operation.results)}
        for release, there in having.items():
            for named in (*there.operands, *there.results):
                if values.get(named.name) != named.value:
                    forms.setdefault(f"{operation.mnemonic}.{named.name}", {})[release] = named.value
    return tuple(found), forms


def _parts_there(operation: Operation, there: Operation) -> Parts:
    def names(kind: str) -> tuple[str, ...] | None:
        own, others = ([part.name for part in getattr(each, kind)] for each in (operation, there))
        return None if own == others else tuple(others)

    regions = tuple((region.name, region.constraint) for region in there.regions)
    return Parts(names("operands"), names("results"), None if names("regions") is None else regions)


def _forms(dialect: Dialect, probed: Sequence[tuple[str, Findings]], forms: _Forms) -> tuple[Form, ...]:
    for release, findings in probed:
        for mnemonic, item in _of_operations(dialect, findings):
            if item.form and not _is_of_symbols(dialect, mnemonic, item.part):
                forms.setdefault(f"{mnemonic}.{item.part}", {})[release] = parse_argument(item.form)
    return tuple(Form(name, tuple(forms[name].items())) for name in sorted(forms))


def _is_of_symbols(dialect: Dialect, mnemonic: str, attribute: str) -> bool:
    """Whether MLIR gives an attribute to every operation that defines a symbol, whatever its own verifier knows."""
    operation = dialect.operation(mnemonic)
    is_symbol = operation.has_trait("Symbol") or "SymbolOpInterface" in operation.interfaces
    return attribute == "sym_visibility" and is_symbol


def _counts(
    dialect: Dialect, probed: Sequence[tuple[str, Findings]], told: Collection[tuple[str, str]]
) -> tuple[Counts, ...]:
    """The numbers of parts, but of operations in releases of which is `told` which parts they have."""
    counts: dict[str, dict[str, list[tuple[str, int, int | None]]]] = {}
    for release, findings in probed:
        for mnemonic, item in _of_operations(dialect, findings):
            if item.counted is not None and (mnemonic, release) not in told:
                counts.setdefault(mnemonic, {}).setdefault(release, []).append(item.counted)
    return tuple(
        Counts(name, tuple((release, tuple(parts)) for release, parts in counts[name].items()))
        for name in sorted(counts)
    )


def _spellings(dialect: Dialect, probed: Sequence[tuple[str, Findings]]) -> tuple[Spelling, ...]:
    formats: dict[str, dict[str, str]] = {}
    for release, findings in probed:
        for owner, found in findings.definitions:
            if owner == dialect.name and found.format is not None and found.format != found.definition.format:
                formats.setdefault(found.name, {})[release] = found.format
    return tuple(Spelling(name, tuple(formats[name].items())) for name in sorted(formats))
