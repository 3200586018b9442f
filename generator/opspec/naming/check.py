"""Whether every name of a dialect is to be had: collisions with Python, with the module, with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from opspec.diagnostics import Diagnostics, Location, near_match
from opspec.model.constraints import EnumReference, Multiplicity
from opspec.model.dialect import (
    Argument,
    Definition,
    Dialect,
    Enum,
    NamedAttribute,
    NamedValue,
    Operation,
    Region,
    Successor,
)
from opspec.model.names import ChosenName
from opspec.naming.conventions import BUILT_IN, Convention, convention_named
from opspec.naming.further import (
    FurtherName,
    further_of_case,
    further_of_class,
    further_of_function,
    further_of_parameter,
    old_classes_of,
)
from opspec.naming.reserved import why_no_case, why_no_member, why_no_module, why_private, why_special
from opspec.naming.rules import CASES, FUNCTIONS, PARAMETERS, PARTS, NamingPolicy, PyName
from opspec.naming.scope import Claim, Proposal, Scope

__all__ = ["check_convention", "check_modules", "check_names", "names_of_part", "parts_of", "role_names"]

_Part = Argument | Region | Successor
_NONE: frozenset[str] = frozenset()


def check_convention(dialect: Dialect, own: tuple[Convention, ...], diagnostics: Diagnostics) -> None:
    """Report an overlay that names a convention which does not exist."""
    chosen = dialect.names.convention
    if chosen and convention_named(chosen.text, own) is None:
        known = [convention.name for convention in (*own, *BUILT_IN)]
        message = f"there is no convention '{chosen.text}'"
        diagnostics.report("unknown-name", message, chosen.location, near_match(chosen.text, known))


def check_modules(named: list[tuple[Dialect, NamingPolicy]], diagnostics: Diagnostics) -> None:
    """Report two dialects whose modules would have one name, and a module that Python could not import."""
    scope = Scope(_NONE, diagnostics, [], why_not=why_no_module)
    for dialect, naming in named:
        what = f"the module of dialect '{dialect.name}'"
        scope.take(_claim(naming.module(dialect), what, dialect.location, dialect.names.module, ("python", "module")))


def check_names(
    dialect: Dialect,
    naming: NamingPolicy,
    diagnostics: Diagnostics,
    exported: Iterable[tuple[str, Location]] = (),
) -> list[Proposal]:
    """Report every name of a dialect that is taken, with what to write in its overlay; what that is.

    `exported` are the names that hand-written modules add to the dialect's, and where they stand.
    """
    proposals: list[Proposal] = []
    _Check(dialect, naming, diagnostics, proposals).run(exported)
    return proposals


def _why_no_parameter(name: str) -> str:
    """Why a builder, and with it the constructor of the class, cannot have a parameter of that name."""
    return why_private(name) or why_no_member(name)


def _claim(name: str, what: str, location: Location, chosen: ChosenName, path: tuple[str, ...]) -> Claim:
    """The claim of a name that the convention made, or that a person chose."""
    return Claim(name, what, chosen.location if chosen else location, path, bool(chosen))


class _Check:
    def __init__(
        self, dialect: Dialect, naming: NamingPolicy, diagnostics: Diagnostics, proposals: list[Proposal]
    ) -> None:
        self._proposals = proposals
        self._dialect = dialect
        self._naming = naming
        self._diagnostics = diagnostics
        self._enums = {} if naming.is_drop_in else {naming.enum(enum): enum.name for enum in dialect.enums}

    def _scope(
        self,
        reserved: frozenset[str],
        why_not: Callable[[str], str] = why_special,
        outside: Callable[[str], Claim | None] = lambda _: None,
    ) -> Scope:
        """A scope; a drop-in has mlir-tblgen's names, whatever they hide."""
        if self._naming.is_drop_in:
            return Scope(_NONE, self._diagnostics, self._proposals)
        return Scope(reserved, self._diagnostics, self._proposals, why_not=why_not, outside=outside)

    def run(self, exported: Iterable[tuple[str, Location]]) -> None:
        naming = self._naming
        module = self._scope(FUNCTIONS, why_private)
        for name, location in exported:
            module.hold(Claim(name, f"the hand-written '{name}'", location, ()))
        for enum in self._dialect.enums:
            path = ("enums", enum.name)
            module.take(
                _claim(naming.enum(enum), f"the enum '{enum.name}'", enum.location, enum.names.chosen, _own(path))
            )
            self._further(module, further_of_class(enum, naming.enum(enum)), f"'{enum.name}'", path)
            text = naming.enum_text(enum)
            if text is not None:
                module.hold(Claim(text, f"the texts of the enum '{enum.name}'", enum.location, path))
            self._cases(enum)
        for kind, definitions in (("attributes", self._dialect.attributes), ("types", self._dialect.types)):
            for definition in definitions:
                self._definition(module, definition, kind)
        for operation in self._dialect.operations:
            self._operation(module, operation)

    @staticmethod
    def _further(scope: Scope, names: Iterable[FurtherName], owner: str, path: tuple[str, ...]) -> None:
        """The further and the old names of a thing that stands at `path` in the overlay."""
        for further in names:
            what = f"the {'old name' if further.is_old else 'alias'} '{further.text}' of {owner}"
            place = (*path, "renamed_from") if further.is_old else (*path, "python", "aliases")
            scope.take(
                Claim(
                    name=further.name,
                    what=what,
                    location=further.location,
                    path=place,
                    is_written=True,
                    entry=further.text,
                )
            )

    def _cases(self, enum: Enum) -> None:
        scope, naming = self._scope(CASES, why_no_case), self._naming
        for case in enum.cases:
            name, place = naming.enum_case(enum, case.symbol), _own(("enums", enum.name, "cases", case.symbol))
            what = f"the case '{case.symbol}' of '{enum.name}'"
            scope.take(_claim(name, what, case.location, case.names.chosen, place))
        for case in enum.cases:
            path = ("enums", enum.name, "cases", case.symbol)
            self._further(scope, further_of_case(enum, case, naming), f"the case '{case.symbol}'", path)

    def _definition(self, module: Scope, definition: Definition, kind: str) -> None:
        key = f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic
        path, names = (kind, key), definition.names
        name = self._naming.definition_class(definition)
        what = f"the class of the {kind.removesuffix('s')} '{key}'"
        module.take(_claim(name, what, definition.location, names.chosen, _own(path)))
        self._further(module, further_of_class(definition, name), f"'{key}'", path)
        held = [parameter.parameter.constraint for parameter in definition.parameters]
        if kind == "attributes" and not definition.dialect and len(held) == 1 and isinstance(held[0], EnumReference):
            for suffix in ("attribute", "array_attribute"):
                helper = self._naming.helper(definition.mnemonic, suffix)
                module.hold(Claim(helper, f"the helper of the attribute '{key}'", definition.location, path))
        self._definition_parameters(definition, key, path)

    def _definition_parameters(self, definition: Definition, key: str, path: tuple[str, ...]) -> None:
        scope, naming = self._scope(PARAMETERS, why_no_member), self._naming
        for parameter in definition.parameters:
            what, place = f"the parameter '{parameter.name}' of '{key}'", (*path, "parameters", parameter.name)
            name, chosen = naming.parameter_of(parameter), parameter.names.chosen
            scope.take(_claim(name, what, parameter.location, chosen, _own(place)))
        for parameter in definition.parameters:
            owner, place = f"the parameter '{parameter.name}' of '{key}'", (*path, "parameters", parameter.name)
            self._further(scope, further_of_parameter(parameter, naming), owner, place)

    def _operation(self, module: Scope, operation: Operation) -> None:
        path, names, naming = ("operations", operation.mnemonic), operation.names, self._naming
        owner = f"'{operation.mnemonic}'"
        name, place = naming.operation_class(operation), (*path, "python", "class")
        module.take(_claim(name, f"the class of {owner}", operation.location, names.class_name, place))
        name = naming.function(operation)
        module.take(_claim(name, f"the function of {owner}", operation.location, names.chosen, _own(path)))
        self._further(module, further_of_function(operation, naming), owner, path)
        self._further(module, old_classes_of(operation, naming), f"the class of {owner}", path)
        self._parts(operation)

    def _used_by(self, operation: Operation) -> Iterator[tuple[PyName, str]]:
        """The names of the module that the code of a builder uses: a parameter of that name would hide them."""
        naming = self._naming
        if naming.is_drop_in:
            return
        yield naming.operation_class(operation), f"the class of '{operation.mnemonic}', which its builder uses,"
        for region in operation.regions:
            end = self._dialect.operation_called(region.terminator)
            if end is not None:
                yield naming.function(end), f"the function of '{region.terminator}', which the builder uses,"

    def _parts(self, operation: Operation) -> None:
        """Parameters of the builder, and accessors of the class: parts, and what is named after parts."""
        naming = self._naming.of_operation(operation)

        def enum(name: str) -> Claim | None:
            what = f"the enum '{self._enums[PyName(name)]}', which builders use," if name in self._enums else ""
            return Claim(name, what, operation.location, ("operations", operation.mnemonic)) if what else None

        scopes = (self._scope(PARTS, _why_no_parameter, enum), self._scope(PARTS, why_no_member))
        for name, what in self._used_by(operation):
            scopes[0].hold(Claim(name, what, operation.location, ("operations", operation.mnemonic)))
        parts = list(parts_of(operation))
        for section, part in parts:
            path = ("operations", operation.mnemonic, section, part.name)
            what = f"the {_kind(part, section)} '{part.name}' of '{operation.mnemonic}'"
            for scope, found in zip(scopes, names_of_part(operation, part, naming), strict=True):
                for name in found:
                    scope.take(_claim(name, what, part.location, part.names.chosen, _own(path)))
        for name in role_names(operation, naming):
            what = f"the accessor of a role in the contract of '{operation.mnemonic}'"
            scopes[1].hold(Claim(name, what, operation.location, ("operations", operation.mnemonic)))
        for section, part in parts:
            current = names_of_part(operation, part, naming)
            for old in part.names.old:
                what = (
                    f"the old name '{old.text}' of the {_kind(part, section)} '{part.name}' of '{operation.mnemonic}'"
                )
                place = ("operations", operation.mnemonic, section, part.name, "renamed_from")
                before = names_of_part(operation, part, naming.calling(part.name, naming.old_part(old)))
                for scope, now, then in zip(scopes, current, before, strict=True):
                    for name in sorted(set(then) - set(now)):
                        scope.take(
                            Claim(
                                name=name, what=what, location=old.location, path=place, is_written=True, entry=old.text
                            )
                        )


