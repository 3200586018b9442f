"""Programs as MLIR text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .arrays import NAMED
from .interpreter import COMBINE, COMPLEX, ELEMENTWISE
from .scalars import INTEGER
from .syntax import Function, Global, Op, Program, Region, Shaped, Type, Value, is_tensor

__all__ = ["Printer", "print_program", "type_text"]


def print_program(program: Program, wide: bool = False) -> str:
    """A program as a module.

    Args:
        program: The program.
        wide: Whether all floats are `f64`, for differences of its values.
    """
    printer = Printer(wide)
    return "\n".join([*map(printer.global_, program.globals), *map(printer.function, program.functions)]) + "\n"


def type_text(type_: Type, wide: bool = False) -> str:
    """A type in MLIR's notation."""
    if isinstance(type_, str):
        return type_.replace("f32", "f64") if wide else type_
    sizes = "".join(f"{'?' if size is None else size}x" for size in type_.shape)
    layout = f", {type_.layout}" if type_.layout else ""
    return f"{type_.kind}<{sizes}{type_text(type_.element, wide)}{layout}>"


def names(values: Iterable[Value]) -> str:
    return ", ".join(f"%{each.name}" for each in values)


class Printer:
    """Prints what belongs to a module."""

    def __init__(self, wide: bool = False) -> None:
        self.wide = wide

    def type(self, value: Value) -> str:
        return type_text(value.type, self.wide)

    def types(self, values: Iterable[Value]) -> str:
        return ", ".join(map(self.type, values))

    def typed(self, values: Iterable[Value]) -> str:
        return ", ".join(f"%{each.name}: {self.type(each)}" for each in values)

    def global_(self, each: Global) -> str:
        words = "constant " if each.is_constant else ""
        start = "uninitialized" if each.values is None else self.dense(each.type, each.values)
        return f'memref.global "private" {words}@{each.name} : {type_text(each.type, self.wide)} = {start}'

    def dense(self, type_: Shaped, values: tuple[object, ...]) -> str:
        """An array as MLIR writes it, row by row."""

        def nested(shape: tuple[int | None, ...], part: tuple[object, ...]) -> str:
            if not shape:
                return literal(type_.element, part[0])
            size = shape[0] or 0
            step = len(part) // size
            return f"[{', '.join(nested(shape[1:], part[i * step : (i + 1) * step]) for i in range(size))}]"

        return f"dense<{nested(type_.shape, values)}>"

    def function(self, function: Function) -> str:
        block = function.block
        arrow = f" -> ({self.types(block.yields)})" if block.yields else ""
        lines = self.block(block, "  ")
        end = f"  return {names(block.yields)} : {self.types(block.yields)}" if block.yields else "  return"
        return "\n".join([f"func.func @{function.name}({self.typed(block.arguments)}){arrow} {{", *lines, end, "}"])

    def block(self, region: Region, indent: str) -> list[str]:
        return [indent + line for each in region.body for line in self.op(each)]

    def op(self, each: Op) -> list[str]:
        """The lines of an operation."""
        if each.kind in ELEMENTWISE and each.kind not in PRINTERS:
            return [f"{head(each)}{each.kind} {names(each.operands)} : {self.type(each.results[0])}"]
        return PRINTERS[each.kind](self, each)

    def region(self, region: Region, word: str) -> list[str]:
        """What stands in the braces, with the terminator."""
        types = f" : {self.types(region.yields)}" if region.yields else ""
        return [*self.block(region, "  "), f"  {word} {names(region.yields)}{types}".rstrip()]

    # Scalars

    def constant(self, each: Op) -> list[str]:
        (result,) = each.results
        value = each.get("value")
        if isinstance(result.type, Shaped):
            return [f"{head(each)}arith.constant {self.dense(result.type, value)} : {self.type(result)}"]
        text = literal(result.type, value)
        return [f"{head(each)}arith.constant {text}" + ("" if result.type == "i1" else f" : {self.type(result)}")]

    def compare(self, each: Op) -> list[str]:
        left = each.operands[0]
        return [f"{head(each)}{each.kind} {each.get('predicate')}, {names(each.operands)} : {self.type(left)}"]

    def select(self, each: Op) -> list[str]:
        which, (result,) = each.operands[0], each.results
        extra = f"{self.type(which)}, " if is_tensor(which.type) else ""
        return [f"{head(each)}arith.select {names(each.operands)} : {extra}{self.type(result)}"]

    def same_type(self, each: Op) -> list[str]:
        return [f"{head(each)}{each.kind} {names(each.operands)} : {self.type(each.results[0])}"]

    def cast(self, each: Op) -> list[str]:
        (given,), (result,) = each.operands, each.results
        if self.wide and each.kind in ("arith.extf", "arith.truncf"):
            middle = f"%{result.name}_n"
            return [f"{middle} = arith.negf %{given.name} : f64", f"%{result.name} = arith.negf {middle} : f64"]
        return [f"{head(each)}{each.kind} %{given.name} : {self.type(given)} to {self.type(result)}"]

    def clamp(self, each: Op) -> list[str]:
        given, low, high = each.operands
        return [f"{head(each)}math.clampf %{given.name} to [%{low.name}, %{high.name}] : {self.type(given)}"]

    def complex(self, each: Op) -> list[str]:
        """A complex number; what the operation is named after is the type of the complex one."""
        type_ = each.results[0] if each.kind == "complex.create" else each.operands[0]
        return [f"{head(each)}{each.kind} {names(each.operands)} : {self.type(type_)}"]

    def integer_power(self, each: Op) -> list[str]:
        return [f"{head(each)}{each.kind} {names(each.operands)} : {self.types(each.operands)}"]

    # Control flow

    def loop(self, each: Op) -> list[str]:
        (region,) = each.regions
        rest = list(each.operands)
        if each.kind == "scf.for":
            start, stop, step, *inits = rest
            bounds = f"%{start.name} to %{stop.name} step %{step.name}"
        else:
            lower = bound(each.get("lower"), rest)
            bounds, inits = f"{lower} to {bound(each.get('upper'), rest)}", rest
            if each.get("step") != 1:
                bounds += f" step {each.get('step')}"
        position, *carried = region.arguments
        pairs = ", ".join(f"%{a.name} = %{b.name}" for a, b in zip(carried, inits, strict=True))
        iter_args = f" iter_args({pairs}) -> ({self.types(each.results)})" if inits else ""
        opening = f"{head(each)}{each.kind} %{position.name} = {bounds}{iter_args} {{"
        return [opening, *self.region(region, f"{dialect(each)}.yield"), "}"]

    def while_(self, each: Op) -> list[str]:
        before, after = each.regions
        pairs = ", ".join(f"%{a.name} = %{b.name}" for a, b in zip(before.arguments, each.operands, strict=True))
        condition, *forwarded = before.yields
        return [
            f"{head(each)}scf.while ({pairs}) : ({self.types(each.operands)}) -> ({self.types(each.results)}) {{",
            *self.block(before, "  "),
            f"  scf.condition(%{condition.name}) {names(forwarded)} : {self.types(forwarded)}",
            "} do {",
            f"^bb0({self.typed(after.arguments)}):",
            *self.region(after, "scf.yield"),
            "}",
        ]

    def if_(self, each: Op) -> list[str]:
        arrow = f" -> ({self.types(each.results)})" if each.results else ""
        opening = f"{head(each)}scf.if %{each.operands[0].name}{arrow} {{"
        return self._branches(opening, each)

    def affine_if(self, each: Op) -> list[str]:
        factor, offset, is_equality = each.get("condition")
        test = f"affine_set<(d0) : (d0 * {factor} + {offset} {'==' if is_equality else '>='} 0)>"
        arrow = f" -> {self.types(each.results)}" if len(each.results) == 1 else f" -> ({self.types(each.results)})"
        opening = f"{head(each)}affine.if {test}(%{each.operands[0].name}){arrow if each.results else ''} {{"
        return self._branches(opening, each)

    def _branches(self, opening: str, each: Op) -> list[str]:
        word = f"{dialect(each)}.yield"
        then, otherwise = (
            self.region(region, word) if region.yields else self.block(region, "  ") for region in each.regions
        )
        return [opening, *then, *(["} else {", *otherwise] if otherwise else []), "}"]

    def parallel(self, each: Op) -> list[str]:
        (region,) = each.regions
        rank = each.get("rank")
        parts = [names(each.operands[start : start + rank]) for start in (0, rank, 2 * rank)]
        inits = each.operands[3 * rank :]
        init = f" init ({names(inits)}) -> {', '.join(map(self.type, inits))}" if len(inits) == 1 else ""
        if len(inits) > 1:
            init = f" init ({names(inits)}) -> ({self.types(inits)})"
        lines = [
            f"{head(each)}scf.parallel ({names(region.arguments)}) = ({parts[0]}) to ({parts[1]}) "
            f"step ({parts[2]}){init} {{",
            *self.block(region, "  "),
        ]
        if not inits:
            return [*lines, "  scf.reduce", "}"]
        blocks: list[str] = []
        for number, (kind, value) in enumerate(zip(each.get("reductions"), region.yields, strict=True)):
            a, b, c = (f"%{each.results[0].name}_{letter}{number}" for letter in "abc")
            blocks.append(
                f"{{ ^bb0({a}: {self.type(value)}, {b}: {self.type(value)}): "
                f"{c} = {COMBINE[kind]} {a}, {b} : {self.type(value)} scf.reduce.return {c} : {self.type(value)} }}"
            )
        return [*lines, f"  scf.reduce({names(region.yields)} : {self.types(region.yields)}) {', '.join(blocks)}", "}"]

    def affine_parallel(self, each: Op) -> list[str]:
        (region,) = each.regions
        starts, stops, steps = zip(*each.get("axes"), strict=True)
        kinds = ", ".join(f'"{kind}"' for kind in each.get("reductions", ()))
        reduce = f" reduce ({kinds}) -> ({self.types(each.results)})" if kinds else ""
        axes = f"({commas(starts)}) to ({commas(stops)}) step ({commas(steps)})"
        opening = f"{head(each)}affine.parallel ({names(region.arguments)}) = {axes}{reduce} {{"
        lines = self.region(region, "affine.yield") if region.yields else self.block(region, "  ")
        return [opening, *lines, "}"]

    def call(self, each: Op) -> list[str]:
        results = f"({self.types(each.results)})"
        callee = f"func.call @{each.get('callee')}({names(each.operands)})"
        return [f"{head(each)}{callee} : ({self.types(each.operands)}) -> {results}"]

    # Memory

    def access(self, each: Op) -> list[str]:
        is_load = not each.kind.endswith("store")
        value = [] if is_load else [each.operands[0]]
        memory, *indices = each.operands[len(value) :]
        place = names(indices)
        if each.get("affine") is not None:
            left = iter(indices)
            place = ", ".join(
                f"%{next(left).name} * {factor} + {offset}" if factor else str(offset)
                for factor, offset in each.get("affine")
            )
        stored = f"%{value[0].name}, " if value else ""
        return [f"{head(each)}{each.kind} {stored}%{memory.name}[{place}] : {self.type(memory)}"]

    def insert(self, each: Op) -> list[str]:
        value, tensor, *indices = each.operands
        place = f"%{value.name} into %{tensor.name}[{names(indices)}]"
        return [f"{head(each)}tensor.insert {place} : {self.type(tensor)}"]

    def allocate(self, each: Op) -> list[str]:
        return [f"{head(each)}{each.kind}({names(each.operands)}) : {self.type(each.results[0])}"]

    def dealloc(self, each: Op) -> list[str]:
        return [f"{each.kind} {names(each.operands)} : {self.types(each.operands)}"]

    def copy(self, each: Op) -> list[str]:
        a, b = each.operands
        return [f"memref.copy %{a.name}, %{b.name} : {self.type(a)} to {self.type(b)}"]

    def dim(self, each: Op) -> list[str]:
        return [f"{head(each)}memref.dim {names(each.operands)} : {self.type(each.operands[0])}"]

    def get_global(self, each: Op) -> list[str]:
        return [f"{head(each)}memref.get_global @{each.get('name')} : {self.type(each.results[0])}"]

    def part(self, each: Op) -> list[str]:
        """A view or a slice."""
        into = each.kind == "tensor.insert_slice"
        source = each.operands[0]
        target, indices = (each.operands[1], each.operands[2:]) if into else (each.results[0], each.operands[1:])
        left = iter(indices)
        starts, sizes, strides = zip(*each.get("part"), strict=True)
        offsets = [f"%{next(left).name}" if start is None else start for start in starts]
        numbers = f"[{commas(offsets)}] [{commas(1 if size is None else size for size in sizes)}] [{commas(strides)}]"
        place = f"%{source.name} into %{target.name}{numbers}" if into else f"%{source.name}{numbers}"
        word = "into" if into else "to"
        return [f"{head(each)}{each.kind} {place} : {self.type(source)} {word} {self.type(target)}"]

    # Structured operations and tensors

    def structured(self, each: Op, middle: str = "", between: str = "") -> str:
        *given, target = each.operands
        result = f" -> {self.types(each.results)}" if each.results and between == "" else ""
        ins = f" ins({names(given)} : {self.types(given)})" if given else ""
        return f"{head(each)}{each.kind}{middle}{ins} outs(%{target.name} : {self.type(target)}){between}{result}"

    def plain(self, each: Op) -> list[str]:
        return [self.structured(each)]

    def generic(self, each: Op) -> list[str]:
        (region,) = each.regions
        dims = ", ".join(f"d{d}" for d in range(len(each.get("iterators"))))
        maps = ", ".join(f"affine_map<({dims}) -> ({commas(f'd{d}' for d in map_)})>" for map_ in each.get("maps"))
        kinds = ", ".join(f'"{kind}"' for kind in each.get("iterators"))
        traits = f" {{indexing_maps = [{maps}], iterator_types = [{kinds}]}}"
        *given, target = each.operands
        ins = f" ins({names(given)} : {self.types(given)})" if given else ""
        result = f" -> {self.types(each.results)}" if each.results else ""
        return [
            f"{head(each)}linalg.generic{traits}{ins} outs(%{target.name} : {self.type(target)}) {{",
            f"^bb0({self.typed(region.arguments)}):",
            *self.region(region, "linalg.yield"),
            f"}}{result}",
        ]

    def reduce(self, each: Op) -> list[str]:
        (region,) = each.regions
        opening = self.structured(each, between=f" dimensions = [{each.get('axis')}]")
        return [f"{opening}", f"  ({self.typed(region.arguments)}) {{", *self.region(region, "linalg.yield"), "}"]

    def map(self, each: Op) -> list[str]:
        return [self.structured(each, middle=f" {{ {each.get('function')} }}", between=" ")]

    def from_elements(self, each: Op) -> list[str]:
        return [f"{head(each)}{each.kind} {names(each.operands)} : {self.type(each.results[0])}"]

    def empty(self, each: Op) -> list[str]:
        return [f"{head(each)}tensor.empty() : {self.type(each.results[0])}"]


