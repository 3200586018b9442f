"""An operation as text that can be changed part by part: what the probe hands to Enzyme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum

from opspec.dataclass import dataclass
from opspec.model.constraints import AttributeConstraint, HasParent, Multiplicity
from opspec.model.dialect import Dialect, Operation
from opspec.samples.ir import print_attribute, print_block
from opspec.samples.resolve import ResolvedSample, SampleCall, resolve_sample

__all__ = ["Draft", "Frame", "block_line", "draft_of", "sizes_text"]

_OPERATION = re.compile(r'"([\w.]+)"\(')
_ARGUMENT = re.compile(r"%arg(\d+)\b")


class Frame(Enum):
    """What a draft stands in."""

    FUNCTION = "function"
    """A function, which returns behind it."""
    END = "end"
    """A function, which ends with it."""
    MODULE = "module"
    """The module itself."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One operation, in a function of its own. Operands and results are types, e.g. `("f64",)`; attributes are texts.

    `regions` are the texts of the regions' blocks, `successors` is a number, `setup` stands beside the function.
    `parents` are the operations around it, the outermost first; it stands in the region `inside` of the last, in a
    block with arguments of the types `block`. `used` are values `%argN` that the regions refer to: each N and its type.
    """

    name: str
    operands: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    results: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    successors: int = 0
    setup: str = ""
    parents: tuple[Draft, ...] = ()
    inside: int = 0
    block: tuple[str, ...] = ()
    frame: Frame = Frame.FUNCTION
    used: tuple[tuple[int, str], ...] = ()

    def attribute(self, name: str) -> str | None:
        """The text of an attribute, None where it is not set."""
        return dict(self.attributes).get(name)

    def without(self, name: str) -> Draft:
        """The draft without an attribute."""
        return replace(self, attributes=tuple(pair for pair in self.attributes if pair[0] != name))

    def setting(self, name: str, text: str) -> Draft:
        """The draft with an attribute set."""
        return replace(self, attributes=(*self.without(name).attributes, (name, text)))

    def changing(self, part: str, index: int, text: str) -> Draft:
        """The draft with another type at a place of `operands` or `results`."""
        types = list(self.types_of(part))
        types[index] = text
        return self.typed(part, types)

    def types_of(self, part: str) -> tuple[str, ...]:
        """The types of the `operands` or `results`."""
        return self.operands if part == "operands" else self.results

    def typed(self, part: str, types: Iterable[str]) -> Draft:
        """The draft with these types of `operands` or `results`."""
        return replace(self, operands=tuple(types)) if part == "operands" else replace(self, results=tuple(types))

    def counting(self, part: str, count: int) -> Draft:
        """The draft with so many operands, results, regions or successors; new ones are like the last."""
        match part:
            case "operands":
                return replace(self, operands=_sized(self.operands, count, "f64"))
            case "results":
                return replace(self, results=_sized(self.results, count, "f64"))
            case "regions":
                return replace(self, regions=_sized(self.regions, count, ""))
            case _:
                return replace(self, successors=count)

    @property
    def inner(self) -> frozenset[str]:
        """The names of operations that stand in its regions, and nowhere else."""
        names = frozenset(name for text in self.regions for name in _OPERATION.findall(text))
        return names - {self.name, *(parent.name for parent in self.parents)}

    def spoiled(self) -> Draft:
        """The draft with a region and a result more: what MLIR counts first."""
        more = self.counting("regions", len(self.regions) + 1)
        return more.counting("results", len(self.results) + 1)

    def framed(self) -> tuple[Draft, ...]:
        """The draft in other frames."""
        return tuple(replace(self, frame=frame) for frame in Frame if frame is not self.frame)

    @property
    def place(self) -> tuple[int, int]:
        """Where the operation stands in the text: line and column, as Enzyme counts them."""
        around = zip(self.parents, (*self.parents, self)[1:], strict=True)
        before = "".join(f"{each._values(str(i))}\n{inner._opened()}" for i, (each, inner) in enumerate(around))
        return len((self._head() + before + self._values("")).splitlines()) + 1, len(self._left()) + 3

    @property
    def _takes_arguments(self) -> bool:
        """Whether the operands are arguments of the function; else they are made where they are used."""
        return self.frame is not Frame.MODULE and not self.parents

    def _head(self) -> str:
        setup = f"{self.setup}\n" if self.setup else ""
        if self.frame is Frame.MODULE:
            return f"module {{\n{setup}"
        taken = self.operands if self._takes_arguments else ()
        arguments = ", ".join(f"%arg_{i}: {text}" for i, text in enumerate(taken))
        return f"module {{\n{setup}func.func @probe_sample({arguments}) {{\n"

    def _values(self, who: str) -> str:
        """Values for the operands, made out of nothing, where they are no arguments."""
        made = '"builtin.unrealized_conversion_cast"() : () -> '
        used = "".join(f"  %arg{number} = {made}{text}\n" for number, text in self.used)
        if not who and self._takes_arguments:
            return used
        return used + "".join(f"  %arg{who}_{index} = {made}{text}\n" for index, text in enumerate(self.operands))

    def _opened(self) -> str:
        """The line that begins the block that the operation stands in, where the block has arguments."""
        return f"{block_line(self.block)}\n" if self.block else ""

    def _left(self) -> str:
        count = len(self.results)
        return f"%res{f':{count}' if count > 1 else ''} = " if count else ""

    def _line(self, who: str, region: str | None = None, inside: int = 0) -> str:
        """The operation; `who` tells its arguments from those of its parents, `region` is what stands in one region."""
        operands = ", ".join(f"%arg{who}_{index}" for index in range(len(self.operands)))
        blocks = f"[{', '.join(['^bb1'] * self.successors)}]" if self.successors else ""
        texts = [region if region is not None and i == inside else text for i, text in enumerate(self.regions)]
        regions = f" ({', '.join(f'{{{text}}}' for text in texts)})" if texts else ""
        pairs = [name if text == "unit" else f"{name} = {text}" for name, text in sorted(self.attributes)]
        attributes = f" {{{', '.join(pairs)}}}" if pairs else ""
        types = f"({', '.join(self.operands)}) -> ({', '.join(self.results)})"
        left = self._left().replace("%res", f"%res{who}")
        return f'  {left}"{self.name}"({operands}){blocks}{regions}{attributes} : {types}\n'

    def render(self) -> str:
        """The module's text."""
        text = self._values("") + self._line("")
        inner = self
        for index, parent in reversed(list(enumerate(self.parents))):
            region = f"\n{inner._opened()}{text}"
            text = parent._values(str(index)) + parent._line(str(index), region, inner.inside)
            inner = parent
        match self.frame:
            case Frame.FUNCTION:
                block = "^bb1:\n" if self.successors else ""  # an operation with successors ends its block
                tail = f"{block}  return\n}}\n"
            case Frame.END:
                tail = "^bb1:\n  return\n}\n" if self.successors else "}\n"
            case Frame.MODULE:
                tail = ""
        return f"{self._head()}{text}{tail}}}\n"


