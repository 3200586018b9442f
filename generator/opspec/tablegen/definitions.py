"""Which dialect defines a C++ class, and which attribute or type it stands for."""

from __future__ import annotations

from opspec.model.constraints import DefinitionReference
from opspec.tablegen.cpp.enums import CppAttribute, CppEnum, Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.records import Record, Records

__all__ = ["Definitions"]

_WRITTEN_IN_CPP = {
    "gpu::AsyncTokenType": DefinitionReference("gpu", "async.token"),
    "LLVM::LLVMPointerType": DefinitionReference("llvm", "ptr"),
    "quant::UniformQuantizedType": DefinitionReference("quant", "uniform"),
}
"""Types of MLIR's dialects whose records a dump may lack."""


def _written_as(record: Record) -> DefinitionReference | None:
    """The dialect and the mnemonic of an attribute or type definition; None where it has none."""
    dialect = record.record("dialect")
    mnemonic = record.text("mnemonic")
    return DefinitionReference(dialect.text("name"), mnemonic) if dialect is not None and mnemonic else None


def _path(record: Record) -> tuple[str, ...]:
    """The namespaces and the name of a definition's class."""
    dialect = record.record("dialect")
    namespace = record.text("cppNamespace") or (dialect.text("cppNamespace") if dialect is not None else "")
    return (*(part for part in namespace.split("::") if part), record.text("cppClassName"))


def _enum_held(record: Record, enums: Enums) -> CppEnum | None:
    """The enum that the only parameter of an attribute holds; None for anything else."""
    enum = record.record("enum") if record.isa("EnumAttr") else None
    if enum is not None:
        return CppEnum.of(enum)
    parameters = record.dag("parameters")
    if len(parameters) != 1:
        return None
    declared = parameters[0][0]
    cpp_type = declared if isinstance(declared, str) else declared.text("cppType")
    try:
        return enums.named(cpp_type.strip())
    except NotConstant:
        return None


class Definitions:
    """Looks up definitions by the C++ names that predicates, traits and defaults use, from a namespace."""

    def __init__(self, records: Records, namespace: str = "") -> None:
        self._by_class: dict[str, Record] = {}
        found = [CppEnum.of(record) for kind in ("EnumInfo", "EnumAttrInfo") for record in records.of_class(kind)]
        plain = Enums(found, namespace)
        attributes = [CppAttribute(_path(record), _enum_held(record, plain)) for record in records.of_class("AttrDef")]
        self.enums = Enums(found, namespace, attributes)
        """Every enum that the records define, and the attributes that may hold one, by their C++ names."""
        self.written_in_cpp: dict[DefinitionReference, str] = {}
        """The types without records that were asked for, with their classes."""
        self._first: dict[tuple[str, DefinitionReference], Record] = {}
        for kind in ("AttrDef", "TypeDef"):
            for record in records.of_class(kind):
                self._by_class["::".join(_path(record))] = record
                written = _written_as(record)
                if written is not None:
                    self._first.setdefault((kind, written), record)

    def reference(self, record: Record) -> DefinitionReference | None:
        """The reference to an attribute or type definition; None where it has no mnemonic, or another's."""
        written = _written_as(record)
        return written if written is not None and self.same_as(record) is None else None

    def same_as(self, record: Record) -> Record | None:
        """The definition that has the mnemonic of this one, where that is another one."""
        written = _written_as(record)
        first = self._first.get(("AttrDef" if record.isa("AttrDef") else "TypeDef", written)) if written else None
        return first if first is not None and first.name != record.name else None

    def of_class(self, cpp_name: str) -> DefinitionReference | None:
        """The definition that a C++ class (e.g. `mlir::enzyme::CacheType`) is generated from."""
        record = self._by_class.get(cpp_name)
        if record is not None:
            return self.reference(record)
        written = _WRITTEN_IN_CPP.get(cpp_name.removeprefix("mlir::"))
        if written is not None:
            self.written_in_cpp[written] = cpp_name.rpartition("::")[2]
        return written

    def enum_held_by(self, record: Record) -> CppEnum | None:
        """The enum that the only parameter of an attribute definition holds; None for anything else."""
        found = self.enums.attribute("::" + "::".join(_path(record)))
        return found.enum if found is not None else None

    def attribute_of_class(self, cpp_name: str) -> Record | None:
        """The record of an attribute's C++ class; None where none or several have that name."""
        found = [
            record
            for name, record in self._by_class.items()
            if record.isa("AttrDef") and f"::{name}".endswith(f"::{cpp_name}")
        ]
        return found[0] if len(found) == 1 else None
