"""A dialect as its releases have it: parts that only they have, and what differs from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import Attribute, Value
from opspec.model.dialect import (
    Argument,
    AttributeDefinition,
    Dialect,
    Extras,
    NamedAttribute,
    NamedValue,
    Operation,
    TypeDefinition,
)
from opspec.model.parts import extras_of, with_parts
from opspec.model.projections import with_held_types
from opspec.model.releases import DialectReleases, Form, Parts

__all__ = ["as_of", "facts_alone", "is_partial", "releases_of", "required_in", "with_releases"]

_Definition = TypeVar("_Definition", AttributeDefinition, TypeDefinition)


def with_releases(dialect: Dialect, releases: DialectReleases, diagnostics: Diagnostics) -> Dialect:
    """The dialect with what is known of releases, and with the parts that only releases have: attributes behind its
    own, operands, results and regions as `extras`.

    What `releases` says of an operation that the dialect lacks is left alone: the facts are newer.
    """
    forms_and_parts = (
        *(("forms", each.name, each.forms, each.locations) for each in releases.forms),
        *(("parts", each.name, each.parts, each.locations) for each in releases.parts),
    )
    for section, name, by_release, locations in forms_and_parts:
        for (release, _), location in zip(by_release, locations, strict=True):
            if release not in releases.releases:
                message = f"{section}.{name} names the release '{release}', which is not among 'releases'"
                diagnostics.report("unknown-name", message, location)
    forms: dict[str, list[Form]] = {}
    for form in releases.forms:
        forms.setdefault(form.name.rpartition(".")[0], []).append(form)
    operations = tuple(_extended(o, releases, forms.get(o.mnemonic, ())) for o in dialect.operations)
    return replace(dialect, operations=operations, releases=releases)


def _extended(operation: Operation, releases: DialectReleases, forms: Sequence[Form]) -> Operation:
    """The operation with the parts that only releases have; `forms` are those of its parts."""
    named = {part.name for part in (*operation.arguments, *operation.results)}
    added: list[NamedAttribute] = []
    for form in forms:
        name = form.name.rpartition(".")[2]
        newest = form.forms[-1][1] if form.forms else None
        if name not in named and isinstance(newest, Attribute):
            # Not every release has it, so no call has to give it.
            optional = replace(newest, optional=True, default=None)
            added.append(NamedAttribute(name, optional, is_extra=True, location=releases.location))
    extras = extras_of(operation, releases)
    return replace(operation, arguments=(*operation.arguments, *added), extras=extras)


def as_of(dialect: Dialect, release: str) -> Dialect:
    """The dialect as one of its releases has it: without what that lacks, with what only it has, in its forms.

    Where only the numbers of an operation's parts are known, and not which they are, the parts are those of the spec.
    """
    found = dialect.releases
    if found is None or release not in found.releases:
        return dialect
    operations = tuple(
        with_held_types(dialect, _as_of(operation, found, release))
        for operation in dialect.operations
        if release in found.of_operation(operation.mnemonic)
    )

    enums = tuple(
        replace(enum, cases=tuple(case for case in enum.cases if release in found.of_case(enum.name, case.text)))
        for enum in dialect.enums
    )
    return replace(
        dialect,
        operations=operations,
        enums=enums,
        attributes=tuple(_there(dialect, "#", dialect.attributes, found, release)),
        types=tuple(_there(dialect, "!", dialect.types, found, release)),
    )


def _there(
    dialect: Dialect, sigil: str, definitions: Sequence[_Definition], releases: DialectReleases, release: str
) -> Iterator[_Definition]:
    """The definitions that a release has, in the formats in which it writes them."""
    for each in definitions:
        name = f"{sigil}{each.dialect or dialect.name}.{each.mnemonic}"
        if release in releases.of_definition(name):
            yield replace(each, format=releases.format_of(name, release, each.format))


def _as_of(operation: Operation, releases: DialectReleases, release: str) -> Operation:
    mnemonic = operation.mnemonic
    operation = with_parts(operation, releases.parts_of(mnemonic).get(release, Parts()))

    def formed(named: NamedValue) -> NamedValue:
        form = releases.forms_of(mnemonic, named.name).get(release)
        return replace(named, value=form) if isinstance(form, Value) else named

    arguments: list[Argument] = []
    for argument in operation.arguments:
        if not isinstance(argument, NamedAttribute):
            arguments.append(formed(argument))
            continue
        form = releases.forms_of(mnemonic, argument.name).get(release)
        has = form is not None if argument.is_extra else release in releases.of_attribute(mnemonic, argument.name)
        if has:
            changed = form if isinstance(form, Attribute) else argument.attribute
            arguments.append(replace(argument, attribute=changed, is_extra=False))
    sample = None if operation.sample is None else operation.sample.in_release(release)
    results = tuple(map(formed, operation.results))
    return replace(operation, arguments=tuple(arguments), results=results, sample=sample)


def facts_alone(dialect: Dialect) -> Dialect:
    """The dialect without what only releases have."""
    operations = tuple(
        replace(
            operation,
            arguments=tuple(a for a in operation.arguments if not (isinstance(a, NamedAttribute) and a.is_extra)),
            extras=Extras(),
        )
        for operation in dialect.operations
    )
    return replace(dialect, operations=operations)


def releases_of(dialect: Dialect, operation: Operation, attribute: NamedAttribute) -> tuple[str, ...]:
    """The releases in which the operation has the attribute; none where nothing is known of releases."""
    releases = dialect.releases
    if releases is None:
        return ()
    if attribute.is_extra:  # it is there where it has a form
        return tuple(releases.forms_of(operation.mnemonic, attribute.name))
    return releases.of_attribute(operation.mnemonic, attribute.name)


def is_partial(dialect: Dialect, operation: Operation, attribute: NamedAttribute) -> bool:
    """Whether some release that has the operation lacks the attribute."""
    releases = dialect.releases
    return releases is not None and releases_of(dialect, operation, attribute) != releases.of_operation(
        operation.mnemonic
    )


def required_in(dialect: Dialect, operation: Operation, attribute: NamedAttribute) -> tuple[str, ...]:
    """The releases that have the attribute and require it."""
    releases = dialect.releases
    forms = {} if releases is None else releases.forms_of(operation.mnemonic, attribute.name)
    declared = {
        release: forms.get(release, attribute.attribute) for release in releases_of(dialect, operation, attribute)
    }
    return tuple(release for release, form in declared.items() if isinstance(form, Attribute) and form.required)
