"""The signature of an operation's function: what it takes, in which order, and what is bundled."""

from __future__ import annotations

from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.model.constraints import AttributeKind, Multiplicity, ProjectionKind
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation, Region, Successor
from opspec.model.projections import projections_of
from opspec.naming.rust import RsName, RustPolicy
from opspec.rsview.code import Atom, Function, Parameter, atom, melior
from opspec.rsview.kinds import CONTEXT, Kind, Kinds

__all__ = ["MOST_PARAMETERS", "Optional", "Required", "Signature", "build_signature"]

MOST_PARAMETERS = 7
"""The most parameters that clippy lets a function have."""

LOCATION = melior("ir::Location")
OPERATION = melior("ir::Operation")
TYPE = melior("ir::Type")
VALUE = melior("ir::Value")
_VALUES = {
    Multiplicity.ONE: "{}",
    Multiplicity.OPTIONAL: "Option<{}>",
    Multiplicity.VARIADIC: "&{a}[{}]",
    Multiplicity.NESTED: "&{a}[&{a}[{}]]",
}


@dataclass(frozen=True, slots=True)
class Required:
    """What a function takes for a part of the operation, or for the types of results (`result_types`).

    `field` is its type in a struct of arguments, `kind` what an attribute is.
    """

    part: NamedValue | NamedAttribute | Region | Successor | str
    name: RsName
    type: Atom
    field: Atom
    doc: str = ""
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Optional:
    """An attribute that may be left out."""

    attribute: NamedAttribute
    name: RsName
    kind: Kind


@dataclass(frozen=True, slots=True)
class Signature:
    """How an operation is built.

    `result_sources` are the operands whose types the results have, where all have one. `is_bundled` says that the
    required parts are the fields of a struct.
    """

    operation: Operation
    parts: tuple[tuple[str, RsName], ...]
    required: tuple[Required, ...]
    optional: tuple[Optional, ...]
    result_sources: tuple[str, ...]
    needs_context: bool
    is_bundled: bool
    function: Function
    bundle: RsName
    options: RsName

    @property
    def options_type(self) -> Atom:
        """The struct of the options, with its lifetime where it holds attributes."""
        return Atom(f"{self.options}{self.options_lifetime}")

    @property
    def bundle_type(self) -> Atom:
        """The struct of the required parts, in the signature of the function."""
        return Atom(self.bundle + ("<'c, '_>" if self.bundle_borrows else "<'c>"))

    @property
    def bundle_borrows(self) -> bool:
        """Whether the struct of the required parts borrows something."""
        return any("'a" in each.field.text for each in self.required)

    @property
    def options_lifetime(self) -> str:
        """The lifetime of the options; empty where they hold plain values."""
        return "<'c>" if any("'c" in each.kind.held.text for each in self.optional) else ""

    def name(self, part: str) -> RsName:
        """What a part is called."""
        return dict(self.parts)[part]


def _value_type(multiplicity: Multiplicity, value: str, lifetime: str) -> Atom:
    return atom(_VALUES[multiplicity].format(value, a=lifetime), VALUE)


def _is_optional(named: NamedAttribute) -> bool:
    return not named.attribute.required or named.attribute.constraint is AttributeKind.UNIT


def _result_sources(operation: Operation) -> tuple[str, ...]:
    """The operand whose type each result has; empty where one of them has none."""
    if any(result.value.multiplicity is not Multiplicity.ONE for result in operation.results):
        return ()
    if operation.result_sources:
        single = {o.name for o in operation.operands if o.value.multiplicity is Multiplicity.ONE}
        sources = [source for _, source in operation.result_sources]
        return tuple(sources) if set(sources) <= single else ()
    found = [_source(operation, result.name) for result in operation.results]
    return tuple(found) if all(found) else ()


def _source(operation: Operation, result: str) -> str:
    same = (each.source for each in projections_of(operation, result) if each.kind is ProjectionKind.SAME)
    return next(same, "")


