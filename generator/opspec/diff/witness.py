"""A call that was right before a change and is wrong after it, made from the old spec.

It is right where it builds what it builds without an error. After the change it raises, or what it builds or reads is
something else: tests run every witness on the packages of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opspec.diff.candidates import type_of_both, type_that_is_refused, value_that_is_refused
from opspec.diff.changes import Change, Level, Tier
from opspec.diff.scopes import ProjectSide, definition_key
from opspec.model.constraints import (
    AllTypesMatch,
    AttributeConstraint,
    AttributeKind,
    ConstraintReference,
    HasParent,
    Multiplicity,
    TypesMatchWith,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect, NamedAttribute, NamedValue, Operation
from opspec.model.sample import Sample, SampleValue
from opspec.naming.policy import NamingPolicy, policy_of
from opspec.notation import print_parameter
from opspec.surface.build import build_module
from opspec.surface.examples import Way, build_example
from opspec.surface.inference import infer_results
from opspec.surface.layout import py_literal
from opspec.surface.samples import sample_value

__all__ = ["Witness", "find_witness"]

_SETUP = "func.func private @name(f64) -> f64"
"""What a sample without a setup refers to by the name `name`."""
_SYMBOLS = (AttributeKind.FLAT_SYMBOL_REF, AttributeKind.SYMBOL_REF)


@dataclass(frozen=True, slots=True)
class Witness:
    """A program: the module of a dialect that it imports, and its lines."""

    module: str
    lines: tuple[str, ...]
    is_call: bool = True

    def program(self, package: str) -> str:
        """The whole program, on a generated package; it prints what it builds or reads."""
        imports = [f"from {package} import ir", f"from {package}.testing import next_block, printed, sample"]
        imports = imports if self.is_call else []
        return "\n".join([*imports, f"from {package}.dialects import {self.module}", "", *self.lines]) + "\n"


class _Old:
    """The old side of one dialect, and calls of its operations."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy, new: Dialect | None) -> None:
        self.dialect = dialect
        self.naming = naming
        self.new = new
        self.module = build_module(dialect, naming)

    def expression(self, text: str) -> Witness:
        """A witness that prints an expression over the module."""
        return Witness(self.module.name, (f"print({self.module.name}.{text})",), False)

    def call(
        self,
        operation: Operation,
        *,
        as_class: bool = False,
        by_keyword: bool = False,
        more: tuple[str, ...] = (),
        read: str = "",
        parent: str = "",
        operands: tuple[tuple[str, tuple[str, ...]], ...] = (),
        attributes: tuple[tuple[str, SampleValue], ...] = (),
        results: tuple[tuple[str, tuple[str, ...]], ...] = (),
    ) -> Witness:
        """A call of the operation's function or class with its sample's values, but for those given.

        It prints the module, or `read` of what the call returns; it stands in the operation `parent`.
        """
        given = operation.sample or Sample(setup=_SETUP * self._has_symbol(operation))
        sample = replace(
            given,
            operands=_over(given.operands, operands),
            attributes=_over(given.attributes, attributes),
            results=_over(given.results, results),
        )
        way = Way(by_keyword, more, "made = " * bool(read))
        example = build_example(
            self.dialect, replace(operation, sample=sample), self.naming, self.module, as_class=as_class, way=way
        )
        lines = list(example.lines)
        parents = next((t.operations for t in operation.traits if isinstance(t, HasParent)), ())
        around = parent or (parents[0] if parents else "")
        if around:
            opening = [
                f"    around = ir.Operation.create({py_literal(around)}, regions=1)",
                "    with ir.InsertionPoint(around.regions[0].blocks.append()):",
            ]
            lines = [*opening, *(f"    {line}" for line in lines)]
        opened = example.opening(py_literal(example.setup), 0)
        return Witness(self.module.name, (*opened, *lines, f"    print({read or 'printed(module)'})"))

    @staticmethod
    def _has_symbol(operation: Operation) -> bool:
        return any(named.attribute.constraint in _SYMBOLS for named in operation.attributes)

    def operation(self, change: Change) -> Operation | None:
        """The operation that a change is about, on the old side."""
        place = change.place
        if place.owner[0] != "operations":
            return None
        return next((o for o in self.dialect.operations if o.mnemonic == place.owner[1]), None)

    def later(self, change: Change) -> Operation | None:
        """The same on the new side."""
        place = (change.new or change.old).place if change.new or change.old else None
        if place is None or self.new is None:
            return None
        return next((o for o in self.new.operations if o.mnemonic == place.owner[1]), None)

    def value(self, operation: Operation, constraint: AttributeConstraint) -> SampleValue:
        """A value of an attribute; not the one that samples use where there is another."""
        value = sample_value(self.dialect, operation, constraint)
        return value + 1 if value.__class__ is int else value  # type: ignore[operator]


