"""Which operation a C++ class stands for: one of the dump, or one of MLIR's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opspec.tablegen.records import Record, Records

__all__ = ["MLIR_OPERATIONS", "Operations", "class_of_operation", "name_of_operation", "operation_class"]

MLIR_OPERATIONS = Path(__file__).with_name("mlir_operations.txt")
"""MLIR's own operations: lines of C++ class and name. `tools/mlir_operations.py` writes it."""


def operation_class(name: str) -> str:
    """The C++ class of an operation's record: what stands behind the first underscore, if there is one."""
    prefix, _, rest = name.partition("_")
    return rest if prefix and rest else name


def class_of_operation(record: Record) -> str:
    """The C++ class of an operation's record with its namespaces, e.g. `mlir::func::FuncOp`."""
    dialect = record.record("opDialect")
    namespace = record.text("cppNamespace") or (dialect.text("cppNamespace") if dialect is not None else "")
    return f"{namespace}::{operation_class(record.name)}".lstrip(":")


def name_of_operation(record: Record) -> str:
    """The full name of an operation's record, e.g. `func.func`; empty where it has no dialect."""
    dialect = record.record("opDialect")
    return f"{dialect.text('name')}.{record.text('opName')}" if dialect is not None else ""


@cache
def _of_mlir() -> dict[str, str]:
    lines = MLIR_OPERATIONS.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


class Operations:
    """Looks up operations by the C++ names that traits use."""

    def __init__(self, records: Records, namespace: str) -> None:
        """`namespace` is where the names are used: a dialect's own, e.g. `::mlir::enzyme`."""
        self._by_class: dict[str, str] = {}
        for record in records.of_class("Op"):
            if name := name_of_operation(record):
                self._by_class[class_of_operation(record)] = name
        self._scopes = _around(namespace.removeprefix("::"))

    def name(self, cpp_name: str) -> str:
        """The full name of the operation of a C++ class; empty where nobody knows it.

        As in C++, a name is looked for in the namespace that it is used in and in those around. All of MLIR is seen,
        and a class of another project by the last of its namespaces, unless several have that name.
        """
        written = cpp_name.strip()
        if written.startswith("::"):
            return self._known(written.removeprefix("::"))
        for scope in self._scopes:
            found = self._known(f"{scope}::{written}" if scope else written)
            if found:
                return found
        ending = {name for known, name in self._by_class.items() if f"::{known}".endswith(f"::{written}")}
        return ending.pop() if len(ending) == 1 else ""

    def _known(self, name: str) -> str:
        return self._by_class.get(name) or _of_mlir().get(name, "")


def _around(namespace: str) -> tuple[str, ...]:
    """A namespace and those around it, from the innermost on, and MLIR's."""
    parts = namespace.split("::") if namespace else []
    scopes = ["::".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return (*dict.fromkeys([*scopes, "", "mlir"]),)
