"""Which derivative is asked of a program, what the caller of it looks like, and what it takes and gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .printing import names, type_text
from .syntax import Program, Shaped, Type, Value

__all__ = [
    "MAIN",
    "Batch",
    "Builder",
    "Forward",
    "Mode",
    "Port",
    "Primal",
    "Reverse",
    "Signature",
    "caller_text",
    "inner",
    "layers",
    "signature",
]

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Primal:
    """The program itself."""


@dataclass(frozen=True, slots=True)
class Reverse:
    """`enzyme.autodiff`; activities are words, `active`, `dup`, `const`, each with or without `noneed`."""

    of: Mode
    activity: tuple[str, ...]
    returns: tuple[str, ...]
    width: int = 1
    unit_seed: bool = False
    """Whether seeds are the constant 1 in the caller instead of its arguments."""


@dataclass(frozen=True, slots=True)
class Forward:
    """`enzyme.fwddiff`."""

    of: Mode
    activity: tuple[str, ...]
    returns: tuple[str, ...]
    width: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """`enzyme.batch`."""

    of: Mode
    size: int


@dataclass(frozen=True, slots=True)
class Builder:
    """One of the builders that choose activities by themselves: what they build, and how they are called."""

    builds: Reverse | Forward
    name: str
    """`gradient`, `value_and_gradient`, `vjp` or `jvp`."""
    order: tuple[int, ...] = ()
    """The arguments by which it differentiates, in the order in which derivatives come."""


Mode = Primal | Reverse | Forward | Batch | Builder


@dataclass(frozen=True, slots=True)
class Port:
    """An argument or a result of a caller."""

    value: Value
    role: str
    """`primal`, `shadow`, `seed`, `tangent` or `derivative`."""
    of: int
    """The argument or result of the function inside that it belongs to."""
    keeps: bool = True
    """For memory: whether its contents are defined afterwards."""

    @property
    def type(self) -> Type:
        """Its type."""
        return self.value.type


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and gives."""

    arguments: tuple[Port, ...]
    results: tuple[Port, ...]


def inner(mode: Mode) -> Mode:
    """What is differentiated or repeated."""
    assert not isinstance(mode, Primal)
    return mode.builds.of if isinstance(mode, Builder) else mode.of


def layers(mode: Mode) -> Iterator[Mode]:
    """The mode, what it is of, and so on, without the program."""
    while not isinstance(mode, Primal):
        yield mode
        mode = inner(mode)


def widened(type_: Type, sizes: tuple[int, ...]) -> Type:
    """The type with sizes in front of its shape."""
    if not sizes:
        return type_
    if isinstance(type_, str):
        return Shaped("tensor", sizes, type_)
    return replace(type_, shape=(*sizes, *type_.shape))


def signature(mode: Mode, program: Program) -> Signature:
    """What the caller of a mode takes and gives."""
    if isinstance(mode, Primal):
        block = program.entry.block
        return Signature(
            tuple(Port(value, "primal", i) for i, value in enumerate(block.arguments)),
            tuple(Port(Value(f"r{i}", value.type), "primal", i) for i, value in enumerate(block.yields)),
        )
    if isinstance(mode, Builder):
        plain = signature(mode.builds, program)
        derivatives = {port.of: port for port in plain.results if port.role == "derivative"}
        if not derivatives:  # a builder gives all primals, then all tangents
            ordered = sorted(plain.results, key=lambda port: port.role != "primal")
        else:
            primals = [port for port in plain.results if port.role != "derivative"]
            ordered = [*primals, *(derivatives[index] for index in mode.order)]
        return Signature(plain.arguments, tuple(ordered))
    below = signature(mode.of, program)
    if isinstance(mode, Batch):
        return Signature(
            tuple(_batched(port, mode.size) for port in below.arguments),
            tuple(_batched(port, mode.size) for port in below.results),
        )
    return _reverse(mode, below) if isinstance(mode, Reverse) else _forward(mode, below)


def _batched(port: Port, size: int) -> Port:
    value = Value(port.value.name, widened(port.type, (size,)))
    return replace(port, value=value)


def _port(port: Port, role: str, index: int, mode: Reverse | Forward) -> Port:
    """A port that goes with one of the function inside."""
    if role == "primal":
        return Port(port.value, role, index, port.keeps)
    type_ = widened(port.type, (mode.width,) if mode.width > 1 else ())
    depth = len(list(layers(mode)))
    return Port(Value(f"{port.value.name}_{role[0]}{depth}", type_), role, index)


