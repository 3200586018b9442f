"""The descriptors through which an operation's class gives access to its parts."""

from __future__ import annotations

from opspec.constraints.opaque import cpp_default
from opspec.model.constraints import AttributeKind, Multiplicity
from opspec.model.dialect import NamedAttribute, NamedValue, is_unnamed
from opspec.naming.policy import PyName
from opspec.pyview.context import OperationContext
from opspec.pyview.module import PyAccessor
from opspec.pyview.printer import code
from opspec.pyview.python import NONE, Expression, Index, Quoted, call, literal, own, rt
from opspec.pyview.text import of_cpp, sentence

__all__ = ["build_accessors"]


class _Accessors:
    def __init__(self, context: OperationContext) -> None:
        self._context = context
        self._operation = context.operation
        self._naming = context.naming
        self._shows_all = context.style.shows_all

    def build(self) -> tuple[PyAccessor, ...]:
        operation = self._operation
        accessors = self._positional("Operand", operation.operands)
        accessors += [self._attribute(attribute) for attribute in operation.attributes if self._has_accessor(attribute)]
        results = operation.results
        # Every `OpView` has `result`, so an operation with that one result needs no accessor for it.
        if not self._context.returns_one or self._naming.result_accessor(results[0].name, is_only=True) != "result":
            accessors += self._positional("Result", results)
        return (*accessors, *self._roles(), *self._regions())

    def _roles(self) -> list[PyAccessor]:
        """Which operand and which result is what, by the operation's contract."""
        contract = self._operation.contract
        if contract is None or not self._context.style.infers_all:
            return []
        rule = contract.rule
        found: dict[tuple[str, str], tuple[Expression, str]] = {}
        for source, flows in (("argument", rule.arguments), ("result", rule.results)):
            for entry in flows:
                for part, roles in (("operands", entry.flow.operands), ("results", entry.flow.results)):
                    for role in roles:
                        found.setdefault((part, role), (own("int"), f"the {source} of `{contract.callee}`"))
        for role in rule.pairs:
            found["results", role] = (
                Index(own("tuple"), (own("int"), own("int"))),
                f"the result and the argument of `{contract.callee}`",
            )
        accessors = []
        summaries = {role.name: role.summary for role in rule.roles}
        for (part, role), (key, by) in found.items():
            value = rt("Value" if part == "operands" else "OpResult")
            kind = Index(rt("RolesAccessor"), (Quoted(key), Quoted(value)))
            doc = sentence(summaries[role], f"By the index of {by}.")
            name = self._naming.part(f"{role}_{part}")
            accessors.append(PyAccessor(name, call(kind, literal(part), literal(role)), doc))
        return accessors

    def _has_accessor(self, attribute: NamedAttribute) -> bool:
        """mlir-tblgen gives none to properties and unnamed attributes."""
        return self._shows_all or not (attribute.attribute.is_property or is_unnamed(attribute.name))

    def _regions(self) -> list[PyAccessor]:
        accessors: list[PyAccessor] = []
        for region in self._operation.regions:
            if not self._shows_all and is_unnamed(region.name):
                continue
            name, part = self._naming.part(region.name), literal(region.name)
            many = region.constraint.multiplicity is Multiplicity.VARIADIC
            optional = "" if self._context.having("regions", region.name) is None else "Optional"
            kind = rt("RegionsAccessor" if many else f"{optional}RegionAccessor")
            accessors.append(PyAccessor(name, call(kind, part), region.doc.summary))
            if self._context.has_body(region):
                builder = PyName(f"build_{name}")
                doc = (
                    f"Opens the entry block of `{name}`: `with op.{builder}(type, ...) as (argument, ...):`, or "
                    f"`@op.{builder}(type, ...)` over a function of its arguments."
                )
                end = self._context.passing_on(region)
                ends = (literal(f"{self._context.dialect.name}.{end.mnemonic}"),) if end is not None else ()
                accessors.append(PyAccessor(builder, call(rt("RegionBuilderAccessor"), part, *ends), doc))
        return accessors

    def _positional(self, kind: str, values: tuple[NamedValue, ...]) -> list[PyAccessor]:
        accessors: list[PyAccessor] = []
        for named in values:
            if not self._shows_all and is_unnamed(named.name):
                continue
            many = "s" if named.value.is_list else ""
            is_partial = self._context.having(f"{kind.lower()}s", named.name) is not None and not many
            is_optional = is_partial or named.value.multiplicity is Multiplicity.OPTIONAL
            optional = "Optional" if is_optional else ""
            if kind == "Result":
                accessor = self._naming.result_accessor(named.name, is_only=False)
            else:
                accessor = self._naming.part(named.name)
            made = call(rt(f"{optional}{kind}{many}Accessor"), literal(named.name))
            accessors.append(PyAccessor(accessor, made, named.doc.summary))
        return accessors

    def _attribute(self, named: NamedAttribute) -> PyAccessor:
        name, attribute, key = self._naming.part(named.name), named.attribute, literal(named.name)
        if attribute.constraint is AttributeKind.UNIT:
            return PyAccessor(name, call(rt("UnitAttributeAccessor"), key), named.doc.summary)
        view = self._context.views.attribute(attribute.constraint)
        arguments = (key, view.class_name)
        if attribute.required and not self._context.is_partial(named):
            return PyAccessor(name, call(rt("AttributeAccessor"), *arguments), named.doc.summary)
        default = self._context.default_of(named)
        if default == NONE:
            cpp = cpp_default(attribute.default)
            doc = sentence(named.doc.summary, of_cpp(cpp)) if cpp is not None else named.doc.summary
            return PyAccessor(name, call(rt("OptionalAttributeAccessor"), *arguments), doc)
        doc = sentence(named.doc.summary, f"`{code(default)}` when unset.")
        return PyAccessor(name, call(rt("AttributeAccessor"), *arguments), doc)


def build_accessors(context: OperationContext) -> tuple[PyAccessor, ...]:
    """The accessors of an operation's class, in the order of its parts."""
    return _Accessors(context).build()