def role_names(operation: Operation, naming: NamingPolicy) -> list[PyName]:
    """The accessors that an operation's contract gives its class (`shadow_operands`)."""
    if operation.contract is None or naming.is_drop_in:
        return []
    rule = operation.contract.rule
    found = {("results", role) for role in rule.pairs}
    for entry in (*rule.arguments, *rule.results):
        found |= {("operands", role) for role in entry.flow.operands}
        found |= {("results", role) for role in entry.flow.results}
    return sorted(naming.part(f"{role}_{part}") for part, role in found)


def _own(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path, "python", "name")


def parts_of(operation: Operation) -> Iterator[tuple[str, _Part]]:
    """The parts of an operation, each with its section of the overlay."""
    for section, parts in (
        ("arguments", operation.arguments),
        ("results", operation.results),
        ("regions", operation.regions),
        ("successors", operation.successors),
    ):
        for part in parts:
            yield section, part


def _kind(part: _Part, section: str) -> str:
    if isinstance(part, NamedAttribute):
        return "attribute"
    return "operand" if section == "arguments" else section.removesuffix("s")


def names_of_part(
    operation: Operation, part: _Part, naming: NamingPolicy
) -> tuple[tuple[PyName, ...], tuple[PyName, ...]]:
    """The builder's parameters and the class's accessors that are called after a part."""
    own = naming.part(part.name)
    if isinstance(part, Successor):
        return (naming.argument(part.name),), ()
    if isinstance(part, Region):
        if naming.is_drop_in:
            return (), (own,)
        if part.constraint.multiplicity is not Multiplicity.ONE:
            return (naming.region_count(part.name)[0],), (own,)
        return (own, PyName(f"{own}_arguments")), (own, PyName(f"build_{own}"))
    if isinstance(part, NamedValue) and any(part is result for result in operation.results):
        index = next(i for i, result in enumerate(operation.results) if result is part)
        parameter = () if naming.is_drop_in else (naming.result_parameters(operation)[index][0],)
        is_plain = len(operation.results) == 1 and part.value.multiplicity is Multiplicity.ONE
        if is_plain and naming.result_accessor(part.name, is_only=True) == "result":
            return parameter, ()
        return parameter, (naming.result_accessor(part.name, is_only=False),)
    return (naming.argument(part.name),), (own,)