def _over(given: tuple[tuple[str, object], ...], more: tuple[tuple[str, object], ...]) -> tuple[tuple[str, object], ...]:
    """Pairs with others in the place of those of the same name."""
    return tuple(dict((*given, *more)).items())


def _part(operation: Operation, name: str) -> NamedValue | NamedAttribute | None:
    parts = (*operation.arguments, *operation.results)
    return next((part for part in parts if part.name == name), None)


def _with_part(old: _Old, operation: Operation, name: str, *, by_keyword: bool = True) -> Witness | None:
    """A call that gives a part, by keyword."""
    part = _part(operation, name)
    if isinstance(part, NamedAttribute):
        value = old.value(operation, part.attribute.constraint)
        return old.call(operation, by_keyword=by_keyword, attributes=((name, value),))
    if isinstance(part, NamedValue) and part.value.multiplicity is Multiplicity.OPTIONAL:
        exact = type_of_both(part.value.type, old.dialect, "")
        return old.call(operation, by_keyword=by_keyword, operands=((name, (exact or "f64",)),))
    return old.call(operation, by_keyword=by_keyword)


def _refused_type(old: _Old, operation: Operation, later: Operation, name: str, new_name: str) -> Witness | None:
    """A call with a type for a part that is refused now."""
    part, new_part = _part(operation, name), _part(later, new_name)
    if not isinstance(part, NamedValue) or not isinstance(new_part, NamedValue) or old.new is None:
        return None
    text = type_that_is_refused(part.value.type, new_part.value.type, old.dialect, old.new)
    if text is None:
        return None
    is_result = part in operation.results
    pairs = ((name, (text,)),)
    if is_result:
        # Where result types follow from operands, the operands have to follow them here.
        return old.call(operation, results=pairs, operands=_like(operation, text))
    return old.call(operation, operands=_tied(operation, name, text))


