"""`releases.yaml` beside a spec: read, and written by `opspec probe --record`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import AnyConstraint, Attribute, RegionConstraint, Value
from opspec.model.dialect import Dialect, Operation
from opspec.model.parts import is_one_order
from opspec.model.releases import Counts, DialectReleases, Form, Offered, Parts, ReleasedParts, Spelling
from opspec.notation import parse_argument, parse_format, parse_region, print_argument, print_region
from opspec.notation.formats import parameters_of
from opspec.spec.constraint_names import ConstraintNames
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode, items, parse_node, text_of
from opspec.spec.reading import read_yaml
from opspec.spec.references import References
from opspec.spec.schema import validate

__all__ = ["check_releases", "load_releases", "print_releases"]

_SECTIONS = ("operations", "operation_attributes", "definitions", "cases")
_HEAD = """\
# yaml-language-server: $schema=../../generated/schema/releases.schema.json
# What the releases have of this dialect, found out by `opspec probe --record`. Do not edit.
schema: opspec/releases/1
"""


def _entries(root: MapNode, section: str) -> Iterable[tuple[str, MapNode | ListNode]]:
    node = root.get(section)
    if isinstance(node, MapNode):
        for key, value in node.entries:
            if isinstance(value, (MapNode, ListNode)):
                yield key.text, value


def _offered(root: MapNode, section: str, releases: tuple[str, ...], diagnostics: Diagnostics) -> tuple[Offered, ...]:
    found: list[Offered] = []
    for name, node in _entries(root, section):
        if not isinstance(node, ListNode):
            continue
        named = [item for item in node.items if isinstance(item, ScalarNode)]
        for item in named:
            if item.text not in releases:
                message = f"{section}.{name} names the release '{item.text}', which is not among 'releases'"
                diagnostics.report("unknown-name", message, item.location)
        found.append(Offered(name, tuple(item.text for item in named)))
    return tuple(found)


def _spellings(root: MapNode, diagnostics: Diagnostics) -> tuple[Spelling, ...]:
    return tuple(
        Spelling(
            name,
            tuple((key.text, parse_node(value, parse_format, "", diagnostics)) for key, value in node.entries),
            tuple(value.location for _, value in node.entries),
        )
        for name, node in _entries(root, "formats")
        if isinstance(node, MapNode)
    )


def _forms(root: MapNode, diagnostics: Diagnostics) -> tuple[Form, ...]:
    nothing: Value | Attribute = Value(AnyConstraint())

    def read(node: Node) -> Value | Attribute:
        return parse_node(node, parse_argument, nothing, diagnostics)

    return tuple(
        Form(
            name,
            tuple((key.text, read(value)) for key, value in node.entries),
            tuple(value.location for _, value in node.entries),
        )
        for name, node in _entries(root, "forms")
        if isinstance(node, MapNode)
    )


def _counts(root: MapNode) -> tuple[Counts, ...]:
    found: list[Counts] = []
    for name, node in _entries(root, "counts"):
        if isinstance(node, MapNode):
            releases = [(key.text, value) for key, value in node.entries if isinstance(value, MapNode)]
            found.append(Counts(name, tuple((release, tuple(_bounds(parts))) for release, parts in releases)))
    return tuple(found)


def _released_parts(root: MapNode, diagnostics: Diagnostics) -> tuple[ReleasedParts, ...]:
    found: list[ReleasedParts] = []
    for name, node in _entries(root, "parts"):
        if isinstance(node, MapNode):
            releases = [(key.text, value) for key, value in node.entries if isinstance(value, MapNode)]
            parts = tuple((release, _parts(value, diagnostics)) for release, value in releases)
            found.append(ReleasedParts(name, parts, tuple(value.location for _, value in releases)))
    return tuple(found)


def _parts(node: MapNode, diagnostics: Diagnostics) -> Parts:
    def names(key: str) -> tuple[str, ...] | None:
        return tuple(item.text for item in items(node, key)) if node.get(key) is not None else None

    regions = node.get("regions")
    if not isinstance(regions, MapNode):
        return Parts(names("operands"), names("results"))
    read = [(k.text, parse_node(v, parse_region, RegionConstraint(), diagnostics)) for k, v in regions.entries]
    return Parts(names("operands"), names("results"), tuple(read))


def _bounds(parts: MapNode) -> Iterable[tuple[str, int, int | None]]:
    """Part, least and greatest number, of texts such as `2` and `9 or more`."""
    for key, value in parts.entries:
        if isinstance(value, ScalarNode) and value.text.partition(" ")[0].isdigit():
            number, _, more = value.text.partition(" ")
            yield key.text, int(number), None if more else int(number)


def load_releases(path: Path, diagnostics: Diagnostics) -> DialectReleases | None:
    """What a `releases.yaml` says; None where there is no such file. Mistakes go to `diagnostics`."""
    if not os.path.lexists(path):
        return None
    root = read_yaml(path, diagnostics, path.as_posix())
    if root is None:
        return None
    root = validate(root, "releases", diagnostics)
    releases = tuple(item.text for item in items(root, "releases"))
    operations, attributes, definitions, cases = (
        _offered(root, section, releases, diagnostics) for section in _SECTIONS
    )
    return DialectReleases(
        dialect=text_of(root, "dialect"),
        distribution=text_of(root, "distribution"),
        releases=releases,
        operations=operations,
        operation_attributes=attributes,
        definitions=definitions,
        cases=cases,
        spellings=_spellings(root, diagnostics),
        forms=_forms(root, diagnostics),
        counts=_counts(root),
        parts=_released_parts(root, diagnostics),
        location=root.location,
    )


def check_releases(
    dialect: Dialect, releases: DialectReleases, references: References, diagnostics: Diagnostics
) -> None:
    """Look up what formats and forms name; what they say of things that the dialect lacks is left alone."""
    names = ConstraintNames(dialect, references, diagnostics)
    for form in releases.forms:
        if dialect.operation_called(form.name.rpartition(".")[0]) is not None:
            for (_, declared), location in zip(form.forms, form.locations, strict=True):
                names.declared(declared, location)
    for having in releases.parts:
        operation = dialect.operation_called(having.name)
        if operation is not None:
            _check_parts(f"'{dialect.name}.{having.name}'", operation, releases, having, diagnostics)
    for spelling in releases.spellings:
        sigil, (owner, _, mnemonic) = spelling.name[:1], spelling.name[1:].partition(".")
        definition = dialect.attribute(owner, mnemonic) if sigil == "#" else dialect.type(owner, mnemonic)
        known = [parameter.name for parameter in definition.parameters] if definition is not None else []
        for (_, text), location in zip(spelling.formats, spelling.locations, strict=True):
            for name in parameters_of(text) if definition is not None else ():
                references.use(f"'{spelling.name}'", name, known, "the assembly format of a release", location)


def _check_parts(
    owner: str, operation: Operation, releases: DialectReleases, having: ReleasedParts, diagnostics: Diagnostics
) -> None:
    """Report parts of which nothing says what they are, and parts that stand in another order elsewhere."""
    values = {part.name for part in (*operation.operands, *operation.results)}
    for (release, parts), location in zip(having.parts, having.locations, strict=True):
        for name in (*(parts.operands or ()), *(parts.results or ())):
            form = releases.forms_of(having.name, name).get(release)
            if name not in values and not isinstance(form, Value):
                message = f"{owner} has '{name}' in release '{release}', and nothing says what that is"
                hint = f"write under `forms` what '{having.name}.{name}' is there"
                diagnostics.report("unknown-name", message, location, hint)
    if not is_one_order(operation, [parts for _, parts in having.parts]):
        message = f"the parts of {owner} stand in different orders in releases"
        hint = "builders need one order of all parts: give those that stand elsewhere names of their own"
        diagnostics.report("order", message, having.locations[0], hint)


def print_releases(found: DialectReleases) -> str:
    """The text of a `releases.yaml`."""
    lines = [
        f"dialect: {found.dialect}",
        f"distribution: {found.distribution}",
        f"releases: [{', '.join(map(json.dumps, found.releases))}]",
    ]
    listed = (found.operations, found.operation_attributes, found.definitions, found.cases)
    for section, offered in zip(_SECTIONS, listed, strict=True):
        if offered:
            lines += [f"{section}:", *(f"  {json.dumps(o.name)}: {json.dumps(list(o.releases))}" for o in offered)]
    if found.spellings:
        lines.append("formats:")
        for spelling in found.spellings:
            lines.append(f"  {json.dumps(spelling.name)}:")
            lines += [f"    {json.dumps(release)}: {json.dumps(text)}" for release, text in spelling.formats]
    if found.forms:
        lines.append("forms:")
        for form in found.forms:
            texts = {release: print_argument(declared) for release, declared in form.forms}
            lines.append(f"  {json.dumps(form.name)}: {json.dumps(texts)}")
    if found.counts:
        lines.append("counts:")
        for counted in found.counts:
            numbers = {
                release: {part: f"{least}{' or more' if most is None else ''}" for part, least, most in parts}
                for release, parts in counted.counts
            }
            lines.append(f"  {json.dumps(counted.name)}: {json.dumps(numbers)}")
    if found.parts:
        lines.append("parts:")
        for having in found.parts:
            lines.append(f"  {json.dumps(having.name)}:")
            lines += [f"    {json.dumps(release)}: {json.dumps(_written(parts))}" for release, parts in having.parts]
    return _HEAD + "\n".join(lines) + "\n"


def _written(parts: Parts) -> dict[str, object]:
    """The parts of an operation, of the kinds that are not as in the spec."""
    regions = None if parts.regions is None else {name: print_region(region) for name, region in parts.regions}
    by_kind = {"operands": parts.operands, "results": parts.results, "regions": regions}
    return {kind: found for kind, found in by_kind.items() if found is not None}
