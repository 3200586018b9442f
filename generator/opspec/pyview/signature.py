"""The parameters of an operation's builder, in order."""

from __future__ import annotations

from dataclasses import replace

from opspec.constraints.opaque import cpp_default
from opspec.model.constraints import AttributeKind, Multiplicity
from opspec.model.dialect import Argument, NamedAttribute, NamedValue, Region
from opspec.model.released import releases_of, required_in
from opspec.naming.policy import PyName
from opspec.pyview.context import OperationContext
from opspec.pyview.module import PyParameter
from opspec.pyview.python import FALSE, NONE, TRUE, Expression, ir, literal, or_none, own, rt, sequence, tuple_of, union
from opspec.pyview.text import of_cpp, sentence

__all__ = ["build_signature"]

_VALUE = rt("ValueLike")
_BODY = "A callable that takes the block's arguments and returns the values to pass on."
_WHOLE_BODY = "A callable that takes the block's arguments, builds all of the block, and returns nothing."
_VERIFY = "False leaves out the checks of the operation's rules in this call."
_TYPE = ir("Type")
_TYPES = union(_TYPE, sequence(_TYPE))
_EMPTY = {
    Multiplicity.ONE: None,
    Multiplicity.OPTIONAL: NONE,
    Multiplicity.VARIADIC: tuple_of(()),
    Multiplicity.NESTED: tuple_of(()),
}
"""What stands for no value of an operand, or no type of a result; None where there has to be one."""