def _like(operation: Operation, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not operation.has_trait("SameOperandsAndResultType"):
        return ()
    return tuple((o.name, (text,)) for o in operation.operands if o.value.multiplicity is Multiplicity.ONE)


def _tied(operation: Operation, name: str, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Types of operands: one of them changed, and all that have to be the same with it."""
    names = {name}
    for trait in operation.traits:
        if isinstance(trait, AllTypesMatch) and name in trait.names:
            names |= set(trait.names)
    if operation.has_trait("SameOperandsAndResultType") or operation.has_trait("SameTypeOperands"):
        names |= {operand.name for operand in operation.operands}
    return tuple((operand.name, (text,)) for operand in operation.operands if operand.name in names)


def _refused_value(old: _Old, operation: Operation, later: Operation, name: str, new_name: str) -> Witness | None:
    part, new_part = _part(operation, name), _part(later, new_name)
    if not isinstance(part, NamedAttribute) or not isinstance(new_part, NamedAttribute):
        return None
    value = value_that_is_refused(part.attribute.constraint, new_part.attribute.constraint)
    if value is None:
        value = old.value(operation, part.attribute.constraint)
    return old.call(operation, attributes=((name, value),))


def _moved_argument(old: _Old, operation: Operation, name: str) -> Witness | None:
    """A call by position that reads the argument back by its name."""
    values = []
    for index, attribute in enumerate(operation.attributes):
        if attribute.attribute.required:
            value = sample_value(old.dialect, operation, attribute.attribute.constraint)
            values.append((attribute.name, value + index if value.__class__ is int else value))  # type: ignore[operator]
    accessor = f"made.{old.naming.part(name)}"
    read = f"list(map(str, {accessor}))" if _is_list(operation, name) else accessor
    return old.call(operation, as_class=True, read=read, attributes=tuple(values))


def _moved_successor(old: _Old, operation: Operation, name: str) -> Witness:
    """A call that gives the successor another block than the rest."""
    call = old.call(operation, by_keyword=True)
    argument = old.naming.argument(name)
    opened, *lines = call.lines
    text = [line.replace(f"{argument}=block", f"{argument}=other") for line in lines]
    text = [line.replace(f"{argument}=[block]", f"{argument}=[other]") for line in text]
    return replace(call, lines=(opened, "    other = block.create_after()", *text))


def _is_list(operation: Operation, name: str) -> bool:
    part = _part(operation, name)
    return isinstance(part, NamedValue) and part.value.is_list


def _result_accessor(old: _Old, operation: Operation, name: str) -> str:
    is_only = len(operation.results) == 1
    return f"made.{old.naming.result_accessor(name, is_only=is_only)}"


def _moved_result(old: _Old, operation: Operation, name: str) -> Witness:
    """A call that reads at which number the result stands."""
    accessor = _result_accessor(old, operation, name)
    numbers = f"[result.result_number for result in {accessor}]"
    return old.call(
        operation, as_class=True, read=numbers if _is_list(operation, name) else f"{accessor}.result_number"
    )


def _differing_types(old: _Old, operation: Operation, facts: str) -> Witness | None:
    """A call with types that a new relation does not allow."""
    named = [operand for operand in operation.operands if operand.value.multiplicity is Multiplicity.ONE]
    for operand in reversed(named):
        if operand.name in facts or "(" not in facts:
            text = type_of_both(operand.value.type, old.dialect, "f64")
            if text is not None:
                return old.call(operation, operands=((operand.name, (text,)),))
    return None


def _about_operations(change: Change, old: _Old, operation: Operation) -> Iterator[Witness | None]:
    """Witnesses of changes to one operation, the likeliest first."""
    name, later = change.place.name, old.later(change)
    new_name = change.new.place.name if change.new is not None else name
    match change.rule:
        case "class-renamed":
            yield old.call(operation, as_class=True)
        case "results-made-positional":
            yield old.call(operation)
        case "operand-removed" | "operand-renamed" | "attribute-removed" | "attribute-renamed" | "successor-renamed":
            yield _with_part(old, operation, name)
        case "operand-moved" | "argument-moved":
            yield _moved_argument(old, operation, name)
        case "operand-type-narrowed" | "operand-type-changed" | "result-type-narrowed" | "result-type-changed":
            yield _refused_type(old, operation, later, name, new_name) if later is not None else None
        case "attribute-constraint-narrowed" | "attribute-constraint-changed":
            yield _refused_value(old, operation, later, name, new_name) if later is not None else None
        case "result-renamed":
            yield old.call(operation, as_class=True, read=_result_accessor(old, operation, name))
        case "result-moved":
            yield _moved_result(old, operation, name)
        case "result-count-widened" | "result-count-narrowed":
            part = _part(operation, name)
            types = ((name, ("f64", "f64")),) if _is_list(operation, name) and part is not None else ()
            yield old.call(operation, by_keyword=True, results=_fitting(old, operation, types))
        case "region-removed" | "region-renamed" | "region-made-variadic":
            yield old.call(operation, more=(f"{old.naming.argument(name)}=None",))
        case "successor-moved":
            yield _moved_successor(old, operation, name)
        case "type-relation-added" | "trait-arguments-changed":
            yield _differing_types(old, operation, change.new.facts if change.new is not None else "")
            yield old.call(operation)
        case "parent-removed":
            yield old.call(operation, parent=name)
        case _:
            yield old.call(operation)


def _fitting(
    old: _Old, operation: Operation, types: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Types of a variadic result, as its constraint has them, two of them."""
    found = []
    for name, _ in types:
        part = _part(operation, name)
        assert isinstance(part, NamedValue)
        text = type_of_both(part.value.type, old.dialect, "") or "f64"
        found.append((name, (text, text)))
    return tuple(found)


def _about_definitions(change: Change, old: _Old) -> Iterator[Witness | None]:
    section, key = change.place.owner
    definitions: tuple[Definition, ...] = old.dialect.attributes if section == "attributes" else old.dialect.types
    definition = next((d for d in definitions if definition_key(d) == key), None)
    if definition is None:
        return
    name = old.naming.definition_class(definition.class_name)
    if change.rule in ("definition-removed", "definition-class-renamed"):
        yield old.expression(f"{name}.__name__")
    elif change.rule == "definition-renamed":
        yield old.expression(f"{old.naming.helper(definition.mnemonic, 'attribute')}.__name__")
    elif change.rule == "parameter-removed" and not is_opaque(definition):
        yield old.expression(f"{name}.{old.naming.parameter(change.place.name)}.__class__.__name__")
    elif change.rule == "definition-format-closed":
        yield old.expression(f"{name}.get.__name__")
    elif not is_opaque(definition):
        yield _get(change, old, definition)


def _get(change: Change, old: _Old, definition: Definition) -> Witness:
    """A call of `get`: by keyword for what is gone or renamed, else by position."""
    by_keyword = change.rule == "parameter-renamed"
    named, module = change.place.name, old.module
    python = next(d for d in module.definitions if d.name == old.naming.definition_class(definition.class_name))
    arguments = []
    for index, parameter in enumerate(definition.parameters):
        declared = python.parameters[index]
        if declared.default is not None and not (by_keyword and parameter.name == named):
            continue
        value = _parameter_value(old.dialect, definition, index)
        is_named = by_keyword or declared.default is not None
        arguments.append(f"{declared.name}={value}" if is_named else value)
    lines = (
        "with sample() as (module,):",
        f"    print({module.name}.{python.name}.get({', '.join(arguments)}))",
    )
    return Witness(module.name, lines)


_PARAMETERS = {"type": 'ir.Type.parse("f64")', "string": '"name"', "bool": "True", "float": "1.0", "double": "1.0"}


def _parameter_value(dialect: Dialect, definition: Definition, index: int) -> str:
    """A Python expression for a parameter; numbers differ from each other."""
    text = print_parameter(replace(definition.parameters[index].parameter, optional=False, default=None))
    if text.startswith("enum "):
        return py_literal(dialect.enum(text.removeprefix("enum ")).cases[0].text)
    if text.startswith("list<"):
        return "[1]"
    if text.startswith("attr flat_symbol_ref"):
        return '"name"'
    return _PARAMETERS.get(text, str(index + 1))


def _about_enums(change: Change, old: _Old) -> Iterator[Witness | None]:
    enum = next((e for e in old.dialect.enums if e.name == change.place.owner[1]), None)
    if enum is None:
        return
    python = old.naming.enum(enum)
    match change.rule:
        case "case-removed" | "case-renamed":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, change.place.name)}")
        case "case-added":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, enum.cases[0].symbol)}")
        case "case-text-changed":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, change.place.name)}")
        case "enum-made-plain":
            cases = [old.naming.enum_case(enum, case.symbol) for case in enum.cases if case.value][:2]
            lines = (
                f"made = {' | '.join(f'{old.module.name}.{python}.{case}' for case in cases)}",
                "print(made.__class__.__mro__[1].__name__, made)",
            )
            yield Witness(old.module.name, lines, False)
        case _:
            yield old.expression(f"{python}.__name__")


