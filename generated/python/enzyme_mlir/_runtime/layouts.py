"""How an attribute or type definition is written: its assembly format, with the kinds of its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .assembly import AssemblyFormat
from .errors import refused, wrong_value
from .parameters import ParameterRule

__all__ = ["Layout"]


class Layout:
    """The assembly format `text` of the definition that writes `prefix` first, e.g. `#enzyme.activity`."""

    def __init__(
        self, prefix: str, text: str, parameters: tuple[ParameterRule, ...]
    ) -> None:
        self._prefix = prefix
        self._parameters = {parameter.key: parameter for parameter in parameters}
        self._format = AssemblyFormat(
            text,
            self._parameters,
            [p.key for p in parameters if p.may_be_missing],
            [p.key for p in parameters if p.kind.is_list],
        )

    def __str__(self) -> str:
        """The form of the text, for messages."""
        return f"{self._prefix}{self._format}"

    def print(self, given: Mapping[str, object], operation: str) -> str:
        """The text behind the prefix with these parameters, by their keys: the one that MLIR prints.

        There is one exception: where MLIR's own parser could not read that, since it waits for an optional part that
        is left out, the text has the defaults too. Raises `TypeError` or `ValueError` for a wrong parameter, and
        where MLIR could not read any text.
        """
        names = {key: parameter.name for key, parameter in self._parameters.items()}
        return self._printed(self._texts(given, operation, names), operation, names)

    def print_single(self, given: object, operation: str, parameter: str) -> str:
        """Like `print`, for a definition of one parameter, which messages call `parameter`."""
        (key,) = self._parameters
        names = {key: parameter}
        texts = self._texts({key: given}, operation, names)
        return self._printed(texts, operation, names)

    def reads(self, body: str) -> bool:
        """Whether a body is of this format, each parameter right for its kind."""
        try:
            self.texts(body, self._prefix, "text", body)
        except ValueError:
            return False
        return True

    def has_form(self, body: str) -> bool:
        """Whether a body is of this format, whether its parameters are right or not."""
        return self._format.parse(body) is not None

    def print_values(self, values: Mapping[str, object], operation: str) -> str:
        """What `values` gave of a body that MLIR may have printed, as `print` writes it, if it does not refuse to."""
        try:
            return self.print(values, operation)
        except ValueError:
            names = dict.fromkeys(self._parameters, "text")
            texts = self._texts(values, operation, names)
            return self._format.print(self._without_defaults(texts))

    def _texts(
        self, given: Mapping[str, object], operation: str, names: Mapping[str, str]
    ) -> dict[str, str]:
        """The text of each parameter that has a value."""
        texts: dict[str, str] = {}
        for key, value in given.items():
            parameter = self._parameters[key]
            if value is None and parameter.optional:
                continue
            text = parameter.kind.to_text(value, operation, names[key])
            if text or not parameter.optional:
                texts[key] = text
        return texts

    def _printed(
        self, texts: dict[str, str], operation: str, names: Mapping[str, str]
    ) -> str:
        shown = self._without_defaults(texts)
        for present in (shown, texts):
            body = self._format.print(present)
            if self._format.is_certain and all(present.values()):
                return body
            if self._format.parse_as_mlir(body, self._is_text) == present:
                return body
        raise self._unreadable(texts, shown, operation, names)

    def _without_defaults(self, texts: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, text in texts.items():
            default, kind = self._parameters[key].default, self._parameters[key].kind
            if default is None or text != kind.to_text(default, self._prefix, key):
                found[key] = text
        return found

    def _is_text(self, key: str, text: str) -> bool:
        return self._parameters[key].kind.is_text(text)

    def _unreadable(
        self,
        texts: Mapping[str, str],
        shown: Mapping[str, str],
        operation: str,
        names: Mapping[str, str],
    ) -> ValueError:
        """The error for parameters that MLIR's own parser could not read back."""
        for key, text in texts.items():
            if not text:
                accepted = "one or more, since MLIR cannot read back none"
                return wrong_value(operation, names[key], [], accepted)
        optional = [key for key, p in self._parameters.items() if p.may_be_missing]
        last = [names[key] for key in optional if key in shown][-1:]
        left_out = [names[key] for key in optional if key not in texts]
        accepted = (
            f"a value for it beside {', '.join(last)}: "
            f"MLIR's parser of {self} cannot read the one without the other"
        )
        return refused(operation, ", ".join(left_out), "not given", accepted)

    def texts(
        self, body: str, operation: str, parameter: str, given: object
    ) -> dict[str, str]:
        """The texts of the parameters, each right for its kind.

        Raises `ValueError` that says what is wrong with `given`, of which `body` is the text behind the prefix.
        """
        texts = self._format.parse(body, self._is_text)
        if texts is None:
            texts = self._format.parse(body)  # then one parameter is wrong
        if texts is None:
            raise wrong_value(operation, parameter, given, f"text of the form {self}")
        for key, text in texts.items():
            self._parameters[key].kind.check_text(text, operation, parameter)
        return texts

    def values(self, body: str, operation: str, given: object) -> dict[str, Any]:
        """The values of the parameters, defaults included; raises as `texts` does."""
        texts = self.texts(body, operation, "text", given)
        return {
            key: p.kind.from_text(texts[key]) if key in texts else p.default
            for key, p in self._parameters.items()
        }

    @property
    def single(self) -> ParameterRule | None:
        """The only parameter, where there is just one."""
        only, *others = [*self._parameters.values(), None]
        return only if others == [None] else None
