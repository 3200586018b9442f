"""An operation in Python: its builder, its class, its accessors."""

from __future__ import annotations

from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Dialect, Operation
from opspec.naming.policy import NamingPolicy
from opspec.pyview.accessors import build_accessors
from opspec.pyview.calls import build_body
from opspec.pyview.constraints import ConstraintViews
from opspec.pyview.inference import infer_results
from opspec.pyview.module import PyConstant, PyOperation
from opspec.pyview.python import Expression, own, rt
from opspec.pyview.renames import function_aliases, old_accessors, old_class_aliases, old_parameters
from opspec.pyview.rules import Rules
from opspec.pyview.signature import build_signature
from opspec.pyview.text import sentence

__all__ = ["build_operation"]


def _returns(operation: Operation, naming: NamingPolicy) -> tuple[Expression, str]:
    """The annotation of what the builder returns, and words about it."""
    results = operation.results
    if not results:
        return own(naming.operation_class(operation)), "The operation."
    docs = sentence(*(result.doc.summary for result in results))
    if len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE:
        return rt("OpResult"), docs or "The result."
    how = "One result comes as a value, several as a list, none as the operation."
    return rt("Results"), sentence(docs, how)


def build_operation(
    dialect: Dialect, operation: Operation, naming: NamingPolicy, views: ConstraintViews, rules: Rules
) -> PyOperation:
    """The Python side of one operation."""
    naming = naming.of_operation(operation)
    inference = infer_results(dialect, operation, naming)
    returns, returns_doc = _returns(operation, naming)
    parameters = build_signature(dialect, operation, naming, views, inference)
    accessors = build_accessors(dialect, operation, naming, views)
    return PyOperation(
        operation.mnemonic,
        naming.function(operation),
        naming.operation_class(operation),
        parameters,
        returns,
        returns_doc,
        build_body(dialect, operation, naming, inference),
        accessors,
        bool(inference.sources),
        operation.doc.summary or f"The operation `{dialect.name}.{operation.mnemonic}`",
        operation.doc.description,
        PyConstant(naming.rules(operation), rules.of(operation, naming, inference)),
        function_aliases(dialect, operation, naming),
        old_class_aliases(dialect, operation, naming),
        old_parameters(dialect, operation, naming, views, parameters),
        old_accessors(dialect, operation, naming, views, accessors),
    )
