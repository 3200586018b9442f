"""Base classes of generated attribute and type classes.

The definitions of a dialect that the host does not know are opaque to it: their text is all there is. These classes
print that text from parameters and read the parameters back, by the assembly format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload

from .caches import reading, remembering
from .complaints import Complaint, complaining
from .creation import in_context
from .errors import wrong_type, wrong_value
from .host import Value, ir
from .numeric import Coercer
from .parameters import Parameter, ParameterRule
from .scanning import body_of, written
from .spellings import layout_in_use, layout_of_body

if TYPE_CHECKING:
    from .layouts import Layout

__all__ = [
    "AttributeDefinition",
    "ParameterAccessor",
    "TypeDefinition",
    "nested_parameter",
]

_MLIR_ERROR: type[Exception] = vars(ir)["MLIRError"]
_T = TypeVar("_T")
_S = TypeVar("_S")


class ParameterAccessor(Generic[_T]):
    """Reads one parameter of an attribute or type, by its name in the assembly format."""

    def __init__(self, key: str) -> None:
        self._key = key

    @overload
    def __get__(self: _S, definition: None, owner: type | None = None) -> _S: ...
    @overload
    def __get__(self, definition: object, owner: type | None = None) -> _T: ...
    def __get__(self, definition: Any, owner: type | None = None) -> Any:
        if definition is None:
            return self
        return _values(definition)[self._key]


def _body(cls: Any, other: Any) -> str | None:
    """What stands behind the mnemonic in an attribute or type; None where that is not of the definition `cls`."""
    if isinstance(other, (ir.OpaqueAttr, ir.OpaqueType)):
        dialect, _, mnemonic = cls.PREFIX[1:].partition(".")
        data: str | bytes = other.data
        text = data if isinstance(data, str) else data.decode("utf-8", "replace")
        is_one = other.dialect_namespace == dialect and text.startswith(mnemonic)
        body = text[len(mnemonic) :]
        runs_on = body[:1].isalnum() or body[:1] in ("_", ".")
        return body if is_one and not runs_on else None
    if type(other) in (ir.Attribute, ir.Type) or isinstance(other, cls):
        return body_of(cls.PREFIX, str(other))
    return None  # of a class of the host's own; its text may be long


def _cast(cls: Any, other: Any) -> str:
    """The body of an attribute or type that becomes an instance of `cls`; raises `ValueError`."""
    body = _body(cls, other)
    if body is None:
        raise wrong_value(cls.__name__, "cast_from", other, f"{cls.PREFIX}...")
    return body


def _parsed(cls: Any, base: Any, text: object, parameter: str) -> Any:
    """What `text` writes; raises `ValueError` where that is nothing of `cls`."""
    if not isinstance(text, str):
        raise wrong_type(cls.__name__, parameter, text, "a str")
    try:
        text.encode()
    except UnicodeEncodeError:
        accepted = "text that UTF-8 can write"
        raise wrong_value(cls.__name__, parameter, text, accepted) from None
    try:
        parsed = base.parse(text)
    except _MLIR_ERROR:
        context = ir.Context.current
        if context is not None and not context.allow_unregistered_dialects:
            accepted = "a context with `allow_unregistered_dialects = True`"
            given = "of registered dialects only"
            complaint = Complaint("the context", given, accepted)
            text = f"the context takes registered dialects only, accepted is {accepted}"
            raise complaining(ValueError, cls.__name__, complaint, text) from None
        raise wrong_value(cls.__name__, parameter, text, f"{cls.PREFIX}...") from None
    if _body(cls, parsed) is None:
        raise wrong_value(cls.__name__, parameter, text, f"{cls.PREFIX}...")
    return parsed


def _made(cls: Any, base: Any, body: str) -> Any:
    return cls(_parsed(cls, base, written(cls.PREFIX, body), "text"))


def _reparsed(cls: Any, base: Any, text: str) -> Any:
    """What `text` writes, in the spelling of `get`."""
    parsed = _parsed(cls, base, text, "text")
    if cls.FORMAT is None:
        return cls(parsed)
    body = _body(cls, parsed) or ""
    values = layout_of_body(cls, body).values(body, cls.__name__, body)
    return _made(cls, base, layout_in_use(cls).print_values(values, cls.__name__))


def _values(definition: Any) -> dict[str, Any]:
    """The values of the parameters, which are read once."""
    cls: Any = type(definition)
    if cls._read is None:

        def read(of: Any) -> dict[str, Any]:
            body = _body(cls, of) or ""
            with of.context:
                return layout_of_body(cls, body).values(body, cls.__name__, of)

        cls._read = staticmethod(reading(read))
    found: dict[str, Any] = cls._read(definition)
    return found


class AttributeDefinition(ir.Attribute):
    """Base of generated attribute classes; an instance is an `ir.Attribute`, and equal to one of the same text."""

    PREFIX: ClassVar[str]
    """The text that starts every instance, e.g. `#enzyme.activity`."""

    FORMAT: ClassVar[str | None] = None
    """The assembly format of what stands behind the prefix; None where only C++ knows."""

    PARAMETERS: ClassVar[tuple[ParameterRule, ...]] = ()
    """The parameters, in the order of the definition."""

    _layouts: ClassVar[dict[str, Layout]]
    _read: ClassVar[Callable[[Any], dict[str, Any]] | None] = None
    _remembered: ClassVar[Coercer | None] = None

    def __init__(self, cast_from: ir.Attribute) -> None:
        """The same attribute as an instance of this class; raises `ValueError` where it is another one's."""
        ir.Attribute.__init__(self, cast_from)
        _cast(type(self), cast_from)

    @classmethod
    def isinstance(cls, other: object) -> bool:
        """Whether an attribute is one of this definition."""
        return isinstance(other, ir.Attribute) and _body(cls, other) is not None

    @classmethod
    def parse(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, text: str, context: ir.Context | None = None
    ) -> Any:
        """The attribute that `text` writes, in the spelling of `get`.

        Raises `ValueError` where it is not one of this definition, or not of its form.
        """
        with in_context(cls.__name__, context):
            return _reparsed(cls, ir.Attribute, text)

    @classmethod
    def _get(cls, given: Mapping[str, object], context: ir.Context | None) -> Any:
        with in_context(cls.__name__, context):
            return _made(
                cls, ir.Attribute, layout_in_use(cls).print(given, cls.__name__)
            )

    @classmethod
    def coerce(cls, given: Any, operation: str, parameter: str) -> Any:
        """An attribute of this definition as it is, or made from the one parameter's value.

        A host that does not know the dialect takes any text in its attributes: here it must be of the form.
        """
        if cls._remembered is None:
            cls._remembered = remembering(cls._coerced)
        return cls._remembered(given, operation, parameter)

    @classmethod
    def _coerced(cls, given: Any, operation: str, parameter: str) -> Any:
        if isinstance(given, ir.Attribute):
            body = _body(cls, given)
            if body is None:
                accepted = f"an attribute {cls.PREFIX}..."
                raise wrong_value(operation, parameter, given, accepted)
            if cls.FORMAT is None:
                return given
            layout = layout_of_body(cls, body)
            layout.texts(body, operation, parameter, given)
            if layout is layout_in_use(cls):
                return given
            return _reparsed(cls, ir.Attribute, str(given))
        single = layout_in_use(cls).single if cls.FORMAT is not None else None
        if single is None:
            raise wrong_type(operation, parameter, given, f"a {cls.__name__}")
        body = layout_in_use(cls).print_single(given, operation, parameter)
        return _made(cls, ir.Attribute, body)


