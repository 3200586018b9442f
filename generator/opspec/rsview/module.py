"""The Rust module of a dialect, from the model."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.dataclass import dataclass
from opspec.model.dialect import Dialect
from opspec.naming.rust import RsName, RustPolicy, rust_policy
from opspec.rsview.code import Function, Item
from opspec.rsview.contracts import build_call_check, build_results, build_rules
from opspec.rsview.definitions import build_definition
from opspec.rsview.enums import build_enum
from opspec.rsview.functions import build_function
from opspec.rsview.inferred import build_inferred
from opspec.rsview.kinds import Kinds
from opspec.rsview.options import build_bundle, build_options
from opspec.rsview.readers import build_reader
from opspec.rsview.signature import Signature, build_signature
from opspec.rsview.tests import Snapshot, build_snapshots, build_tests
from opspec.rsview.text import docs

__all__ = ["RsModule", "build_module"]


@dataclass(frozen=True, slots=True)
class RsModule:
    """The module of one dialect: words about it, what it defines, its tests and what they compare with."""

    name: RsName
    dialect: str
    docs: tuple[str, ...]
    items: tuple[Item, ...]
    tests: tuple[Function, ...]
    snapshots: tuple[Snapshot, ...]


def _operation(dialect: Dialect, signature: Signature, names: RustPolicy, kinds: Kinds) -> Iterator[Item]:
    name = f"{dialect.name}.{signature.operation.mnemonic}"
    yield from build_options(signature, name)
    yield from build_bundle(signature, name)
    yield build_function(signature, name)
    yield from build_results(dialect, signature, names)
    yield from build_inferred(dialect, signature, names)
    further = build_call_check(dialect, signature, names)
    yield from build_reader(dialect, signature, names, kinds, name, further)


def build_module(dialect: Dialect) -> RsModule:
    """The module of a dialect."""
    names = rust_policy(dialect)
    kinds = Kinds(dialect, names)
    items: list[Item] = []
    for enum in dialect.enums:
        items += build_enum(dialect, enum, names)
    for definition in dialect.definitions:
        items += build_definition(dialect, definition, names)
    items += build_rules(dialect, names)
    signatures = [build_signature(dialect, operation, names, kinds) for operation in dialect.operations]
    for signature in signatures:
        items += _operation(dialect, signature, names, kinds)
    words = docs(f"`{dialect.name}` dialect", "", *docs(dialect.doc.summary, dialect.doc.description))
    tests = build_tests(dialect, signatures, names, kinds)
    snapshots = build_snapshots(dialect, signatures)
    return RsModule(names.module(dialect), dialect.name, words, tuple(items), tests, snapshots)
