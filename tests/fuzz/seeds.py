"""What is mutated: the small specs of the tests, a project that uses everything, record dumps, notations."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.dumps import Dump

__all__ = ["ACCEPTED", "DEFAULTS", "DUMPS", "FORMATS", "MODULES", "NOTATIONS", "PROJECTS", "Files"]

Files = dict[str, str]
"""The files of a project, by path."""

_TESTS = Path(__file__).parents[1]
_NAMES = ("dialect.yaml", "overlay.yaml", "releases.yaml")

_BINDINGS = """\
schema: opspec/bindings/1
package: toy_bindings
output: generated
version: "0.5"
distribution:
  name: toy-kit
  version: 0.5rc1
  summary: Toys, typed
  requires_python: ">=3.10"
  license: MIT
  authors: [{name: Ada, email: ada@example.org}]
  urls: {Source: "https://example.org"}
  classifiers: ["Typing :: Typed"]
  dependencies: ["numpy>=1.26; python_version < '4'"]
  extras: {jax: [jaxlib>=0.8.3]}
naming: own
conventions:
  own:
    like: snake
    functions: {from: definition, case: snake, split: true, digits: true, strip_prefixes: [get_], suffix: _op}
    classes: {case: kept, strip_suffixes: [Op], suffix: Operation}
    parameters: {case: snake}
    enum_cases: {case: upper, strip_shared_prefix: true}
    words: [diff, grad]
    splits: {fwddiff: fwd_diff}
    escape: "{}_"
dialects: [toy]
"""

_FACTS = """\
schema: opspec/dialect/1
dialect: toy
provenance: {repository: "https://example.org/toy", commit: 0a1b2c, mlir: 18.1}
constraints:
  Number: f32 | f64 | tensor<f64, rank 1|2>
enums:
  Mode: {storage: i32, cases: {toy_fast: 0, toy_exact: {value: 1, text: exact}}}
  Flags: {storage: i32, bits: true, separator: "|", cases: {a: 1, b: 2}}
attributes:
  mode: {class: ModeAttr, parameters: {value: enum Mode}, format: "$value"}
  span:
    class: SpanAttr
    parameters: {low: int64, high: "optional int64 = 3", rest: "optional list<string>"}
    format: "`<` struct(params) `>`"
  pair: {class: PairAttr, parameters: {a: int32, b: optional type}, format: "`[` $a (`,` $b^) : (`x`)? `]`"}
types:
  box: {class: BoxType, parameters: {inner: type}, format: "`<` $inner `>`"}
operations:
  run:
    class: RunOp
    traits: [Pure, AttrSizedOperandSegments, "AllTypesMatch(a, out)", SingleBlock]
    interfaces: [InferTypeOpInterface]
    arguments:
      a: Number
      many: variadic toy.box[read, write]
      maybe: optional index
      mode: attr enum Mode = toy_fast
      flags: attr optional enum Flags
      modes: attr optional array<toy.mode>
      width: attr i64 where min 1, max 8 = 1
      names: attr array<string> where min_count 1
      span: attr optional toy.span
      fn: attr flat_symbol_ref
      sizes: attr dense_array<i32> = [1, 2]
    results: {out: Number, rest: variadic any}
    regions: {body: blocks 1, others: variadic any}
    successors: {next: any}
    format: "$a attr-dict"
  end:
    class: EndOp
    traits: [Terminator, "HasParent(toy.run)"]
    arguments: {values: variadic any}
