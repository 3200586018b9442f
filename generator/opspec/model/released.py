"""A dialect as its releases have it: attributes that only they have, and what differs from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import Attribute, Value
from opspec.model.dialect import Argument, Definition, Dialect, NamedAttribute, Operation
from opspec.model.releases import DialectReleases, Form

__all__ = ["as_of", "facts_alone", "is_partial", "releases_of", "required_in", "with_releases"]


def with_releases(dialect: Dialect, releases: DialectReleases, diagnostics: Diagnostics) -> Dialect:
    """The dialect with what is known of releases, and with the attributes that only releases have, behind its own.

    What `releases` says of an operation that the dialect lacks is left alone: the facts are newer.
    """
    for form in releases.forms:
        for release, _ in form.forms:
            if release not in releases.releases:
                message = f"forms.{form.name} names the release '{release}', which is not among 'releases'"
                diagnostics.report("unknown-name", message, releases.location)
    forms: dict[str, list[Form]] = {}
    for form in releases.forms:
        forms.setdefault(form.name.rpartition(".")[0], []).append(form)
    operations = tuple(_extended(o, releases, forms.get(o.mnemonic, ())) for o in dialect.operations)
    return replace(dialect, operations=operations, releases=releases)


def _extended(operation: Operation, releases: DialectReleases, forms: Sequence[Form]) -> Operation:
    """The operation with the attributes that only releases have; `forms` are those of its parts."""
    named = {part.name for part in (*operation.arguments, *operation.results)}
    added: list[NamedAttribute] = []
    for form in forms:
        name = form.name.rpartition(".")[2]
        newest = form.forms[-1][1] if form.forms else None
        if name not in named and isinstance(newest, Attribute):
            # Not every release has it, so no call has to give it.
            optional = replace(newest, optional=True, default=None)
            added.append(NamedAttribute(name, optional, is_extra=True, location=releases.location))
    return replace(operation, arguments=(*operation.arguments, *added)) if added else operation


def as_of(dialect: Dialect, release: str) -> Dialect:
    """The dialect as one of its releases has it: without what that lacks, and with the forms that it wants.

    How many parts an operation has there is not applied: which of them it lacks is not known.
    """
    found = dialect.releases
    if found is None or release not in found.releases:
        return dialect
    operations = tuple(
        _as_of(operation, found, release)
        for operation in dialect.operations
        if release in found.of_operation(operation.mnemonic)
    )

    def is_there(sigil: str, definition: Definition) -> bool:
        return release in found.of_definition(f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}")

    enums = tuple(
        replace(enum, cases=tuple(case for case in enum.cases if release in found.of_case(enum.name, case.text)))
        for enum in dialect.enums
    )
    return replace(
        dialect,
        operations=operations,
        enums=enums,
        attributes=tuple(each for each in dialect.attributes if is_there("#", each)),
        types=tuple(each for each in dialect.types if is_there("!", each)),
    )


def _as_of(operation: Operation, releases: DialectReleases, release: str) -> Operation:
    mnemonic = operation.mnemonic
    arguments: list[Argument] = []
    for argument in operation.arguments:
        form = releases.forms_of(mnemonic, argument.name).get(release)
        if isinstance(argument, NamedAttribute):
            has = form is not None if argument.is_extra else release in releases.of_attribute(mnemonic, argument.name)
            if has:
                changed = form if isinstance(form, Attribute) else argument.attribute
                arguments.append(replace(argument, attribute=changed, is_extra=False))
        else:
            arguments.append(replace(argument, value=form) if isinstance(form, Value) else argument)
    results = tuple(
        replace(result, value=form)
        if isinstance(form := releases.forms_of(mnemonic, result.name).get(release), Value)
        else result
        for result in operation.results
    )
    return replace(operation, arguments=tuple(arguments), results=results)


def facts_alone(dialect: Dialect) -> Dialect:
    """The dialect without what only releases have."""
    operations = tuple(
        replace(
            operation,
            arguments=tuple(a for a in operation.arguments if not (isinstance(a, NamedAttribute) and a.is_extra)),
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