def _sized(items: tuple[str, ...], count: int, filler: str) -> tuple[str, ...]:
    last = items[-1] if items else filler
    return (*items[:count], *[last] * (count - len(items)))


def block_line(types: Sequence[str]) -> str:
    """The line that begins a block with arguments of these types."""
    return f"^bb0({', '.join(f'%block_{index}: {text}' for index, text in enumerate(types))}):"


def sizes_text(sizes: list[int]) -> str:
    """The attribute that holds sizes of groups."""
    return f"array<i32: {', '.join(map(str, sizes))}>" if sizes else "array<i32>"


def draft_of(dialect: Dialect, operation: Operation) -> Draft:
    """The operation's sample as a draft, inside the operations that it has to stand in."""
    sample = resolve_sample(dialect, operation)
    call = _call_of(sample, operation)
    declared = [r for r in operation.regions if r.constraint.multiplicity is Multiplicity.ONE]
    blocks = [call.block(region) for region in declared]
    regions = tuple("" if block is None else f"\n{print_block(dialect, sample, block)}\n" for block in blocks)
    used = {int(number) for text in regions for number in _ARGUMENT.findall(text)}
    parents, inside = _parents(dialect, operation)
    in_module = any(isinstance(t, HasParent) and t.operations == ("builtin.module",) for t in operation.traits)
    return Draft(
        f"{dialect.name}.{operation.mnemonic}",
        call.types,
        _attributes(dialect, call),
        tuple(text for part in call.results for text in part),
        regions,
        len(operation.successors),
        sample.setup,
        parents,
        inside,
        frame=Frame.MODULE if in_module else Frame.FUNCTION,
        used=tuple((number, text) for number, text in enumerate(sample.arguments) if number in used),
    )


def _call_of(sample: ResolvedSample, operation: Operation) -> SampleCall:
    """The operation itself in its sample."""
    calls = [sample.call, *(call for block in sample.path for call in block.calls)]
    return next(call for call in calls if call.operation is operation)


def _parents(dialect: Dialect, operation: Operation) -> tuple[tuple[Draft, ...], int]:
    """The operations that a trait wants around it, and the region of the last that it belongs into."""
    wanted = [name for trait in operation.traits if isinstance(trait, HasParent) for name in trait.operations]
    for parent in dialect.operations:
        if f"{dialect.name}.{parent.mnemonic}" in wanted and parent is not operation and parent.regions:
            ended = [i for i, region in enumerate(parent.regions) if region.terminator == operation.mnemonic]
            draft = draft_of(dialect, parent)
            return (*draft.parents, replace(draft, parents=())), ended[0] if ended else 0
    return (), 0


def _attributes(dialect: Dialect, sample: SampleCall) -> tuple[tuple[str, str], ...]:
    texts: list[tuple[str, str]] = []
    if sample.operation.has_trait("AttrSizedOperandSegments"):
        texts.append(("operandSegmentSizes", sizes_text([len(part) for part in sample.operands])))
    if sample.operation.has_trait("AttrSizedResultSegments"):
        texts.append(("resultSegmentSizes", sizes_text([len(part) for part in sample.results])))
    for attribute in sample.operation.attributes:
        value = sample.attribute(attribute.name)
        if value is not None:
            texts.append((attribute.name, attribute_text(dialect, attribute.attribute.constraint, value)))
    return tuple(texts)


def attribute_text(dialect: Dialect, constraint: AttributeConstraint, value: object) -> str:
    """An attribute of a sample as text."""
    return print_attribute(dialect, constraint, value)  # type: ignore[arg-type]
