"""What a case is made of, read off the program and the mode: the rows of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .modes import Batch, Builder, Forward, Mode, Primal, Reverse, layers
from .syntax import Op, Program, Region, Shaped, Value, element_of, is_float, is_memory, is_tensor, walk

__all__ = ["features_of", "mode_name"]

LOOPS = ("scf.for", "affine.for")
PARALLEL = ("scf.parallel", "affine.parallel")
REAL = ("f64", "f32")


def features_of(program: Program, mode: Mode) -> frozenset[str]:
    """All features of a case."""
    return frozenset({*_of_program(program), *_of_mode(mode, program)})


def mode_name(mode: Mode) -> str:
    """`reverse`, `forward over reverse`, `batch of forward`, `enzyme.vjp`."""
    if isinstance(mode, Primal):
        return "primal"
    if isinstance(mode, Builder):
        return f"enzyme.{mode.name}"
    rest = "" if isinstance(mode.of, Primal) else mode_name(mode.of)
    if isinstance(mode, Batch):
        return f"batch of {rest or 'a function'}"
    word = "reverse" if isinstance(mode, Reverse) else "forward"
    return f"{word} over {rest}" if rest else word


def _of_mode(mode: Mode, program: Program) -> Iterator[str]:
    yield mode_name(mode)
    for layer in layers(mode):
        plain = layer.builds if isinstance(layer, Builder) else layer
        if not isinstance(plain, Reverse | Forward):
            continue
        if plain.width > 1:
            yield f"width in {'reverse' if isinstance(plain, Reverse) else 'forward'} mode"
        if isinstance(plain.of, Primal):
            for word, value in zip(plain.activity, program.entry.block.arguments, strict=True):
                if is_float(value.type) and word.startswith("const"):
                    yield "const memory" if is_memory(value.type) else "const argument"
                if is_memory(value.type) and word == "dupnoneed":
                    yield "dupnoneed memory"
        if any(word.startswith("const") for word in plain.returns):
            yield "const result"
        if isinstance(plain, Reverse) and any(word.startswith("dup") for word in plain.returns):
            yield "dup result in reverse mode"
        if "constnoneed" in plain.activity:
            yield "constnoneed argument"


def _of_program(program: Program) -> Iterator[str]:
    for function in program.functions:
        block = function.block
        uses = set(_uses(block))
        yield from _of_region(block, uses, (), is_entry=function is program.entry)
        constants = {value.name for each in walk(block.body) if each.kind == "constant" for value in each.results}
        for each in walk(block.body):
            yield from _of_op(each, uses, constants, program)
    for value in program.entry.block.arguments:
        if is_memory(value.type):
            yield "memory argument" if is_float(value.type) else "integer memory argument"
            if isinstance(value.type, Shaped) and None in value.type.shape:
                yield "size known at run time"
            if isinstance(value.type, Shaped) and value.type.layout:
                yield "strided memory argument"
        elif is_tensor(value.type):
            yield "tensor argument"
        if element_of(value.type) == "f32":
            yield "f32"
    if len(program.entry.block.yields) > 1:
        yield "several results"
    for memory in program.globals:
        yield "constant global" if memory.is_constant else "mutable global"
    calls = {function.name: _callees(function.block) for function in program.functions}
    if any(name in callees for name, callees in calls.items()):
        yield "recursion"
    if any(other != name and calls.get(other, set()) - {other} for name in calls for other in calls[name]):
        yield "nested call"


def _callees(block: Region) -> set[str]:
    return {each.get("callee") for each in walk(block.body) if each.kind == "func.call"}


def _uses(region: Region) -> Iterator[str]:
    for each in region.body:
        for value in each.operands:
            yield value.name
        for inner in each.regions:
            yield from _uses(inner)
    for value in region.yields:
        yield value.name


def _of_region(region: Region, uses: set[str], around: tuple[Op, ...], is_entry: bool = False) -> Iterator[str]:
    """What depends on where an operation stands."""
    for each in region.body:
        loops = [outer for outer in around if outer.kind in (*LOOPS, *PARALLEL, "scf.while")]
        is_loop = each.kind in (*LOOPS, *PARALLEL, "scf.while")
        if is_loop and loops:
            yield "nested loops"
        if each.kind in ("memref.alloc", "memref.alloca") and around:
            yield "buffer in a block"
        if each.kind in ("memref.store", "affine.store") and loops:
            yield "store in a loop"
        if each.kind in ("scf.if", "affine.if") and loops:
            yield "branch in a loop"
        if each.kind in LOOPS:
            positions = {outer.regions[0].arguments[0].name for outer in around if outer.kind in LOOPS}
            bounds = each.operands[:3] if each.kind == "scf.for" else each.operands[: _bound_count(each)]
            if any(value.name in positions for value in bounds):
                yield "triangular loop"
        for inner in each.regions:
            yield from _of_region(inner, uses, (*around, each))


def _bound_count(each: Op) -> int:
    return (each.get("lower") is None) + (each.get("upper") is None)


def _of_op(each: Op, uses: set[str], constants: set[str], program: Program) -> Iterator[str]:
    kind = each.kind
    if kind != "constant":
        yield kind
    if kind in LOOPS:
        yield from _of_loop(each, program)
    if kind in (*LOOPS, "scf.while", "scf.if", "affine.if"):
        unused = [value.name not in uses for value in each.results]
        if any(unused) and not all(unused):
            yield "unused result"
    if kind in (*LOOPS, "scf.while"):
        arguments = [value for value in each.regions[-1].arguments if value.type != "index" or kind == "scf.while"]
        yields = each.regions[-1].yields
        if len(yields) > 1:
            yield "several carried values"
        if any(value in arguments and value != own for own, value in zip(arguments, yields, strict=False)):
            yield "swapped values"
        if any(is_tensor(value.type) for value in each.results):
            yield "tensors in a loop"
        if any(is_memory(value.type) for value in each.results):
            yield "memory carried by a loop"
        starts = each.operands[len(each.operands) - len(each.results) :]
        if any(value.name in constants and is_float(value.type) for value in starts):
            yield "constant start value"
    if kind in ("scf.if", "affine.if"):
        yield f"{kind} {'with' if each.results else 'without'} results"
    if kind in PARALLEL:
        for word in each.get("reductions", ()):
            yield f"parallel reduction {word}"
    if kind in ("memref.store", "affine.store"):
        stored = each.operands[0]
        if not is_float(stored.type):
            yield "mask memory" if stored.type == "i1" else "integer memory"
        elif stored.name in constants:
            yield "store of a constant"
    if kind == "linalg.fill" and each.operands[0].name in constants:
        yield "fill with a constant"
    if kind.startswith("linalg."):
        yield f"{kind} on {'memory' if is_memory(each.operands[-1].type) else 'tensors'}"
    if kind == "linalg.matmul" and isinstance(each.operands[1].type, Shaped) and each.operands[1].type.shape[1] == 1:
        yield "matmul onto one column"
    if kind == "func.call":
        if any(is_memory(value.type) for value in each.operands):
            yield "call with memory"
        if len(each.results) > 1:
            yield "call with several results"
    if is_tensor_arithmetic(each):
        yield "arithmetic on tensors"


def is_tensor_arithmetic(each: Op) -> bool:
    """Whether it is an operation of `arith` or `math` on whole tensors."""
    return each.kind.startswith(("arith.", "math.")) and any(is_tensor(value.type) for value in each.results)


def _of_loop(each: Op, program: Program) -> Iterator[str]:
    arguments = {value.name for value in program.entry.block.arguments}
    if each.kind == "affine.for":
        given = [each.get("lower"), each.get("upper"), each.get("step")]
        dynamic: Iterable[Value] = each.operands[: _bound_count(each)]
    else:
        literals = {
            value.name: inner.get("value")
            for function in program.functions
            for inner in walk(function.block.body)
            if inner.kind == "constant"
            for value in inner.results
        }
        given = [literals.get(value.name) for value in each.operands[:3]]
        dynamic = [value for value in each.operands[:3] if value.name not in literals]
    lower, upper, step = given
    if any(value.name in arguments for value in dynamic):
        yield "bounds known at run time"
    if lower != 0:
        yield "lower bound"
    if step != 1:
        yield "step"
    if None not in given:
        count = len(range(lower, upper, step))
        if count < 2:
            yield f"{('no', 'one')[count]} trip"