def _reverse(mode: Reverse, below: Signature) -> Signature:
    arguments: list[Port] = []
    results: list[Port] = []
    for index, (word, port) in enumerate(zip(mode.activity, below.arguments, strict=True)):
        keeps = port.keeps and word != "dupnoneed"
        arguments.append(replace(_port(port, "primal", index, mode), keeps=keeps))
        if word.startswith("dup"):
            arguments.append(_port(port, "shadow", index, mode))
    for index, (word, port) in enumerate(zip(mode.returns, below.results, strict=True)):
        if not word.endswith("noneed"):
            results.append(_port(port, "primal", index, mode))
        if word.startswith("active") and not mode.unit_seed:
            arguments.append(_port(port, "seed", index, mode))
    for index, (word, port) in enumerate(zip(mode.activity, below.arguments, strict=True)):
        if word.startswith("active"):
            results.append(_port(port, "derivative", index, mode))
    return Signature(tuple(arguments), tuple(results))


def _forward(mode: Forward, below: Signature) -> Signature:
    arguments: list[Port] = []
    results: list[Port] = []
    for index, (word, port) in enumerate(zip(mode.activity, below.arguments, strict=True)):
        keeps = port.keeps and word != "dupnoneed"
        arguments.append(replace(_port(port, "primal", index, mode), keeps=keeps))
        if word.startswith("dup"):
            arguments.append(replace(_port(port, "tangent", index, mode), keeps=port.keeps))
    for index, (word, port) in enumerate(zip(mode.returns, below.results, strict=True)):
        if not word.endswith("noneed"):
            results.append(_port(port, "primal", index, mode))
        if word.startswith("dup"):
            results.append(_port(port, "tangent", index, mode))
    return Signature(tuple(arguments), tuple(results))


def caller_text(mode: Mode, program: Program, name: str = MAIN) -> str:
    """The functions that ask for the derivative, the last one under a name; none for builders, which build it."""
    if isinstance(mode, Primal | Builder):
        return ""
    if isinstance(mode.of, Primal):
        callee, before = program.entry.name, ""
    else:
        callee = f"{name}_inner"
        before = caller_text(mode.of, program, callee)
    shape = signature(mode, program)
    operands = [port.value for port in shape.arguments]
    lines: list[str] = []
    if isinstance(mode, Reverse) and mode.unit_seed:
        seeds, lines = _unit_seeds(mode, program)
        operands += seeds
    types = ", ".join(type_text(each.type) for each in operands)
    results = [port.value for port in shape.results]
    given = ", ".join(type_text(each.type) for each in results)
    head = f"{names(results)} = " if results else ""
    asked = f'{head}"enzyme.{_word(mode)}"({names(operands)}) {{fn = @{callee}, {_attributes(mode)}}}'
    taken = ", ".join(f"%{port.value.name}: {type_text(port.type)}" for port in shape.arguments)
    arrow = f" -> ({given})" if given else ""
    end = f"  return {names(results)} : {given}" if results else "  return"
    lines = [f"func.func @{name}({taken}){arrow} {{", *lines, f"  {asked} : ({types}) -> ({given})", end, "}"]
    return before + "\n".join(lines) + "\n"


def _unit_seeds(mode: Reverse, program: Program) -> tuple[list[Value], list[str]]:
    below = signature(mode.of, program)
    seeds: list[Value] = []
    lines: list[str] = []
    for index, (word, port) in enumerate(zip(mode.returns, below.results, strict=True)):
        if word.startswith("active"):
            seed = _port(port, "seed", index, mode).value
            one = "dense<1.0>" if isinstance(seed.type, Shaped) else "1.0"
            lines.append(f"  %{seed.name} = arith.constant {one} : {type_text(seed.type)}")
            seeds.append(seed)
    return seeds, lines


def _word(mode: Mode) -> str:
    words = {Reverse: "autodiff", Forward: "fwddiff", Batch: "batch"}
    return words[type(mode)]


def _attributes(mode: Reverse | Forward | Batch) -> str:
    if isinstance(mode, Batch):
        return f"batch_shape = array<i64: {mode.size}>"
    width = f", width = {mode.width} : i64" if mode.width > 1 else ""
    return f"activity = {_activities(mode.activity)}, ret_activity = {_activities(mode.returns)}{width}"


def _activities(words: Sequence[str]) -> str:
    return f"[{', '.join(f'#enzyme.activity<enzyme_{word}>' for word in words)}]"
