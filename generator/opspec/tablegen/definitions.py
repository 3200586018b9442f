"""Which dialect defines a C++ class, and which attribute, type or operation it stands for."""

from __future__ import annotations

from opspec.model.constraints import DefinitionReference
from opspec.tablegen.cpp.enums import CppEnum, Enums
from opspec.tablegen.records import Record, Records

__all__ = ["Definitions", "operation_class"]

_WRITTEN_IN_CPP = {
    "gpu::AsyncTokenType": DefinitionReference("gpu", "async.token"),
    "LLVM::LLVMPointerType": DefinitionReference("llvm", "ptr"),
    "quant::UniformQuantizedType": DefinitionReference("quant", "uniform"),
}
"""Types of MLIR's dialects whose records a dump may lack."""


def operation_class(name: str) -> str:
    """The C++ class of an operation's record: what stands behind the first underscore, if there is one."""
    prefix, _, rest = name.partition("_")
    return rest if prefix and rest else name


class Definitions:
    """Looks up definitions by the C++ names that predicates, traits and defaults use, from a namespace."""

    def __init__(self, records: Records, namespace: str = "") -> None:
        self._by_class: dict[str, Record] = {}
        self.enums = Enums(
            (CppEnum.of(record) for kind in ("EnumInfo", "EnumAttrInfo") for record in records.of_class(kind)),
            namespace,
        )
        """Every enum that the records define, by its C++ name."""
        self.written_in_cpp: dict[DefinitionReference, str] = {}
        """The types without records that were asked for, with their classes."""
        self._operations: dict[str, Record] = {}
        for kind in ("AttrDef", "TypeDef"):
            for record in records.of_class(kind):
                self._by_class[self._class(record)] = record
        for record in records.of_class("Op"):
            self._operations[operation_class(record.name)] = record

    @staticmethod
    def _class(record: Record) -> str:
        namespace = record.text("cppNamespace")
        dialect = record.record("dialect")
        if not namespace and dialect is not None:
            namespace = dialect.text("cppNamespace")
        return f"{namespace}::{record.text('cppClassName')}".lstrip(":")

    def reference(self, record: Record) -> DefinitionReference | None:
        """The reference to an attribute or type definition; None where it has no mnemonic."""
        dialect = record.record("dialect")
        mnemonic = record.text("mnemonic")
        if dialect is None or not mnemonic:
            return None
        return DefinitionReference(dialect.text("name"), mnemonic)

    def of_class(self, cpp_name: str) -> DefinitionReference | None:
        """The definition that a C++ class (e.g. `mlir::enzyme::CacheType`) is generated from."""
        record = self._by_class.get(cpp_name)
        if record is not None:
            return self.reference(record)
        written = _WRITTEN_IN_CPP.get(cpp_name.removeprefix("mlir::"))
        if written is not None:
            self.written_in_cpp[written] = cpp_name.rpartition("::")[2]
        return written

    def attribute_of_class(self, cpp_name: str) -> Record | None:
        """The record of an attribute's C++ class; None where none or several have that name."""
        found = [
            record
            for name, record in self._by_class.items()
            if record.isa("AttrDef") and f"::{name}".endswith(f"::{cpp_name}")
        ]
        return found[0] if len(found) == 1 else None

    def operation(self, cpp_name: str) -> str:
        """The operation that a C++ class is: its full name, or the class name where the dump lacks it."""
        name = cpp_name.strip().rpartition("::")[2]
        record = self._operations.get(name)
        dialect = record.record("opDialect") if record else None
        if record is None or dialect is None:
            return name
        return f"{dialect.text('name')}.{record.text('opName')}"
