"""Random modes: which derivative is asked of a program."""

from __future__ import annotations

import random

from .modes import Batch, Builder, Forward, Mode, Port, Primal, Reverse, signature
from .syntax import Program, Shaped, is_float, is_memory

__all__ = ["forward", "random_mode", "reverse"]


def random_mode(rng: random.Random, program: Program) -> Mode | None:
    """A mode that a program can be asked for; None where there is none."""
    base = Primal()
    ports = signature(base, program)
    small = sum(_size(port) for port in ports.arguments if is_float(port.type)) <= 9
    can_repeat = bool(ports.results) and all(_is_array(port) for port in (*ports.arguments, *ports.results))
    weights = [9, 7, 5 if small else 0, 3, 4 if can_repeat else 0]
    kind = rng.choices(["reverse", "forward", "nested", "builder", "batch"], weights)[0]
    if kind == "reverse":
        return reverse(rng, base, program)
    if kind == "forward":
        return forward(rng, base, program)
    if kind == "batch":
        return batch(rng, program)
    if kind == "builder":
        return builder(rng, program)
    first = rng.choice([reverse, forward])(rng, base, program, is_inner=True)
    if first is None:
        return None
    return rng.choice([reverse, forward])(rng, first, program)


def _is_array(port: Port) -> bool:
    """Whether it can be repeated along a batch."""
    return is_float(port.type) and not is_memory(port.type)


def batch(rng: random.Random, program: Program) -> Mode | None:
    """A batch of the program, of a derivative of it, or a derivative of a batch of it."""
    base = Primal()
    plain = Batch(base, rng.choice([2, 3]))
    kind = rng.choice(["function", "derivative", "derivative", "below"])
    if kind == "function":
        return plain
    ask = rng.choice([reverse, forward])
    if kind == "below":
        return ask(rng, plain, program, is_inner=True)
    inner = ask(rng, base, program, is_inner=True)
    return inner and Batch(inner, plain.size)


def builder(rng: random.Random, program: Program) -> Builder | None:
    """A builder, with what it builds."""
    ports = signature(Primal(), program)
    one_scalar = len(ports.results) == 1 and isinstance(ports.results[0].type, str)
    names = ["vjp", "jvp", *(["gradient", "value_and_gradient"] * 2 if one_scalar else [])]
    name = rng.choice(names)
    floats = [index for index, port in enumerate(ports.arguments) if is_float(port.type)]
    numbers = [index for index in floats if not is_memory(ports.arguments[index].type)]
    if name == "jvp":
        if not ports.results:
            return None
        moved = {index for index in floats if rng.random() < 0.85}
        words = ("dup", "const") if rng.random() < 0.6 else ("dupnoneed", "constnoneed")
        activity = tuple("dup" if index in moved else "const" for index in range(len(ports.arguments)))
        returns = tuple(words[0] if is_float(port.type) else words[1] for port in ports.results)
        return Builder(Forward(Primal(), activity, returns), name) if moved else None
    order = [index for index in numbers if rng.random() < 0.85]
    rng.shuffle(order)
    shadowed = {index for index in floats if index not in numbers and rng.random() < 0.85}
    activity = tuple(
        "dup" if index in shadowed else "active" if index in order else "const" for index in range(len(ports.arguments))
    )
    suffix = "" if name == "value_and_gradient" or (name == "vjp" and rng.random() < 0.5) else "noneed"
    seeded = [is_float(port.type) and (name != "vjp" or rng.random() < 0.9) for port in ports.results]
    returns = tuple(("active" if each else "const") + suffix for each in seeded)
    if not (order or shadowed) or not (any(seeded) or shadowed):
        return None
    return Builder(Reverse(Primal(), activity, returns, unit_seed=name != "vjp"), name, tuple(order))


def _size(port: Port) -> int:
    size = 1
    for each in port.type.shape if isinstance(port.type, Shaped) else ():
        size *= each or 4
    return size


def _noneed(rng: random.Random, word: str, share: float) -> str:
    return word + "noneed" * (rng.random() < share)


def reverse(rng: random.Random, of: Mode, program: Program, is_inner: bool = False) -> Reverse | None:
    """Reverse mode with random activities; None where there is nothing to differentiate by, or of."""
    shape = signature(of, program)
    width = _width(rng, shape.arguments, is_inner)
    activity: list[str] = []
    for port in shape.arguments:
        if not is_float(port.type) or rng.random() < 0.12:
            activity.append(_noneed(rng, "const", 0.1))
        elif is_memory(port.type):
            activity.append("const" if width > 1 else _noneed(rng, "dup", 0.2))
        else:
            activity.append(_noneed(rng, "active", 0.1))
    returns = [
        _noneed(rng, "active" if is_float(port.type) and rng.random() < 0.9 else "const", 0.6) for port in shape.results
    ]
    mode = Reverse(of, tuple(activity), tuple(returns), width, unit_seed=rng.random() < 0.12)
    has_target = any(word.startswith("active") for word in returns) or any(word.startswith("dup") for word in activity)
    has_source = any(not word.startswith("const") for word in activity)
    return mode if has_target and has_source else None


def _result(rng: random.Random, port: Port) -> str:
    """What reverse mode does with a result; with `dup` nothing flows back from it, as with `const`."""
    if is_float(port.type) and rng.random() < 0.9:
        return "active"
    return "dup" if is_float(port.type) and rng.random() < 0.2 else "const"


def forward(rng: random.Random, of: Mode, program: Program, is_inner: bool = False) -> Forward | None:
    """Forward mode with random activities; None where nothing changes, or no change is seen."""
    shape = signature(of, program)
    width = _width(rng, shape.arguments, is_inner)
    activity: list[str] = []
    for port in shape.arguments:
        if not is_float(port.type) or rng.random() < 0.12 or (width > 1 and is_memory(port.type)):
            activity.append(_noneed(rng, "const", 0.1))
        else:
            activity.append(_noneed(rng, "dup", 0.2))
    returns = [
        _noneed(rng, "dup" if is_float(port.type) and rng.random() < 0.9 else "const", 0.5) for port in shape.results
    ]
    mode = Forward(of, tuple(activity), tuple(returns), width)
    has_target = any(word.startswith("dup") for word in returns) or any(
        word.startswith("dup") and is_memory(port.type) for word, port in zip(activity, shape.arguments, strict=True)
    )
    return mode if has_target and any(word.startswith("dup") for word in activity) else None


def _width(rng: random.Random, ports: tuple[Port, ...], is_inner: bool) -> int:
    """How many directions at once; memory has no wide form."""
    if is_inner or rng.random() > 0.12 or all(is_memory(port.type) for port in ports if is_float(port.type)):
        return 1
    return rng.choice([2, 3, 4])
