# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Base classes of generated attribute and type classes.

The definitions of a dialect that the host does not know are opaque to it: their text is all there is. These classes
print that text from parameters and read the parameters back, by the assembly format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar, overload

from .assembly import AssemblyFormat, body_of, written
from .creation import entered
from .errors import wrong_type, wrong_value
from .host import Value, ir
from .parameters import Parameter

__all__ = ["AttributeDefinition", "ParameterAccessor", "TypeDefinition"]

_T = TypeVar("_T")
_S = TypeVar("_S")


class ParameterAccessor(Generic[_T]):
    """Reads one parameter of an attribute or type."""

    def __init__(self, name: str) -> None:
        self._name = name

    @overload
    def __get__(self: _S, definition: None, owner: type | None = None) -> _S: ...
    @overload
    def __get__(self, definition: object, owner: type | None = None) -> _T: ...
    def __get__(self, definition: Any, owner: type | None = None) -> Any:
        return self if definition is None else _parameter(definition, self._name)


def _text(
    cls: type[AttributeDefinition] | type[TypeDefinition],
    given: Mapping[str, object],
    operation: str,
) -> str:
    """The text with these parameters."""
    texts = {
        name: kind.to_text(given[name], operation, name)
        for name, kind in cls.PARAMETERS
    }
    return written(cls.PREFIX, _format(cls).print(texts))


def _parameter(definition: AttributeDefinition | TypeDefinition, name: str) -> Any:
    """The value of a parameter, read from the text."""
    cls = type(definition)
    texts = _format(cls).parse(body_of(cls.PREFIX, str(definition)) or "")
    if texts is None:
        raise wrong_value(cls.__name__, name, str(definition), _form(cls))
    with definition.context:
        return dict(cls.PARAMETERS)[name].from_text(texts[name])


def _format(
    cls: type[AttributeDefinition] | type[TypeDefinition],
) -> AssemblyFormat:
    assert cls.FORMAT is not None, "only a class with a format has parameters"
    return cls.FORMAT


def _form(cls: type[AttributeDefinition] | type[TypeDefinition]) -> str:
    return f"text of the form {cls.PREFIX}{cls.FORMAT}"


class AttributeDefinition(ir.Attribute):
    """Base of generated attribute classes; an instance is an `ir.Attribute`."""

    PREFIX: ClassVar[str]
    """The text that starts every instance, e.g. `#enzyme.activity`."""

    FORMAT: ClassVar[AssemblyFormat | None] = None
    """How the parameters are written; None where only C++ knows."""

    PARAMETERS: ClassVar[tuple[tuple[str, Parameter[Any]], ...]] = ()
    """Each parameter's name, and its kind."""

    @classmethod
    def isinstance(cls, other: object) -> bool:
        """Whether an attribute is one of this definition."""
        return (
            isinstance(other, ir.Attribute)
            and body_of(cls.PREFIX, str(other)) is not None
        )

    @classmethod
    def parse(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, text: str, context: ir.Context | None = None
    ) -> Any:
        """The attribute that `text` writes; raises `ValueError` where it is not one of this definition."""
        with entered(cls.__name__, context):
            parsed = ir.Attribute.parse(text)
        if not cls.isinstance(parsed):
            raise wrong_value(cls.__name__, "text", text, f"{cls.PREFIX}...")
        return cls(parsed)

    @classmethod
    def _get(cls, given: Mapping[str, object], context: ir.Context | None) -> Any:
        with entered(cls.__name__, context):
            return cls(ir.Attribute.parse(_text(cls, given, cls.__name__)))

    @classmethod
    def coerce(cls, given: Any, operation: str, parameter: str) -> Any:
        """An attribute of this definition as it is, or made from the one parameter's value."""
        if isinstance(given, ir.Attribute):
            return cls._checked(given, operation, parameter)
        if len(cls.PARAMETERS) != 1:
            raise wrong_type(operation, parameter, given, f"a {cls.__name__}")
        ((name, kind),) = cls.PARAMETERS
        text = _format(cls).print({name: kind.to_text(given, operation, parameter)})
        return cls(ir.Attribute.parse(written(cls.PREFIX, text)))

    @classmethod
    def _checked(
        cls, given: ir.Attribute, operation: str, parameter: str
    ) -> ir.Attribute:
        """A host that does not know the dialect takes any text in its attributes: here it must be readable."""
        if not cls.isinstance(given):
            raise wrong_value(
                operation, parameter, given, f"an attribute {cls.PREFIX}..."
            )
        if cls.FORMAT is None:
            return given
        texts = _format(cls).parse(body_of(cls.PREFIX, str(given)) or "")
        if texts is None:
            raise wrong_value(operation, parameter, given, _form(cls))
        for name, kind in cls.PARAMETERS:
            kind.check_text(texts[name], operation, parameter)
        return given


class TypeDefinition(ir.Type):
    """Base of generated type classes; an instance is an `ir.Type`."""

    PREFIX: ClassVar[str]
    """The text that starts every instance, e.g. `!enzyme.Cache`."""

    FORMAT: ClassVar[AssemblyFormat | None] = None
    """How the parameters are written; None where only C++ knows."""

    PARAMETERS: ClassVar[tuple[tuple[str, Parameter[Any]], ...]] = ()
    """Each parameter's name, and its kind."""

    @classmethod
    def isinstance(cls, other: object) -> bool:
        """Whether a type is one of this definition."""
        return (
            isinstance(other, ir.Type) and body_of(cls.PREFIX, str(other)) is not None
        )

    @classmethod
    def parse(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls, text: str, context: ir.Context | None = None
    ) -> Any:
        """The type that `text` writes; raises `ValueError` where it is not one of this definition."""
        with entered(cls.__name__, context):
            parsed = ir.Type.parse(text)
        if not cls.isinstance(parsed):
            raise wrong_value(cls.__name__, "text", text, f"{cls.PREFIX}...")
        return cls(parsed)

    @classmethod
    def _get(cls, given: Mapping[str, object], context: ir.Context | None) -> Any:
        with entered(cls.__name__, context):
            return cls(ir.Type.parse(_text(cls, given, cls.__name__)))

    @classmethod
    def of(cls, value: Value, operation: str, parameter: str) -> Any:
        """The type of a value, which must be of this definition; another raises `ValueError`."""
        if not cls.isinstance(value.type):
            accepted = f"a value of type {cls.PREFIX}..."
            raise wrong_value(operation, parameter, value.type, accepted)
        return cls(value.type)