class TypeDefinition(ir.Type):
    """Base of generated type classes; an instance is an `ir.Type`, and equal to one of the same text."""

    PREFIX: ClassVar[str]
    """The text that starts every instance, e.g. `!enzyme.Cache`."""

    FORMAT: ClassVar[str | None] = None
    """The assembly format of what stands behind the prefix; None where only C++ knows."""

    PARAMETERS: ClassVar[tuple[ParameterRule, ...]] = ()
    """The parameters, in the order of the definition."""

    _layouts: ClassVar[dict[str, Layout]]
    _read: ClassVar[Callable[[Any], dict[str, Any]] | None] = None

    def __init__(self, cast_from: ir.Type) -> None:
        """The same type as an instance of this class; raises `ValueError` where it is another one's."""
        ir.Type.__init__(self, cast_from)
        _cast(type(self), cast_from)

    @classmethod
    def isinstance(cls, other: object) -> bool:
        """Whether a type is one of this definition."""
        return isinstance(other, ir.Type) and _body(cls, other) is not None

    @classmethod
    def parse(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, text: str, context: ir.Context | None = None
    ) -> Any:
        """The type that `text` writes, in the spelling of `get`.

        Raises `ValueError` where it is not one of this definition, or not of its form.
        """
        with in_context(cls.__name__, context):
            return _reparsed(cls, ir.Type, text)

    @classmethod
    def _get(cls, given: Mapping[str, object], context: ir.Context | None) -> Any:
        with in_context(cls.__name__, context):
            return _made(cls, ir.Type, layout_in_use(cls).print(given, cls.__name__))

    @classmethod
    def of(cls, value: Value, operation: str, parameter: str) -> Any:
        """The type of a value, which must be of this definition; another raises `ValueError`."""
        if not cls.isinstance(value.type):
            accepted = f"a value of type {cls.PREFIX}..."
            raise wrong_value(operation, parameter, value.type, accepted)
        return cls(value.type)


class _Nested(Parameter[Any]):
    """An attribute of the same dialect, of which MLIR writes only what stands behind the mnemonic."""

    def __init__(self, find: Callable[[], type[AttributeDefinition]]) -> None:
        self._find = find

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        cls = self._find()
        return _cast(cls, cls.coerce(given, operation, parameter))

    def from_text(self, text: str) -> Any:
        cls = self._find()
        if text.startswith("#"):
            return cls.parse(text)
        return _made(cls, ir.Attribute, text if text.startswith("<") else f" {text}")

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        cls = self._find()
        body = body_of(cls.PREFIX, text) if text.startswith("#") else text
        layout_of_body(cls, body or "").texts(body or "", operation, parameter, text)

    def is_text(self, text: str) -> bool:
        try:
            self.check_text(text, "", "")
        except ValueError:
            return False
        return True


def nested_parameter(find: Callable[[], type[AttributeDefinition]]) -> Parameter[Any]:
    """An attribute of the class that `find` gives; the class may stand further down in its module."""
    return _Nested(find)