class _Signature:
    def __init__(self, context: OperationContext) -> None:
        self._context = context
        self._dialect = context.dialect
        self._operation = context.operation
        self._naming = context.naming

    def build(self) -> tuple[PyParameter, ...]:
        """Required before what only some releases require, before optional; these by keyword; `loc` and `ip` last."""
        operation = self._operation
        by_keyword = self._context.results_by_keyword
        types = [] if by_keyword else [self._result(index, result) for index, result in enumerate(operation.results)]
        required = [parameter for parameter in types if not parameter.keyword_only]
        optional: list[PyParameter] = []
        for argument in operation.arguments:
            parameter = self._argument(argument)
            (optional if parameter.keyword_only else required).append(parameter)
        for successor in operation.successors:
            many = successor.multiplicity is Multiplicity.VARIADIC
            annotation = sequence(ir("Block")) if many else ir("Block")
            required.append(self._named(successor.name, annotation, successor.doc.summary))
        for region in operation.regions:
            if region.constraint.multiplicity is Multiplicity.VARIADIC:
                parameter = self._count(region)
                (optional if parameter.keyword_only else required).append(parameter)
        optional += [parameter for parameter in types if parameter.keyword_only]
        required.sort(key=lambda parameter: parameter.default is not None)
        results = [self._results()] if by_keyword else []
        regions = [p for region in operation.regions if self._context.has_body(region) for p in self._region(region)]
        place = [
            _plain("loc", or_none(ir("Location")), "Location; the current one by default."),
            _plain("ip", or_none(ir("InsertionPoint")), "Insertion point; the current one by default."),
        ]
        if not self._context.style.checks_rules:
            return (*required, *optional, *results, *place)
        place.append(
            PyParameter(
                name=PyName("verify"),
                init_name=PyName("verify"),
                annotation=own("bool"),
                doc=_VERIFY,
                default=TRUE,
                keyword_only=True,
            )
        )
        return (*required, *results, *regions, *optional, *place)

    def _named(
        self, name: str, annotation: Expression, doc: str, default: Expression | None = None, keyword_only: bool = False
    ) -> PyParameter:
        naming = self._naming
        return PyParameter(
            name=naming.argument(name),
            init_name=naming.part(name),
            annotation=annotation,
            doc=doc,
            default=default,
            keyword_only=keyword_only,
        )

    def _result(self, index: int, result: NamedValue) -> PyParameter:
        naming, many = self._naming, result.value.is_list
        names = naming.result_parameters(self._operation)[index]
        doc = sentence("Types of the results" if many else "Type of the result", result.doc.summary)
        if result.value.multiplicity is Multiplicity.OPTIONAL:
            annotation: Expression = or_none(_TYPE)
            doc = sentence(doc, "None leaves the result out.")
        else:
            annotation = _TYPES if many else _TYPE
        parameter = PyParameter(*names, annotation, doc)
        return self._varying("results", result.name, parameter, empty=_EMPTY[result.value.multiplicity])

    def _results(self) -> PyParameter:
        results = self._operation.results
        name = PyName("results")
        if not self._context.inference.is_possible:
            many = len(results) != 1 or results[0].value.multiplicity is not Multiplicity.ONE
            doc = "Types of the results." if many else "Type of the result."
            return PyParameter(name=name, init_name=name, annotation=_TYPES, doc=doc, default=None, keyword_only=True)
        doc = "Result types; they follow from the other arguments by default."
        if self._context.inference.by_contract and self._operation.contract is not None:
            callee = self._operation.contract.callee
            doc = f"Result types; they follow from `{callee}` by default, where it is in sight."
        return PyParameter(
            name=name, init_name=name, annotation=or_none(_TYPES), doc=doc, default=NONE, keyword_only=True
        )

    def _argument(self, argument: Argument) -> PyParameter:
        doc = argument.doc.summary
        if isinstance(argument, NamedAttribute):
            return self._attribute(argument, doc)
        if argument.value.multiplicity is Multiplicity.OPTIONAL:
            parameter = self._named(argument.name, or_none(_VALUE), doc, NONE, True)
        else:
            annotation = sequence(_VALUE) if argument.value.is_list else _VALUE
            parameter = self._named(argument.name, annotation, doc)
        return self._varying("operands", argument.name, parameter, empty=_EMPTY[argument.value.multiplicity])

    def _varying(self, kind: str, part: str, parameter: PyParameter, *, empty: Expression | None) -> PyParameter:
        """The parameter, which a call may leave out where not every release has the part.

        One of the spec stays where it is, one that only releases have is left out by default. `empty` stands for
        nothing where a release that has the part takes that; None where it needs a value.
        """
        having = self._context.having(kind, part)
        if having is None:
            return parameter
        releases = tuple(release for release in having if release)
        annotation = or_none(parameter.annotation) if empty is None else parameter.annotation
        found = replace(
            parameter, annotation=annotation, doc=_said_of(parameter.doc, releases, is_needed=empty is None)
        )
        if "" in having or parameter.keyword_only:
            return found
        return replace(found, default=NONE if empty is None else empty, keyword_only=True)

    def _attribute(self, argument: NamedAttribute, doc: str) -> PyParameter:
        attribute = argument.attribute
        accepts = self._context.views.attribute(attribute.constraint).accepts
        has_defaults = self._context.style.has_defaults
        if attribute.is_property and not has_defaults:
            return self._named(argument.name, or_none(accepts), doc)
        if attribute.constraint is AttributeKind.UNIT:
            if not has_defaults:
                return self._named(argument.name, or_none(own("bool")), doc, NONE, True)
            return self._named(argument.name, own("bool"), doc, FALSE, True)
        if attribute.required:
            if not self._context.is_partial(argument):
                return self._named(argument.name, accepts, doc)
            return self._named(argument.name, or_none(accepts), self._released(argument, doc), NONE)
        if self._context.is_partial(argument):
            doc = self._released(argument, doc)
        cpp = cpp_default(attribute.default)
        if cpp is not None:
            doc = sentence(doc, of_cpp(cpp))
        default = self._context.default_of(argument)
        annotation = or_none(accepts) if default == NONE else accepts
        return self._named(argument.name, annotation, doc, default, True)

    def _released(self, argument: NamedAttribute, doc: str) -> str:
        """What is said of an attribute that not every release has."""
        having = releases_of(self._dialect, self._operation, argument)
        required = required_in(self._dialect, self._operation, argument)
        if required and required != having:
            needed = f"{_listed(having)} {_verb('have', having)} it, {_listed(required)} {_verb('need', required)} it"
            return sentence(doc, f"{needed}; other releases lack it.")
        return _said_of(doc, having, is_needed=required == having)

    def _count(self, region: Region) -> PyParameter:
        names = self._naming.region_count(region.name)
        parameter = PyParameter(*names, own("int"), f"How many regions `{self._naming.part(region.name)}` has.")
        return self._varying("regions", region.name, parameter, empty=literal(0))

    def _region(self, region: Region) -> tuple[PyParameter, PyParameter]:
        name = self._naming.argument(region.name)
        about = region.doc.summary or "The region."
        having = self._context.having("regions", region.name)
        if having is not None:
            about = _said_of(about, tuple(filter(None, having)), is_needed=False)
        filled = _WHOLE_BODY if self._context.passing_on(region) is None else _BODY
        arguments = PyName(f"{name}_arguments")
        doc = f"Types of the arguments of the block that `{name}` builds."
        return (
            PyParameter(
                name=name,
                init_name=name,
                annotation=or_none(rt("Body")),
                doc=sentence(about, filled),
                default=NONE,
                keyword_only=True,
            ),
            PyParameter(
                name=arguments,
                init_name=arguments,
                annotation=sequence(_TYPE),
                doc=doc,
                default=tuple_of(()),
                keyword_only=True,
            ),
        )


def _said_of(doc: str, releases: tuple[str, ...], *, is_needed: bool) -> str:
    """What is said of a part that only these releases have, or need."""
    if not releases:
        return sentence(doc, "No release known has it.")
    there = f"{_listed(releases)} {_verb('need' if is_needed else 'have', releases)} it"
    return sentence(doc, f"{there}; other releases lack it.")


def _verb(plural: str, releases: tuple[str, ...]) -> str:
    """A verb as it stands behind one or several releases."""
    return {"need": "needs", "have": "has"}[plural] if len(releases) == 1 else plural


def _listed(releases: tuple[str, ...]) -> str:
    named = " and ".join(filter(None, (", ".join(releases[:-1]), releases[-1])))
    return f"{'Releases' if len(releases) > 1 else 'Release'} {named}"


def _plain(name: str, annotation: Expression, doc: str) -> PyParameter:
    return PyParameter(
        name=PyName(name), init_name=PyName(name), annotation=annotation, doc=doc, default=NONE, keyword_only=True
    )


def build_signature(context: OperationContext) -> tuple[PyParameter, ...]:
    """The parameters of an operation's builder."""
    return _Signature(context).build()
