"""The code of an operation's builder: operands, attributes, result types, creation."""

from __future__ import annotations

from opspec.model.constraints import AttributeKind, EnumCases, Multiplicity
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation
from opspec.model.released import is_partial
from opspec.naming.policy import NamingPolicy
from opspec.notation.scanning import split_list
from opspec.pyview.constraints import ConstraintViews
from opspec.pyview.inference import Inference
from opspec.pyview.printer import code
from opspec.pyview.signature import default_of, has_body, results_by_keyword
from opspec.pyview.text import WIDTH, call, py_literal

__all__ = ["build_body"]


class _Body:
    def __init__(
        self, dialect: Dialect, operation: Operation, naming: NamingPolicy, views: ConstraintViews, inference: Inference
    ) -> None:
        self._dialect = dialect
        self._operation = operation
        self._naming = naming
        self._views = views
        self._inference = inference
        self._name = py_literal(f"{dialect.name}.{operation.mnemonic}")

    def build(self) -> tuple[str, ...]:
        lines = self._release_lines() + self._operand_lines() + self._attribute_lines()
        result_lines, results = self._result_lines()
        return tuple(lines + result_lines + self._create_lines(results))

    def _release_lines(self) -> list[str]:
        """The check that the release in use has the operation; none where every release has."""
        releases = self._dialect.releases
        if releases is None or releases.of_operation(self._operation.mnemonic) == releases.releases:
            return []
        return call("_rt.check_released(", [self._name], 8)

    def _coerced(self, name: str) -> list[str]:
        return [name, self._name, py_literal(name)]

    def _operand_lines(self) -> list[str]:
        lines = []
        for operand in self._operation.operands:
            part = self._naming.argument(operand.name)
            if operand.value.multiplicity is not Multiplicity.OPTIONAL:
                function = "values" if operand.value.is_list else "value"
                lines += call(f"{part} = _rt.{function}(", self._coerced(part), 8)
        parts = [self._naming.argument(each.name) for each in self._operation.operands if is_variable(each)]
        sized = self._operation.has_trait("AttrSizedOperandSegments")
        return lines + ([] if sized else self._equal_lines("value", [(str(part), str(part)) for part in parts]))

    def _equal_lines(self, what: str, parts: list[tuple[str, str]]) -> list[str]:
        """The check that parts whose sizes nothing holds are equally many; each is a name and a variable."""
        if len(parts) < 2 or self._naming.is_drop_in:
            return []
        items = [f"{py_literal(name)}: {variable}" for name, variable in parts]
        return [
            "        if verify:",
            *call("_rt.equally_many(", [self._name, py_literal(what), f"{{{', '.join(items)}}}"], 12),
        ]

    def _attribute_lines(self) -> list[str]:
        items: list[tuple[str, list[str]]] = []
        if self._operation.has_trait("AttrSizedOperandSegments"):
            parts = [str(self._naming.argument(operand.name)) for operand in self._operation.operands]
            items.append(("operandSegmentSizes", ["_rt.segments(", *parts]))
        optional: list[str] = []
        for argument in self._operation.attributes:
            part = self._naming.argument(argument.name)
            head = code(self._views.coercer(argument.attribute.constraint)) + "("
            if is_partial(self._dialect, self._operation, argument) and not self._is_demanded(argument):
                optional += self._partial_lines(argument)
                continue
            if self._is_always_set(argument):
                items.append((argument.name, [head, *self._coerced(part)]))
                continue
            optional.append(f"        if {self._is_given(argument)}:")
            optional += call(f"attributes[{py_literal(argument.name)}] = {head}", self._coerced(part), 12)
        lines = ["        attributes: dict[str, _ir.Attribute] = {}"]
        if items:
            lines = ["        attributes: dict[str, _ir.Attribute] = {"]
            for key, (head, *arguments) in sorted(items):
                lines += call(f"{py_literal(key)}: {head}", arguments, 12, tail=",")
            lines.append("        }")
        return lines + optional

    def _is_demanded(self, argument: NamedAttribute) -> bool:
        """Whether every call gives the attribute, as upstream's builders have it."""
        return self._naming.is_drop_in and self._is_always_set(argument)

    def _partial_lines(self, argument: NamedAttribute) -> list[str]:
        """An attribute that not every release has, written where the release in use has it."""
        part = self._naming.argument(argument.name)
        given = [self._name, py_literal(argument.name), str(part)]
        given.append(code(self._views.coercer(argument.attribute.constraint)))
        is_unit = argument.attribute.constraint is AttributeKind.UNIT and not self._naming.is_drop_in
        default = "False" if is_unit else code(default_of(argument, self._views, self._naming))
        given += [default] if default != "None" else []
        given += [f"parameter={py_literal(part)}"] if part != argument.name else []
        return call("_rt.set_released(", ["attributes", *given], 8)

    def _is_always_set(self, argument: NamedAttribute) -> bool:
        attribute = argument.attribute
        if attribute.constraint is AttributeKind.UNIT or (attribute.is_property and self._naming.is_drop_in):
            return False
        return attribute.required

    def _is_given(self, argument: NamedAttribute) -> str:
        """The condition under which an optional attribute is written."""
        part = self._naming.argument(argument.name)
        if argument.attribute.constraint is AttributeKind.UNIT:
            return f"{part}" if self._naming.is_drop_in else f"{part} is not False"
        default = code(default_of(argument, self._views, self._naming))
        literal = argument.attribute.default
        if default in ("None", "False", "True") or isinstance(literal, EnumCases):
            return f"{part} is not {default}"
        if isinstance(literal, (int, float, str)):  # True equals 1, and 1.0 equals 1: neither is the default
            return f"{part}.__class__ is not {type(literal).__name__} or {part} != {default}"
        return f"{part} != {default}"

    def _result_lines(self) -> tuple[list[str], str]:
        """The lines that make the result types, and the expression that holds them."""
        results = self._operation.results
        if results_by_keyword(self._operation, self._inference, self._naming):
            return self._keyword_lines(), "types"
        if not results:
            return [], "[]"
        lines: list[str] = []
        parts: list[str] = []
        sizes: list[str] = []
        for index, result in enumerate(results):
            part, _ = self._naming.result_parameters(self._operation)[index]
            function = {Multiplicity.ONE: "result_type", Multiplicity.OPTIONAL: "optional_type"}
            name = function.get(result.value.multiplicity, "result_types")
            spread = name != "result_type"
            target = f"{part}_" if name == "optional_type" else str(part)
            lines += call(f"{target} = _rt.{name}(", self._coerced(part), 8)
            parts.append(f"*{target}" if spread else target)
            sizes.append(target)
        if not self._operation.has_trait("AttrSizedResultSegments"):
            names = [str(self._naming.result_parameters(self._operation)[i][0]) for i in range(len(results))]
            rows = zip(names, sizes, results, strict=True)
            listed = [(name, variable) for name, variable, result in rows if is_variable(result)]
            lines += self._equal_lines("type", listed)
        else:
            lines += call('attributes["resultSegmentSizes"] = _rt.segments(', sizes, 8)
        if len(parts) == 1 and parts[0].startswith("*"):
            return lines, parts[0][1:]
        text = f"[{', '.join(parts)}]"
        if len(text) <= 64:
            return lines, text
        return [*lines, "        types = [", *(f"            {part}," for part in parts), "        ]"], "types"

    def _keyword_lines(self) -> list[str]:
        results = self._operation.results
        given = ["results", self._name, '"results"']
        if all(result.value.multiplicity is Multiplicity.ONE for result in results):
            given.append(str(len(results)))
        if not self._inference.is_possible:
            return call("types = _rt.result_types(", given, 8)
        if self._inference.by_contract:
            return self._contract_lines(given)
        lines = ["        types: list[_ir.Type] | None = None"] if self._inference.by_host else []
        if self._inference.by_host:
            return [*lines, "        if results is not None:", *call("types = _rt.result_types(", given, 12)]
        return [
            "        if results is None:",
            *self._inferred_lines(),
            "        else:",
            *call("types = _rt.result_types(", given, 12),
        ]

    def _expressions(self) -> list[str]:
        return [code(each) for each in self._inference.expressions]

    def _inferred_lines(self) -> list[str]:
        """The list of inferred types; a call that is too long for its line has an argument a line."""
        lines = call("types = [", self._expressions(), 12, close="]")
        if len(lines) == 1 or max(map(len, lines)) <= WIDTH:
            return lines
        broken = [lines[0]]
        for expression in self._expressions():
            head, _, rest = expression.partition("(")
            arguments, _, tail = rest.rpartition(")")
            if len(expression) + 17 <= WIDTH or not rest:
                broken.append(f"{' ' * 16}{expression},")
            else:
                broken += call(f"{head}(", list(split_list(arguments)), 16, tail=f"{tail},")
        return [*broken, lines[-1]]

    def _contract_lines(self, given: list[str]) -> list[str]:
        """Result types from the contract; those of a region's function come once the region is built."""
        if self._completes():
            return [
                "        types: list[_ir.Type] = []",
                "        if results is not None:",
                *call("types = _rt.result_types(", given, 12),
            ]
        operands = self._operands_expression()
        inferred = [str(self._naming.rules(self._operation)), operands, "attributes", "ip"]
        return [
            "        if results is None:",
            *call("types = _rt.infer(", inferred, 12),
            "        else:",
            *call("types = _rt.result_types(", given, 12),
        ]

    def _completes(self) -> bool:
        """Whether the results follow from a region, which is built after the operation."""
        contract = self._operation.contract
        return contract is not None and any(region.name == contract.callee for region in self._operation.regions)

    def _checks(self) -> list[str]:
        """The arguments that say what is verified."""
        if self._naming.is_drop_in:
            return []
        when = "verify and results is not None" if self._completes() else "verify"
        return [f"rules={self._naming.rules(self._operation)}", f"verify={when}"]

    def _operands_expression(self) -> str:
        parts: list[str] = []
        operands = self._operation.operands
        for operand in operands:
            part = self._naming.argument(operand.name)
            if operand.value.multiplicity is Multiplicity.ONE:
                parts.append(str(part))
            elif operand.value.is_list:
                parts.append(f"*{part}")
            else:
                parts.append(f"*_rt.optional_value({', '.join(self._coerced(part))})")
        if len(parts) == 1 and operands[0].value.is_list:
            return parts[0][1:]
        return f"[{', '.join(parts)}]"

    def _operand_expression_lines(self) -> tuple[list[str], str]:
        """The operands in the call, or in lines before it where they are long."""
        text = self._operands_expression()
        if len(text) <= 64:
            return [], text
        return self._long(), "operands"

    def _long(self) -> list[str]:
        lines = ["        operands = ["]
        for operand in self._operation.operands:
            part = self._naming.argument(operand.name)
            if operand.value.multiplicity is Multiplicity.OPTIONAL:
                lines += call("*_rt.optional_value(", self._coerced(part), 12, tail=",")
            else:
                lines.append(f"            {'*' * operand.value.is_list}{part},")
        return [*lines, "        ]"]

    def _create_lines(self, results: str) -> list[str]:
        operation, naming = self._operation, self._naming
        lines, operands = self._operand_expression_lines()
        arguments = [self._name, results, operands, "attributes", "loc", "ip"]
        if operation.regions:
            fixed = sum(r.constraint.multiplicity is Multiplicity.ONE for r in operation.regions)
            counts = [str(naming.region_count(r.name)[0]) for r in operation.regions if not has_fixed_count(r)]
            for part in counts:
                lines += call(f"{part} = _rt.count(", self._coerced(part), 8)
            arguments.append(f"regions={' + '.join([str(fixed)] * (fixed > 0 or not counts) + counts)}")
        if operation.successors:
            parts = [
                f"{'*' * (s.multiplicity is Multiplicity.VARIADIC)}{naming.argument(s.name)}"
                for s in operation.successors
            ]
            arguments.append(f"successors=[{', '.join(parts)}]")
        arguments += self._checks()
        lines += call("operation = _rt.create(", arguments, 8)
        for index, region in enumerate(operation.regions):
            if has_body(region, naming):
                part = naming.argument(region.name)
                inner = ["operation", str(index), py_literal(part), str(part), f"{part}_arguments"]
                terminator = self._dialect.operation(region.terminator) if region.terminator else None
                if terminator is not None and passes_values_on(terminator):
                    inner.append(str(naming.function(terminator)))
                lines += call("_rt.build_region(", [*inner, *self._checks()], 8)
        if self._completes() and not naming.is_drop_in:
            rules = naming.rules(operation)
            lines += ["        if results is None:", f"            operation = _rt.complete(operation, {rules})"]
        lines.append(f"        return {self._return_expression()}")
        return lines

    def _return_expression(self) -> str:
        results = self._operation.results
        if not results:
            return f"_rt.view_of(operation, {self._naming.operation_class(self._operation)})"
        if len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE:
            return "_rt.result_of(operation)"
        return "_rt.results_of(operation)"


def passes_values_on(terminator: Operation) -> bool:
    """Whether a terminator does nothing but return a list of values, so that a body's result can be given to it."""
    required = [a for a in terminator.arguments if isinstance(a, NamedValue) or a.attribute.required]
    return (
        len(required) == 1
        and isinstance(required[0], NamedValue)
        and required[0].value.is_list
        and not (terminator.results or terminator.regions or terminator.successors)
    )


def is_variable(named: NamedValue) -> bool:
    """Whether an operand or result stands for a number of values that the facts leave open."""
    return named.value.multiplicity is not Multiplicity.ONE


def has_fixed_count(region: object) -> bool:
    """Whether a region stands for exactly one."""
    constraint = getattr(region, "constraint", None)
    return getattr(constraint, "multiplicity", None) is Multiplicity.ONE


def build_body(
    dialect: Dialect, operation: Operation, naming: NamingPolicy, views: ConstraintViews, inference: Inference
) -> tuple[str, ...]:
    """The lines of an operation's builder."""
    return _Body(dialect, operation, naming, views, inference).build()