P = Printer
PRINTERS: dict[str, Callable[[Printer, Op], list[str]]] = {
    "constant": P.constant,
    "arith.cmpf": P.compare,
    "arith.cmpi": P.compare,
    "arith.select": P.select,
    **{f"arith.{kind}": P.cast for kind in ("index_cast", "extf", "truncf", "sitofp", "fptosi")},
    **dict.fromkeys(INTEGER, P.same_type),
    "math.clampf": P.clamp,
    "math.fpowi": P.integer_power,
    "math.sincos": P.same_type,
    **dict.fromkeys(COMPLEX, P.complex),
    "scf.for": P.loop,
    "affine.for": P.loop,
    "scf.while": P.while_,
    "scf.if": P.if_,
    "affine.if": P.affine_if,
    "scf.parallel": P.parallel,
    "affine.parallel": P.affine_parallel,
    "func.call": P.call,
    **dict.fromkeys(("memref.load", "affine.load", "memref.store", "affine.store", "tensor.extract"), P.access),
    **dict.fromkeys(("memref.alloc", "memref.alloca"), P.allocate),
    "memref.dealloc": P.dealloc,
    "memref.copy": P.copy,
    "memref.dim": P.dim,
    "memref.get_global": P.get_global,
    **dict.fromkeys(("memref.subview", "tensor.extract_slice", "tensor.insert_slice"), P.part),
    **dict.fromkeys(("linalg.fill", "linalg.matmul", *NAMED), P.plain),
    "linalg.generic": P.generic,
    "linalg.reduce": P.reduce,
    "linalg.map": P.map,
    "tensor.insert": P.insert,
    **dict.fromkeys(("tensor.from_elements", "tensor.splat"), P.from_elements),
    "tensor.empty": P.empty,
}


def head(each: Op) -> str:
    """The results and the equals sign."""
    return f"{names(each.results)} = " if each.results else ""


def dialect(each: Op) -> str:
    return each.kind.partition(".")[0]


def commas(parts: Iterable[object]) -> str:
    return ", ".join(map(str, parts))


def bound(fixed: int | None, rest: list[Value]) -> str:
    return f"affine_map<(d0) -> (d0)>(%{rest.pop(0).name})" if fixed is None else str(fixed)


def literal(element: str, value: object) -> str:
    """A number as an attribute."""
    if element == "i1":
        return "true" if value else "false"
    if element in ("f64", "f32"):
        assert isinstance(value, int | float)
        text = repr(float(value))
        mantissa, mark, exponent = text.partition("e")
        return text if not mark or "." in mantissa else f"{mantissa}.0e{exponent}"
    return str(value)
