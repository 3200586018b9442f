"""Which dialect defines a C++ class, and which attribute or type it stands for."""

from __future__ import annotations

from opspec.model.constraints import DefinitionReference
from opspec.tablegen.records import Record, Records

__all__ = ["Definitions"]

_WRITTEN_IN_CPP = {
    "gpu::AsyncTokenType": DefinitionReference("gpu", "async.token"),
    "LLVM::LLVMPointerType": DefinitionReference("llvm", "ptr"),
    "quant::UniformQuantizedType": DefinitionReference("quant", "uniform"),
}
"""Types of MLIR's dialects whose records a dump may lack."""


class Definitions:
    """Looks up definitions by the C++ names that predicates use."""

    def __init__(self, records: Records) -> None:
        self._by_class: dict[str, Record] = {}
        self.written_in_cpp: dict[DefinitionReference, str] = {}
        """The types without records that were asked for, with their classes."""
        for kind in ("AttrDef", "TypeDef"):
            for record in records.of_class(kind):
                self._by_class[self._class(record)] = record

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
