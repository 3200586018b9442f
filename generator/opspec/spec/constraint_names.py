"""The names in constraints, wherever a spec has them: facts, overlays, what is known of releases."""

from __future__ import annotations

from opspec.constraints.parts import Constraint, children, is_about_types, walk
from opspec.diagnostics import Diagnostics, Known, Location
from opspec.model.constraints import (
    Attribute,
    ConstraintReference,
    DefinitionReference,
    EnumReference,
    Parameter,
    Value,
)
from opspec.model.dialect import Argument, Dialect, NamedConstraint, NamedValue
from opspec.spec.default_cases import DefaultCases
from opspec.spec.references import References

__all__ = ["ConstraintNames", "check_expansion"]

_MOST_PARTS = 10_000
_DEEPEST = 50


class ConstraintNames:
    """Looks up the names in constraints of a dialect; what is missing goes to `references`."""

    def __init__(self, dialect: Dialect, references: References, diagnostics: Diagnostics) -> None:
        self._dialect = dialect
        self._references = references
        self._owner = f"dialect '{dialect.name}'"
        self._enums = Known(enum.name for enum in dialect.enums)
        self._defaults = DefaultCases(dialect, references, diagnostics)
        self._constraints = Known(named.name for named in dialect.constraints)
        self._definitions = {
            kind: Known(definition.mnemonic for definition in definitions if not definition.dialect)
            for kind, definitions in (("types", dialect.types), ("attributes", dialect.attributes))
        }

    def look_up(self, constraint: Constraint, kind: str, location: Location) -> None:
        """Look up the names in a constraint on `attributes` or on `types`; a type attribute holds the other kind."""
        inside = "types" if is_about_types(constraint, kind == "types") else "attributes"
        for part in children(constraint):
            self.look_up(part, inside, location)
        match constraint:
            case EnumReference(name):
                self._references.use(self._owner, name, self._enums, "a constraint", location)
            case ConstraintReference(name):
                self._references.use(self._owner, name, self._constraints, "a constraint", location)
            case DefinitionReference():
                self.definition(constraint, kind, location)
            case _:
                pass

    def definition(self, reference: DefinitionReference, kind: str, location: Location) -> None:
        """Look up one of the dialect's own definitions."""
        if reference.dialect == self._dialect.name:
            self._references.use(self._owner, reference.mnemonic, self._definitions[kind], "a constraint", location)

    def declared(self, part: Value | Attribute, location: Location) -> None:
        """Look up the names in what an operand, result or attribute is declared as."""
        if isinstance(part, Value):
            self.look_up(part.type, "types", location)
            return
        self.look_up(part.constraint, "attributes", location)
        self._defaults.look_up(part.default, part.constraint, location)

    def parameter(self, parameter: Parameter, location: Location) -> None:
        """Look up the names in what a parameter of a definition is declared as."""
        self.look_up(parameter.constraint, "attributes", location)
        self._defaults.look_up(parameter.default, parameter.constraint, location)

    def argument(self, argument: Argument, location: Location) -> None:
        """Look up the names in an argument."""
        self.declared(argument.value if isinstance(argument, NamedValue) else argument.attribute, location)


def _inside(named: NamedConstraint) -> list[str]:
    return [part.name for part in walk(named.constraint) if isinstance(part, ConstraintReference)]


def _circles(inside: dict[str, list[str]]) -> list[str]:
    """The first name of each circle of names that lead back to themselves."""
    told: set[str] = set()
    found: list[str] = []
    done: set[str] = set()
    for start in inside:
        path: list[str] = []
        on_path: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            name, is_left = waiting.pop()
            if is_left:
                on_path.discard(path.pop())
                done.add(name)
            elif name in on_path:
                circle = path[path.index(name) :]
                if not told.intersection(circle):
                    found.append(min(circle, key=list(inside).index))
                told.update(circle)
            elif name not in done and name in inside:
                path.append(name)
                on_path.add(name)
                waiting += [(name, True), *((each, False) for each in inside[name])]
    return found


def check_expansion(dialect: Dialect, diagnostics: Diagnostics) -> None:
    """Report named constraints that stand for themselves, or for more than anybody could mean."""
    inside = {named.name: _inside(named) for named in dialect.constraints}
    by_name = {named.name: named for named in dialect.constraints}
    circles = _circles(inside)
    for name in circles:
        message = f"the constraint '{name}' stands for itself, expected one that its own name is no part of"
        hint = f"write out what '{name}' accepts"
        diagnostics.report("constraint-circle", message, by_name[name].location, hint)
    if circles:
        return
    sizes: dict[str, tuple[int, int]] = {}
    for start in inside:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            missing = [each for each in inside[name] if each in inside and each not in sizes]
            if name in sizes or not missing:
                waiting.pop()
                parts = [sizes[each] for each in inside[name] if each in sizes]
                size = sum(1 for _ in walk(by_name[name].constraint)) + sum(part[0] for part in parts)
                sizes[name] = size, 1 + max((part[1] for part in parts), default=0)
            else:
                waiting += missing
    for name, (size, depth) in sizes.items():
        is_deep = depth > _DEEPEST
        below = [sizes[each] for each in inside[name] if each in sizes]
        is_first = all(part[0] <= _MOST_PARTS and part[1] <= _DEEPEST for part in below)
        if (size > _MOST_PARTS or is_deep) and is_first:
            what = f"is {depth} names deep" if is_deep else f"has {size} parts, written out"
            limit = f"{_DEEPEST} names" if is_deep else f"{_MOST_PARTS:,} parts"
            message = f"the constraint '{name}' {what}, expected at most {limit}"
            diagnostics.report("constraint-size", message, by_name[name].location, "name fewer constraints in it")