"""

_OVERLAY = """\
schema: opspec/overlay/1
dialect: toy
summary: Toys.
description: |
  Toys of `many` kinds, with <b>words</b> and a [link](https://example.org).
python: {module: toys, naming: own, words: [toy], splits: {toybox: toy_box}}
groups: {Running: [run], Ending: [end]}
constraints: {Mine: Number | i1}
contracts:
  forward:
    summary: Forwards.
    roles:
      primal: {type: same, means: The value.}
      shadow: {type: widened, means: Its shadow.}
    arguments: {toy_fast: "(primal) -> (shadow) for Number", toy_exact: "(primal, shadow) -> ()"}
    results: (primal) -> (shadow)
    pairs: [shadow]
enums:
  Mode:
    summary: How.
    python: {name: Modus, aliases: [Way], renamed_from: [Means, {name: Manner, until: "9.1"}]}
    cases: {toy_fast: Quickly., toy_exact: {summary: Well., python: {name: WELL, aliases: [GOOD]}}}
attributes:
  mode: {summary: A mode., parameters: {value: {summary: The case., python: {name: case_}}}}
  pair: {amend: {reason: the binary prints it so, format: "`[` $a `]`"}}
types: {box: {summary: A box., python: {name: Crate}}}
operations:
  run:
    summary: Runs.
    description: "Runs | a *thing*."
    renamed_from: [go, {name: walk, class: WalkOp, until: 2030-01-31}]
    python: {name: run_it, class: RunIt, aliases: [start], renamed_from: [begin]}
    amend: {reason: the binary has it, arguments: {extra: {is: "attr optional bool", after: mode}}}
    arguments: {a: The first., width: {summary: How wide., renamed_from: [wideness]}}
    results: {out: The result.}
    regions: {body: What runs.}
    terminators: {body: end}
    contract: {rule: forward, callee: fn, activity: modes, width: width}
    rules: ["0 <= width < 9", 'when count(many) > 1: element(out) is f32 | f64', 'since "2": rank(a) == size(sizes)']
    sample:
      setup: "func.func private @callee()"
      inside: function
      arguments:
        a: f64
        many: ["!toy.box<f64>"]
        mode: exact
        flags: a|b
        modes: [toy_fast]
        width: 2
        names: [x]
        fn: callee
        sizes: [1, 1, 0]
      results: {out: f64, rest: [f64, i1]}
      regions: {body: {arguments: [f64, i1], returns: [1], terminator: toy.end}}
"""

_RELEASES = """\
schema: opspec/releases/1
dialect: toy
distribution: toy-ad
releases: ["1", "2"]
operations: {end: ["2"]}
operation_attributes: {run.flags: ["2"]}
definitions: {"#toy.span": ["2"]}
cases: {Mode.exact: ["2"]}
formats: {"#toy.pair": {"1": "`(` $a `)`"}}
forms: {run.a: {"1": "tensor<f32>"}, run.gone: {"1": "attr i64"}}
counts: {run: {"1": {operands: "9 or more", results: "2"}}}
"""

_WHOLE = {
    "bindings.yaml": _BINDINGS,
    "toy/dialect.yaml": _FACTS,
    "toy/overlay.yaml": _OVERLAY,
    "toy/releases.yaml": _RELEASES,
}


def _project(folder: Path) -> Files:
    head = "schema: opspec/bindings/1\npackage: toy_bindings\noutput: generated\ndialects: [toy]\n"
    files = {f"toy/{name}": (folder / name).read_text(encoding="utf-8") for name in _NAMES if (folder / name).is_file()}
    return {"bindings.yaml": head, **files}


PROJECTS: tuple[Files, ...] = (
    _WHOLE,
    _WHOLE,
    *(_project(path.parent) for path in sorted((_TESTS / "golden" / "specs").glob("*/dialect.yaml"))),
)
"""Projects that are right; the one with everything in it twice as often as others."""


def _dump() -> str:
    """A dump of one dialect with a bit of everything."""
    dump = Dump()
    dialect = dump.add("Dialect", "Toy_Dialect", name="toy", cppNamespace="::toy")
    predicate = dump.joined("And", "$_self.isF64()", dump.joined("Or", "$_self.isF32()", "true"))
    number = dump.add("Constraint TypeConstraint Type", "Number", predicate=predicate, summary="a number")
    many = dump.add("Constraint TypeConstraint Variadic", baseType=number, predicate=predicate)
    case = dump.add("EnumCase EnumAttrCaseInfo I32EnumAttrCase", "Case", symbol="fast", value=0, str="fast")
    enum = dump.add(
        "Attr EnumAttrInfo EnumInfo IntEnumAttr",
        "ModeEnum",
        className="Mode",
        cppNamespace="::toy",
        enumerants=[case],
        predicate=predicate,
        underlyingType="uint32_t",
    )
    parameter = dump.add("AttrOrTypeParameter", cppType="int64_t", defaultValue="3")
    dump.add(
        "DialectAttr AttrDef AttrOrTypeDef",
        "SpanAttr",
        dialect=dialect,
        cppClassName="SpanAttr",
        mnemonic="span",
        parameters=dump.dag((parameter, "low"), ("int", "high")),
        assemblyFormat="`<` struct(params) `>`",
        predicate=predicate,
    )
    trait = dump.add("Trait NativeTrait", "Pure", trait="Pure")
    region = dump.add("Constraint Region AnyRegion", "AnyRegion", predicate=predicate)
    dump.add(
        "Op Toy_Op",
        "Toy_RunOp",
        opDialect=dialect,
        opName="run",
        arguments=dump.dag((number, "a"), (many, None), (enum, "mode")),
        results=dump.dag((number, "out")),
        regions=dump.dag((region, "body")),
        successors=dump.dag(),
        traits=[trait],
        assemblyFormat="$a attr-dict",
    )
    return json.dumps(dump.text)


_RECORDS = _TESTS / "fuzz" / "records"
DUMPS: tuple[str, ...] = (_dump(), *(p.read_text(encoding="utf-8") for p in sorted(_RECORDS.glob("*.json"))))
"""Record dumps."""

MODULES = (
    '''"""Words."""

from __future__ import annotations

from . import toys
from .toys import Modus, run_it
from .. import testing as _testing
import toy_bindings.dialects.toys as also

__all__ = ["more"]


def more(given: toys.Crate, *rest: Modus) -> object:
    """More."""
    try:
        from .toys import less
    except ImportError:
        less = also.start
    return [run_it, less, *rest][0]
''',
)
"""Hand-written modules beside the dialect of the whole project."""

ACCEPTED = (
    """\
schema: opspec/accepted/1
changes:
- fingerprint: 0123456789abcdef
  rule: operation-removed
  place: toy.run
  reason: nobody calls it
  date: '2025-01-31'
- {fingerprint: fedcba9876543210, rule: enum-added, place: toy.Mode, reason: "a | b", date: '2025-02-01'}
""",
)
"""Accepted changes."""

DEFAULTS = (
    "::dd::Flag::A | dd::Flag::B | Flag(4)",
    "static_cast<int64_t>(-1) << 3u | ~0x1'0ULL",
    '$_builder.getStrArrayAttr({"a\\n", R"(b)" "c"})',
    "std::numeric_limits<float>::max()",
    "llvm::ArrayRef<int64_t>{1, 2, 0b11}",
    "true ? 1.5e-3f : 'a'",
    "APInt(32, 5, /*isSigned=*/true)",
)
"""Default values as C++ writes them."""

NOTATIONS = (
    "variadic toy.box | tensor<f64, rank 1|2, static> | interface(A) | opaque(B)[read, write]",
    'attr array<string> where min_count 1, opaque(X) = [1, -2.5, "x\\n", true, a|b, opaque]',
    "optional list<list<attr dense_array<i32>>> = opaque",
    "TypesMatchWith(out, a, element_type)",
    "AllTypesMatch(a, b)",
    "(primal, shadow) -> (derivative) for f32 | C",
    "variadic min_blocks 3",
    'for i < rank(a): when size(d) > 1 + i * -2: since "2": dim(a, d[i]) == (count(b) - 1) * 3',
    'opaque "in words"',
    "parent is toy.run | not.there",
)
"""Texts of the notations, each of its own."""

FORMATS = (
    "`<` struct(params) `>`",
    "`[` $a (`,` $b^) : (`x`)? `]`",
    "custom<F>($a, ref($b), `x`) qualified($a) ` ` `\\n` ``",
    "(`a` ( `b` $a^ )? $b^)? params",
)
"""Assembly formats."""