def _about_constraints(change: Change, old: _Old) -> Iterator[Witness | None]:
    """A call of an operation that refers to the constraint."""
    if old.new is None:
        return
    for operation in old.dialect.operations:
        for operand in operation.operands:
            if operand.value.type == ConstraintReference(change.place.name):
                second = ConstraintReference(change.new.place.name if change.new is not None else change.place.name)
                text = type_that_is_refused(operand.value.type, second, old.dialect, old.new)
                if text is not None:
                    yield old.call(operation, operands=_tied(operation, operand.name, text), results=_results(operation, text))


def _results(operation: Operation, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Types of results that have to be those of the operands."""
    if not operation.has_trait("SameOperandsAndResultType"):
        return ()
    return tuple((result.name, (text,)) for result in operation.results)


def _about_projects(change: Change, old: ProjectSide, new: ProjectSide) -> Iterator[Witness | None]:
    match change.rule:
        case "dialect-removed":
            for dialect in old.dialects:
                if dialect.name == change.place.dialect:
                    name = policy_of(old.naming).module(dialect)
                    yield Witness(name, (f"print({name}.__doc__)",), False)
        case "convention-changed":
            for dialect in old.dialects:
                if dialect.name in new.names():
                    yield from _other_names(dialect, old.naming, new.naming)
        case _:
            pass


def _other_names(dialect: Dialect, old_naming: str, new_naming: str) -> Iterator[Witness]:
    """The first name that a convention writes otherwise."""
    first, second = policy_of(old_naming).of_dialect(dialect), policy_of(new_naming).of_dialect(dialect)
    module = first.module(dialect)
    for operation in dialect.operations:
        if first.function(operation) != second.function(operation):
            yield Witness(module, (f"print({module}.{first.function(operation)}.__name__)",), False)
    for enum in dialect.enums:
        for case in enum.cases:
            if first.enum_case(enum, case.symbol) != second.enum_case(enum, case.symbol):
                text = f"{module}.{first.enum(enum)}.{first.enum_case(enum, case.symbol)}"
                yield Witness(module, (f"print({text}.__class__.__name__)",), False)


def find_witness(change: Change, old: ProjectSide, new: ProjectSide) -> Witness | None:
    """A call that the change breaks; None where it breaks none, or none can be made from the spec.

    None can be made for another package (the import alone fails), for what the module of the old side cannot build by
    itself, and for types and values of which only C++ knows whether a constraint takes them.
    """
    if change.level_in(Tier.SOURCE) is not Level.BREAKING:
        return None
    found: Iterator[Witness | None]
    dialect = next((d for d in old.dialects if d.name == change.place.dialect), None)
    if dialect is None or change.rule == "dialect-removed":
        found = _about_projects(change, old, new)
    else:
        later = next((d for d in new.dialects if d.name == dialect.name), None)
        side = _Old(dialect, policy_of(old.naming).of_dialect(dialect), later)
        operation = side.operation(change)
        match change.place.owner[0]:
            case "operations" if operation is not None:
                found = _about_operations(change, side, operation)
            case "enums":
                found = _about_enums(change, side)
            case "attributes" | "types":
                found = _about_definitions(change, side)
            case "constraints":
                found = _about_constraints(change, side)
            case _:
                found = iter(())
    return next((witness for witness in found if witness is not None), None)
