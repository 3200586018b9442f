"""An operation on its way to Python: what is declared of it, how its parts and its builder are called."""

from __future__ import annotations

from dataclasses import replace

from opspec.constraints.opaque import cpp_default
from opspec.dataclass import dataclass
from opspec.model.constraints import AttributeKind, Multiplicity
from opspec.model.dialect import Dialect, NamedAttribute, Operation, Region
from opspec.model.parts import releases_of_part, varying_parts, whole
from opspec.model.released import is_partial
from opspec.naming.policy import NamingPolicy
from opspec.pyview.constraints import ConstraintViews
from opspec.pyview.inference import Inference, infer_results
from opspec.pyview.python import NONE, Expression
from opspec.pyview.style import CallStyle, style_of

__all__ = ["OperationContext", "context_of"]


@dataclass(frozen=True, slots=True)
class OperationContext:
    """An operation of a dialect, the names of its parts, the way of calling, and how constraints look in Python.

    `operation` has the parts of all releases.
    """

    dialect: Dialect
    operation: Operation
    naming: NamingPolicy
    style: CallStyle
    views: ConstraintViews
    inference: Inference

    def calling(self, part: str, name: str) -> OperationContext:
        """The same with another name for one part."""
        return replace(self, naming=self.naming.calling(part, name))

    @property
    def results_by_keyword(self) -> bool:
        """Whether the result types are the keyword argument `results`."""
        if not self.operation.results:
            return not self.style.infers_all and self.inference.is_possible
        return self.inference.is_possible or (self.operation.results_by_keyword and self.style.infers_all)

    @property
    def returns_operation(self) -> bool:
        """Whether the builder returns the operation itself: by the spec, it has no results."""
        return not set(self.operation.results) - set(self.operation.extras.results)

    @property
    def returns_one(self) -> bool:
        """Whether the operation has one result, in every release."""
        results = self.operation.results
        return len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE and not self.varies("results")

    def varies(self, kind: str) -> bool:
        """Whether not all releases have the same `operands`, `results` or `regions`."""
        return any(found == kind for found, _, _ in varying_parts(self.dialect, self.operation))

    def having(self, kind: str, part: str) -> tuple[str, ...] | None:
        """The releases that have a part, the empty text for the spec; None where all have it."""
        return releases_of_part(self.dialect, self.operation, kind, part)

    def has_body(self, region: Region) -> bool:
        """Whether the builder takes a callable that fills the region."""
        return region.constraint.multiplicity is Multiplicity.ONE and self.style.takes_bodies

    def passing_on(self, region: Region) -> Operation | None:
        """The operation that ends a region with the values that its body returns; None where none is known."""
        found = self.dialect.operation(region.terminator) if region.terminator else None
        return found if found is not None and found.passes_values_on else None

    def is_flag(self, named: NamedAttribute) -> bool:
        """Whether an attribute is there or not, by True or False."""
        return named.attribute.constraint is AttributeKind.UNIT and self.style.has_defaults

    def is_partial(self, named: NamedAttribute) -> bool:
        """Whether an operation that a release made may be right without an attribute that the spec requires."""
        return is_partial(self.dialect, self.operation, named) and self.style.has_defaults

    def is_demanded(self, named: NamedAttribute) -> bool:
        """Whether every call has to give an attribute, in releases that have it."""
        attribute = named.attribute
        if attribute.constraint is AttributeKind.UNIT or (attribute.is_property and not self.style.has_defaults):
            return False
        return attribute.required

    def default_of(self, named: NamedAttribute) -> Expression:
        """An attribute's default in Python; None where it is unset or only C++ knows it."""
        default = named.attribute.default
        if default is None or cpp_default(default) is not None or not self.style.has_defaults:
            return NONE
        return self.views.default(default, named.attribute.constraint)


def context_of(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> OperationContext:
    """The context of an operation in which things are called as a policy for its dialect says."""
    operation = whole(dialect, operation)
    return OperationContext(
        dialect=dialect,
        operation=operation,
        naming=naming.of_operation(operation),
        style=style_of(naming),
        views=ConstraintViews(dialect, naming),
        inference=infer_results(dialect, operation, naming),
    )
