"""Operations whose region is a Python function, as MLIR's own `func.FuncOp.from_py_func` makes functions of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from .accessors import rules_for
from .errors import wrong_type
from .regions import Body
from .registry import class_built_by

__all__ = ["from_py_func"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def from_py_func(
    builder: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs
) -> Callable[[Body], _R]:
    """Build an operation whose region is the decorated function; its name then stands for what the builder returns.

    ```python
    @from_py_func(enzyme.autodiff_region, [x, seed], ["active"], ["activenoneed"])
    def dx(y):
        return arith.mulf(y, y)
    ```

    Args:
        builder: The function or the class of an operation with one region; those of several are built with
            `@op.build_NAME()` each.
        args: What it takes, but for the body.
        kwargs: What it takes by name.

    Raises:
        TypeError: `builder` is none, or the body is given too.
    """
    parameter = _body_of(builder)
    if parameter in kwargs:
        accepted = f"nothing, as the decorated function is the {parameter}"
        raise wrong_type("from_py_func", parameter, kwargs[parameter], accepted)

    def build(body: Body) -> _R:
        given: dict[str, Any] = {**kwargs, parameter: body}
        return builder(*args, **given)

    return build


def _body_of(builder: object) -> str:
    """The parameter for the body of the one region that an operation has."""
    accepted = "the function or class of an operation with one region"
    cls = class_built_by(builder)
    if cls is None:
        raise wrong_type("from_py_func", "builder", builder, accepted)
    bodies = [rule for rule in rules_for(cls).regions if not rule.is_variadic]
    if len(bodies) != 1:
        ways = [f"@op.build_{rule.parameter or rule.name}()" for rule in bodies]
        hint = f"; build it, then {' and '.join(ways)}" if ways else ""
        raise wrong_type("from_py_func", "builder", builder, accepted + hint)
    (rule,) = bodies
    return rule.parameter or rule.name
