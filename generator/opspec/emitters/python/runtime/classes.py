"""What makes a class of the module the class of an operation: its constructor, and what the host asks of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from .accessors import rules_for
from .errors import is_gone, wrong_type
from .host import ir
from .registry import register_operation
from .views import become, want

__all__ = ["builds_as", "operation_class"]

_P = ParamSpec("_P")
_C = TypeVar("_C", bound=type)

# In quotes, for editors: jedi follows the functions below to the builder's signature only where it cannot read these.
_Builder: TypeAlias = "Callable[_P, object]"
_Constructed: TypeAlias = (
    "Callable[[Callable[..., None]], Callable[Concatenate[Any, _P], None]]"
)


def builds_as(builder: _Builder[_P]) -> _Constructed[_P]:
    """Decorates a constructor, which gets the parameters of the builder and builds as it does."""

    def decorate(init):  # type: ignore[no-untyped-def]
        def constructor(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            if not isinstance(self, ir.OpView):
                accepted = "an object of the operation's class"
                raise wrong_type(builder.__name__, "self", self, accepted)
            want(self)
            try:
                built = builder(*args, **kwargs)
            except TypeError as error:
                trace = error.__traceback__
                if trace is None or trace.tb_next is not None:
                    raise
                # The arguments do not fit the builder: Python names the function, the caller called the class.
                _, bracket, what = str(error).partition("(")
                called = f"{type(self).__name__}.__init__"
                raise TypeError(f"{called}{bracket}{what}") from None
            finally:
                want(None)
            if built is not self:
                become(self, built)

        constructor.__doc__ = init.__doc__
        setattr(constructor, "builder", builder)  # noqa: B010
        return constructor

    return decorate


class _Signature:
    """The signature of a class that builds as a builder does, made when somebody asks."""

    def __init__(self, builder: Callable[..., Any]) -> None:
        self._builder = builder

    def __get__(self, view: object, owner: type | None = None) -> inspect.Signature:
        found = inspect.signature(self._builder)
        return found.replace(return_annotation=inspect.Signature.empty)


def _repr(view: Any) -> str:
    name = type(view).__name__
    return f"<{name}, erased>" if is_gone(view) else f"<{name} {view}>"


def _repr_html(view: Any) -> str:
    """The operation as a notebook shows it."""
    from .highlighting import as_block  # loaded with the first notebook

    return as_block(repr(view) if is_gone(view) else str(view))


def operation_class(cls: _C) -> _C:
    """Decorates the class of an operation: IR with that operation comes back as it, and shows as MLIR."""
    rules = rules_for(cls)
    made: Any = cls
    fixed = sum(not rule.is_variadic and rule.having is None for rule in rules.regions)
    made._ODS_REGIONS = (fixed, fixed == len(rules.regions))
    if rules.is_terminator:
        made.IS_TERMINATOR = True
    made.__repr__, made._repr_html_ = _repr, _repr_html
    builder = getattr(made.__init__, "builder", None)
    if builder is not None:
        made._build = staticmethod(builder)
        made.__signature__ = _Signature(builder)
    return register_operation(rules.name.partition(".")[0])(cls)
