"""An operation's builder, class and accessors, from the model."""

from __future__ import annotations

from opspec.model.constraints import AttributeKind, Multiplicity, OpaqueLiteral
from opspec.model.dialect import Argument, Dialect, NamedAttribute, NamedValue, Operation
from opspec.naming.policy import NamingPolicy, PyName
from opspec.surface.constraints import Surfaces
from opspec.surface.inference import inferred_results
from opspec.surface.layout import call, py_literal
from opspec.surface.module import PyAccessor, PyOperation, PyParameter

__all__ = ["build_operation"]


class _OperationBuilder:
    def __init__(self, dialect: Dialect, operation: Operation, naming: NamingPolicy, surfaces: Surfaces) -> None:
        self._dialect = dialect
        self._operation = operation
        self._naming = naming
        self._surfaces = surfaces
        self._inferred = inferred_results(dialect, operation, naming)
        self._name = py_literal(f"{dialect.name}.{operation.mnemonic}")

    def build(self) -> PyOperation:
        operation = self._operation
        returns, returns_doc = self._returns()
        return PyOperation(
            operation.mnemonic,
            self._naming.function(operation),
            self._naming.operation_class(operation),
            self._parameters(),
            returns,
            returns_doc,
            tuple(self._body()),
            tuple(self._accessors()),
            (
                len(operation.regions),
                not any(r.constraint.multiplicity is Multiplicity.VARIADIC for r in operation.regions),
            ),
            operation.has_trait("Terminator"),
            operation.doc.summary or f"The operation `{self._dialect.name}.{operation.mnemonic}`",
            operation.doc.description,
        )

    # --- signature ---

    @property
    def _results_by_keyword(self) -> bool:
        return bool(self._operation.results) and (self._inferred is not None or self._operation.results_by_keyword)

    def _parameters(self) -> tuple[PyParameter, ...]:
        operation = self._operation
        required: list[PyParameter] = []
        optional: list[PyParameter] = []
        if not self._results_by_keyword:
            required += [self._result_parameter(result) for result in operation.results]
        for argument in operation.arguments:
            parameter = self._parameter(argument)
            (optional if parameter.keyword_only else required).append(parameter)
        for successor in operation.successors:
            many = successor.multiplicity is Multiplicity.VARIADIC
            annotation = "_Sequence[_ir.Block]" if many else "_ir.Block"
            required.append(PyParameter(self._naming.part(successor.name), annotation, successor.doc.summary))
        keywords = [self._results_parameter()] if self._results_by_keyword else []
        for region in operation.regions:
            name = self._naming.part(region.name)
            about = region.doc.summary or "The region."
            keywords.append(PyParameter(name, "_rt.Body | None", f"{about} {_BODY_DOC}".strip(), "None", True))
            keywords.append(
                PyParameter(
                    PyName(f"{name}_arguments"),
                    "_Sequence[_ir.Type]",
                    f"Types of the arguments of the block that `{name}` builds.",
                    "()",
                    True,
                )
            )
        keywords += optional
        keywords += [
            PyParameter(PyName("loc"), "_ir.Location | None", "Location; the current one by default.", "None", True),
            PyParameter(
                PyName("ip"), "_ir.InsertionPoint | None", "Insertion point; the current one by default.", "None", True
            ),
        ]
        return tuple(required + keywords)

    def _result_parameter(self, result: NamedValue) -> PyParameter:
        many = result.value.multiplicity is not Multiplicity.ONE
        name = self._naming.result_type(result.name, variadic=many)
        annotation = "_ir.Type | _Sequence[_ir.Type]" if many else "_ir.Type"
        of = "the results" if many else "the result"
        return PyParameter(
            name, annotation, _sentence(f"Type of {of}" if not many else f"Types of {of}", result.doc.summary)
        )

    def _results_parameter(self) -> PyParameter:
        results = self._operation.results
        many = len(results) > 1 or any(r.value.multiplicity is not Multiplicity.ONE for r in results)
        annotation = "_ir.Type | _Sequence[_ir.Type]"
        if self._inferred is None:
            doc = "Types of the results." if many else "Type of the result."
            return PyParameter(PyName("results"), annotation, doc, None, True)
        doc = "Result types; they follow from the operands by default."
        return PyParameter(PyName("results"), f"{annotation} | None", doc, "None", True)

    def _parameter(self, argument: Argument) -> PyParameter:
        name = self._naming.part(argument.name)
        doc = argument.doc.summary
        if isinstance(argument, NamedValue):
            match argument.value.multiplicity:
                case Multiplicity.ONE:
                    return PyParameter(name, "_rt.ValueLike", doc)
                case Multiplicity.VARIADIC:
                    return PyParameter(name, "_Sequence[_rt.ValueLike]", doc)
                case Multiplicity.OPTIONAL:
                    return PyParameter(name, "_rt.ValueLike | None", doc, "None", True)
        attribute = argument.attribute
        accepts = self._surfaces.attribute(attribute.constraint).accepts
        if attribute.constraint is AttributeKind.UNIT:
            return PyParameter(name, "bool", doc, "False", True)
        if attribute.required:
            return PyParameter(name, accepts, doc)
        default = self._default(argument)
        if default == "None":
            return PyParameter(name, f"{accepts} | None", doc, "None", True)
        return PyParameter(name, accepts, doc, default, True)

    def _default(self, argument: NamedAttribute) -> str:
        default = argument.attribute.default
        if default is None or isinstance(default, OpaqueLiteral):
            return "None"
        return self._surfaces.default(default, argument.attribute.constraint)

    def _returns(self) -> tuple[str, str]:
        results = self._operation.results
        if not results:
            return str(self._naming.operation_class(self._operation)), "The operation."
        docs = " ".join(_sentence("", result.doc.summary) for result in results if result.doc.summary)
        if len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE:
            return "_rt.OpResult", docs or "The result."
        return "_rt.Results", _sentence(docs, "One result comes as a value, several as a list, none as the operation.")

    # --- body ---

    def _value(self, name: str, function: str) -> str:
        part = self._naming.part(name)
        return f"_rt.{function}({part}, {self._name}, {py_literal(part)})"

    def _attribute(self, argument: NamedAttribute) -> list[str]:
        part = self._naming.part(argument.name)
        coercer = self._surfaces.coercer(argument.attribute.constraint)
        return [coercer + "(", part, self._name, py_literal(part)]

    def _body(self) -> list[str]:
        lines: list[str] = []
        lines += self._operand_lines()
        lines += self._attribute_lines()
        lines += self._create_lines()
        return lines

    def _operand_lines(self) -> list[str]:
        lines = []
        for operand in self._operation.operands:
            part = self._naming.part(operand.name)
            if operand.value.multiplicity is Multiplicity.ONE:
                lines += call(f"{part} = _rt.value(", [part, self._name, py_literal(part)], 8)
            elif operand.value.multiplicity is Multiplicity.VARIADIC:
                lines += call(f"{part} = _rt.values(", [part, self._name, py_literal(part)], 8)
        return lines

    def _attribute_lines(self) -> list[str]:
        items: list[tuple[str, list[str]]] = []
        if self._operation.has_trait("AttrSizedOperandSegments"):
            parts = [str(self._naming.part(operand.name)) for operand in self._operation.operands]
            items.append(("operandSegmentSizes", ["_rt.segments(", *parts]))
        optional: list[str] = []
        for argument in self._operation.attributes:
            coerced = self._attribute(argument)
            if argument.attribute.required and argument.attribute.constraint is not AttributeKind.UNIT:
                items.append((argument.name, coerced))
                continue
            part = self._naming.part(argument.name)
            default = "False" if argument.attribute.constraint is AttributeKind.UNIT else self._default(argument)
            test = f"is not {default}" if default in ("None", "False", "True") else f"!= {default}"
            optional.append(f"        if {part} {test}:")
            optional += call(f"attributes[{py_literal(argument.name)}] = {coerced[0]}", coerced[1:], 12)
        lines = ["        attributes: dict[str, _ir.Attribute] = {}"]
        if items:
            lines = ["        attributes: dict[str, _ir.Attribute] = {"]
            for key, (head, *arguments) in sorted(items):
                lines += call(f"{py_literal(key)}: {head}", arguments, 12, tail=",", close=")")
            lines.append("        }")
        return lines + optional

    def _result_lines(self) -> tuple[list[str], str]:
        """The lines that make the result types, and the expression that holds them."""
        results = self._operation.results
        if not results:
            return [], "[]"
        if self._results_by_keyword:
            return self._keyword_result_lines(), "types"
        lines: list[str] = []
        parts: list[str] = []
        for result in results:
            many = result.value.multiplicity is not Multiplicity.ONE
            part = self._naming.result_type(result.name, variadic=many)
            function = "result_types" if many else "result_type"
            lines += call(f"{part} = _rt.{function}(", [part, self._name, py_literal(part)], 8)
            parts.append(f"*{part}" if many else part)
        return lines, parts[0][1:] if len(parts) == 1 and parts[0].startswith("*") else f"[{', '.join(parts)}]"

    def _keyword_result_lines(self) -> list[str]:
        given = ["results", self._name, '"results"']
        if self._inferred is None:
            return call("types = _rt.result_types(", given, 8)
        return [
            "        if results is None:",
            *call("types = [", self._inferred, 12, close="]"),
            "        else:",
            *call("types = _rt.result_types(", given, 12),
        ]

    def _operands_expression(self) -> str:
        parts = []
        operands = self._operation.operands
        for operand in operands:
            part = self._naming.part(operand.name)
            match operand.value.multiplicity:
                case Multiplicity.ONE:
                    parts.append(str(part))
                case Multiplicity.VARIADIC:
                    parts.append(f"*{part}")
                case Multiplicity.OPTIONAL:
                    parts.append(f"*{self._value(operand.name, 'optional_value')}")
        if len(parts) == 1 and operands[0].value.multiplicity is Multiplicity.VARIADIC:
            return parts[0][1:]
        return f"[{', '.join(parts)}]"

    def _create_lines(self) -> list[str]:
        operation = self._operation
        lines, results_text = self._result_lines()
        arguments = [self._name, results_text, self._operands_expression(), "attributes", "ip"]
        if operation.regions:
            arguments.append(f"regions={len(operation.regions)}")
        if operation.successors:
            parts = [
                f"*{self._naming.part(s.name)}"
                if s.multiplicity is Multiplicity.VARIADIC
                else str(self._naming.part(s.name))
                for s in operation.successors
            ]
            arguments.append(f"successors=[{', '.join(parts)}]")
        lines += call("operation = _rt.create(", arguments, 8)
        for index, region in enumerate(operation.regions):
            part = self._naming.part(region.name)
            inner = ["operation", str(index), py_literal(part), str(part), f"{part}_arguments"]
            if region.terminator:
                inner.append(str(self._naming.function(self._dialect.operation(region.terminator))))
            lines += call("_rt.build_region(", inner, 8)
        lines.append(f"        return {self._return_expression()}")
        return lines

    def _return_expression(self) -> str:
        results = self._operation.results
        if not results:
            return f"_rt.view_of(operation, {self._naming.operation_class(self._operation)})"
        if len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE:
            return "_rt.result_of(operation)"
        return "_rt.results_of(operation)"

    # --- accessors ---

    def _accessors(self) -> list[PyAccessor]:
        operation = self._operation
        accessors: list[PyAccessor] = []
        operands = operation.operands
        variable = _variable(operands)
        for index, operand in enumerate(operands):
            sized = operation.has_trait("AttrSizedOperandSegments")
            accessors.append(self._positional("Operand", operand, index, len(operands), variable, sized))
        for attribute in operation.attributes:
            accessors.append(self._attribute_accessor(attribute))
        variable = _variable(operation.results)
        for index, result in enumerate(operation.results):
            sized = operation.has_trait("AttrSizedResultSegments")
            if self._naming.part(result.name) == "result" and len(operation.results) == 1 and not variable:
                continue  # every `OpView` has it
            accessors.append(self._positional("Result", result, index, len(operation.results), variable, sized))
        for index, region in enumerate(operation.regions):
            name = self._naming.part(region.name)
            accessors.append(PyAccessor(name, "_rt.RegionAccessor", (str(index),), region.doc.summary))
            builder = PyName(f"build_{name}")
            doc = f"Opens the entry block of `{name}`: `with op.{builder}(type, ...) as (argument, ...):`"
            accessors.append(PyAccessor(builder, "_rt.RegionBuilderAccessor", (str(index),), doc))
        return accessors

    def _positional(
        self, kind: str, named: NamedValue, index: int, count: int, variable: tuple[int, ...], sized: bool
    ) -> PyAccessor:
        multiplicity = named.value.multiplicity
        optional = "Optional" if multiplicity is Multiplicity.OPTIONAL else ""
        plural = "s" if multiplicity is Multiplicity.VARIADIC else ""
        arguments = [str(index)]
        if count > 1 and (sized or variable):
            arguments.append(str(count))
        elif count == 1 and variable:
            arguments.append("1")
        if sized:
            arguments.append("sized=True")
        elif variable:
            arguments.append(f"variable={py_literal(variable)}")
        name = self._naming.part(named.name)
        return PyAccessor(name, f"_rt.{optional}{kind}{plural}Accessor", tuple(arguments), named.doc.summary)

    def _attribute_accessor(self, named: NamedAttribute) -> PyAccessor:
        name = self._naming.part(named.name)
        attribute = named.attribute
        key = py_literal(named.name)
        if attribute.constraint is AttributeKind.UNIT:
            return PyAccessor(name, "_rt.UnitAttributeAccessor", (key,), named.doc.summary)
        surface = self._surfaces.attribute(attribute.constraint)
        arguments = [key, surface.class_name, self._surfaces.coercer(attribute.constraint)]
        default = self._default(named)
        if attribute.required:
            return PyAccessor(name, "_rt.AttributeAccessor", tuple(arguments), named.doc.summary)
        if default == "None":
            return PyAccessor(name, "_rt.OptionalAttributeAccessor", tuple(arguments), named.doc.summary)
        doc = _sentence(named.doc.summary, f"`{default}` when unset.")
        return PyAccessor(name, "_rt.AttributeAccessor", (*arguments, default), doc)


_BODY_DOC = "A callable that takes the block's arguments and returns the values to pass on."


def _sentence(*parts: str) -> str:
    """Parts joined to sentences."""
    texts = [part.strip() for part in parts if part.strip()]
    return " ".join(text if text.endswith((".", ":", "!", "?")) else f"{text}." for text in texts)


def _variable(values: tuple[NamedValue, ...]) -> tuple[int, ...]:
    """The positions of optional and variadic ones."""
    return tuple(i for i, named in enumerate(values) if named.value.multiplicity is not Multiplicity.ONE)


def build_operation(dialect: Dialect, operation: Operation, naming: NamingPolicy, surfaces: Surfaces) -> PyOperation:
    """The Python side of one operation."""
    return _OperationBuilder(dialect, operation, naming, surfaces).build()