class _Builder:
    def __init__(self, dialect: Dialect, operation: Operation, names: RustPolicy, kinds: Kinds) -> None:
        self._operation = operation
        self._dialect = dialect
        self._policy = names
        self._names = names.parts(operation)
        self._kinds = kinds

    def build(self) -> Signature:
        operation = self._operation
        sources = _result_sources(operation)
        required = [
            self._argument(part)
            for part in operation.arguments
            if isinstance(part, NamedValue) or not _is_optional(part)
        ]
        required += [self._successor(successor) for successor in operation.successors]
        required += [] if sources else self._results()
        required += [self._region(region) for region in operation.regions]
        optional = tuple(
            Optional(part, self._names[part.name], self._kinds.kind(part.attribute.constraint))
            for part in operation.attributes
            if _is_optional(part)
        )
        segments = ("AttrSizedOperandSegments", "AttrSizedResultSegments")
        has_segments = any(map(operation.has_trait, segments)) or any(o.value.segments for o in operation.operands)
        needs_context = bool(operation.attributes) or has_segments
        count = needs_context + len(required) + bool(optional) + 1
        draft = Signature(
            operation=operation,
            parts=tuple(self._names.items()),
            required=tuple(required),
            optional=optional,
            result_sources=sources,
            needs_context=needs_context,
            is_bundled=count > MOST_PARAMETERS,
            function=Function("", (), None, ()),
            bundle=self._policy.related_type(operation, "Arguments"),
            options=self._policy.related_type(operation, "Options"),
        )
        return replace(draft, function=self._function(draft))

    def _function(self, draft: Signature) -> Function:
        parameters = [Parameter("context", atom("&'c Context", CONTEXT), "The context.")] * draft.needs_context
        if draft.is_bundled:
            parameters.append(Parameter("arguments", draft.bundle_type, "The required parts."))
        else:
            parameters += [Parameter(each.name, each.type, each.doc) for each in draft.required]
        if draft.optional:
            parameters.append(Parameter("options", draft.options_type, "The optional attributes."))
        parameters.append(Parameter("location", atom("Location<'c>", LOCATION), "Where the operation is from."))
        name = self._policy.function(self._operation)
        return Function(name, tuple(parameters), atom("Operation<'c>", OPERATION), (), generics="<'c>")

    def _argument(self, part: NamedValue | NamedAttribute) -> Required:
        name = self._names[part.name]
        if isinstance(part, NamedAttribute):
            kind = self._kinds.kind(part.attribute.constraint)
            field = atom(kind.given.text.replace("&[", "&'a [", 1), kind.given) if kind.is_list else kind.given
            return Required(part, name, kind.given, field, part.doc.summary, kind)
        many = part.value.multiplicity
        type, field = _value_type(many, "Value<'c, '_>", ""), _value_type(many, "Value<'c, 'a>", "'a ")
        return Required(part, name, type, field, part.doc.summary)

    def _successor(self, successor: Successor) -> Required:
        block = melior("ir::Block")
        is_list = successor.multiplicity is Multiplicity.VARIADIC
        type = atom("&[&Block<'c>]" if is_list else "&Block<'c>", block)
        field = atom("&'a [&'a Block<'c>]" if is_list else "&'a Block<'c>", block)
        return Required(successor, self._names[successor.name], type, field, successor.doc.summary)

    def _region(self, region: Region) -> Required:
        pattern = {Multiplicity.ONE: "{}", Multiplicity.OPTIONAL: "Option<{}>"}.get(
            region.constraint.multiplicity, "Vec<{}>"
        )
        type = atom(pattern.format("Region<'c>"), melior("ir::Region"))
        return Required(region, self._names[region.name], type, type, region.doc.summary)

    def _results(self) -> list[Required]:
        """The types of results: one, a list of all, or each part's own where their numbers are open."""
        results = self._operation.results
        kinds = [result.value.multiplicity for result in results]
        has_segments = self._operation.has_trait("AttrSizedResultSegments")
        if not results:
            return []
        if kinds == [Multiplicity.ONE]:
            return [self._types("result_type", "Type<'c>", "Type<'c>", results[0].doc.summary, "Type of the result")]
        if len(kinds) == 1 and not has_segments:
            return [self._list("result_types", results[0].doc.summary)]
        if set(kinds) == {Multiplicity.ONE} and not has_segments:
            count = f"[Type<'c>; {len(kinds)}]"
            return [self._types("result_types", count, count, "", "Types of the results")]
        found = []
        for result in results:
            name = str(self._names[result.name]).removeprefix("r#")
            match result.value.multiplicity:
                case Multiplicity.ONE:
                    one = "Type<'c>"
                    found.append(self._types(f"{name}_type", one, one, result.doc.summary, "Type of the result"))
                case Multiplicity.OPTIONAL:
                    one = "Option<Type<'c>>"
                    found.append(self._types(f"{name}_type", one, one, result.doc.summary, "Type of the result"))
                case _:
                    found.append(self._list(f"{name}_types", result.doc.summary))
        return found

    def _list(self, name: str, summary: str) -> Required:
        return self._types(name, "&[Type<'c>]", "&'a [Type<'c>]", summary, "Types of the results")

    def _types(self, name: str, type: str, field: str, summary: str, words: str) -> Required:
        doc = f"{words}. {summary}" if summary else words
        return Required("result_types", RsName(name), atom(type, TYPE), atom(field, TYPE), doc)


def build_signature(dialect: Dialect, operation: Operation, names: RustPolicy, kinds: Kinds) -> Signature:
    """The signature of an operation's function."""
    return _Builder(dialect, operation, names, kinds).build()
