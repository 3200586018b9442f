"""An operation in Python: its builder, its class, its accessors."""

from __future__ import annotations

from opspec.pyview.accessors import build_accessors
from opspec.pyview.calls import build_body
from opspec.pyview.context import OperationContext
from opspec.pyview.module import PyConstant, PyOperation
from opspec.pyview.python import Expression, own, rt
from opspec.pyview.renames import function_aliases, old_accessors, old_class_aliases, old_parameters
from opspec.pyview.rules import Rules
from opspec.pyview.signature import build_signature
from opspec.pyview.text import sentence

__all__ = ["build_operation"]


def _returns(context: OperationContext) -> tuple[Expression, str]:
    """The annotation of what the builder returns, and words about it."""
    if context.returns_operation:
        return own(context.naming.operation_class(context.operation)), "The operation."
    docs = sentence(*(result.doc.summary for result in context.operation.results))
    if context.returns_one:
        return rt("OpResult"), docs or "The result."
    how = "One result comes as a value, several as a list, none as the operation."
    return rt("Results"), sentence(docs, how)


def build_operation(context: OperationContext, rules: Rules) -> PyOperation:
    """The Python side of one operation; `rules` are those of its dialect."""
    dialect, operation, naming = context.dialect, context.operation, context.naming
    returns, returns_doc = _returns(context)
    parameters = build_signature(context)
    accessors = build_accessors(context)
    return PyOperation(
        mnemonic=operation.mnemonic,
        function=naming.function(operation),
        class_name=naming.operation_class(operation),
        parameters=parameters,
        returns=returns,
        returns_doc=returns_doc,
        body=build_body(context),
        accessors=accessors,
        computes_results=bool(context.inference.sources),
        summary=operation.doc.summary or f"The operation `{dialect.name}.{operation.mnemonic}`",
        description=operation.doc.description,
        rules=PyConstant(naming.rules(operation), rules.of(context)),
        functions=function_aliases(dialect, operation, naming),
        classes=old_class_aliases(dialect, operation, naming),
        old_parameters=old_parameters(context, parameters),
        old_accessors=old_accessors(context, accessors),
    )
