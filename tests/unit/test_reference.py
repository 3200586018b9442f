"""What the reference says of a small dialect: each table, list and note, against what the spec says."""

from __future__ import annotations

import re

import pytest

from tests.command import opspec

FACTS = """\
schema: opspec/dialect/1
dialect: toy
provenance: {from: a person}
enums:
  Mode:
    storage: i32
    cases: {slow: 0, quick: 3, idle: 5}
attributes:
  mode:
    class: ModeAttr
    parameters: {value: enum Mode}
    format: '`<` $value `>`'
  span:
    class: SpanAttr
    parameters: {firstOne: int64, count: int64 = 7, note: optional string}
    format: '`<` $firstOne (`,` $count^)? (`:` $note^)? `>`'
types:
  cell:
    class: CellType
    parameters: {size: int64}
  plain:
    class: PlainType
  box:
    class: BoxType
    parameters: {content: type}
    format: '`<` $content `>`'
operations:
  go:
    class: GoOp
    arguments:
      input: variadic f32
      mode: attr toy.mode
      steps: attr i64 = 1
      tag: attr optional string
      mark: attr optional string
    results: {output: f32}
    regions: {body: blocks 1}
    traits: [Pure]
    format: attr-dict
  stop:
    class: StopOp
    traits: [Terminator]
    successors: {target: any}
  tie:
    class: TieOp
    traits:
    - HasParent(toy.go, toy.turn)
    - AllTypesMatch(a, b)
    - TypesMatchWith(c = same(a))
    - TypesMatchWith(element = element_type(held))
    - TypesMatchWith(inside = parameter(boxed, toy.box.content))
    - AttrSizedOperandSegments
    - NoRegionArguments
    - SymbolTable
    arguments:
      a: any
      b: any
      c: any
      element: any
      held: tensor<any>
      inside: any
      boxed: toy.box
      more: variadic any
    regions: {body: any}
  turn:
    class: TurnOp
    arguments:
      fn: attr flat_symbol_ref
      inputs: variadic any
      modes: attr array<toy.mode>
      kept: attr array<toy.mode>
      width: attr i64 = 1
    results: {outputs: variadic any}
"""
CHOICES = """\
schema: opspec/overlay/1
dialect: toy
enums:
  Mode:
    summary: How fast
    python: {aliases: [Pace]}
    renamed_from: [Speed]
    cases:
      quick: {summary: At once, python: {aliases: [FAST]}}
operations:
  go:
    summary: Goes
    python: {aliases: [run]}
    renamed_from: [walk]
    arguments:
      input: {summary: What comes in | or not}
  stop: {summary: Ends}
  turn:
    contract: {rule: turning, callee: fn, activity: modes, ret_activity: kept, width: width}
    sample:
      setup: |
        func.func @f(%arg0: f64) -> f64 {
          return %arg0 : f64
        }
      arguments: {fn: f, inputs: [f64, f64], modes: [quick], kept: [slow], width: 1}
      results: {outputs: [f64]}
constraints:
  Real: f32 | f64
contracts:
  turning:
    summary: Each thing turns
    roles:
      plain: {type: same, means: The thing itself.}
      turned: {type: widened, means: The thing the other way round.}
    arguments:
      slow: (plain) -> () for Real
      quick: (plain, turned) -> (turned) for Real
      idle: (plain) -> () for Real | i32
    results:
      slow: () -> (plain)
      quick: (turned) -> ()
"""
RELEASES = """\
schema: opspec/releases/1
dialect: toy
distribution: toys
releases: ["1", "2", "3"]
operations:
  "stop": ["2", "3"]
operation_attributes:
  "go.tag": ["3"]
  "go.mark": ["2", "3"]
definitions:
  "#toy.span": ["1", "3"]
cases:
  "Mode.idle": ["2"]
formats:
  "#toy.mode":
    "1": "`X` $value"
forms:
  "go.mark": {"2": "attr string", "3": "attr string"}
  "go.input": {"1": "variadic f64", "2": "variadic f64"}
counts:
  "turn": {"1": {"results": "2"}, "3": {"results": "2"}}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the dialect, by name."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "toy").mkdir()
    for name, text in (("dialect", FACTS), ("overlay", CHOICES), ("releases", RELEASES)):
        (folder / "toy" / f"{name}.yaml").write_text(text, encoding="utf-8")
    options = ("--spec", "toy/dialect.yaml", "--package", "toys", "--only", "docs", "-o", "out")
    done = opspec("generate", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return {path.stem: path.read_text(encoding="utf-8") for path in (folder / "out" / "docs").glob("*.md")}


def tables(text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The rows of each table by their first cell, the tables by their titles, or by the first cell of their heads."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for title, table in re.findall(r"(?:^\*\*(\w+)\*\*\n\n)?((?:^\|.*\n)+)", text, re.MULTILINE):
        head, _, *rows = ([cell.strip("| ") for cell in line.split(" | ")] for line in table.splitlines())
        found[title or head[0]] = {row[0]: tuple(row[1:]) for row in rows}
    return found


def section(page: str, title: str) -> str:
    """What stands below a heading, up to the next one."""
    _, _, behind = page.partition(f"### `{title}`\n")
    return re.split(r"^##", behind, maxsplit=1, flags=re.MULTILINE)[0]


HEADS = {
    ("In the IR", "Number", "Python", "Meaning"),
    ("Parameter", "Kind", "Python", "Default", "Meaning"),
    ("Name", "Python", "Constraint", "Meaning"),
    ("Name", "Python", "Constraint", "Default", "Meaning"),
    ("Operation", "Python", "About"),
    ("Activity", "Argument: operands", "Argument: results", "Result: operands", "Result: results"),
    ("Facts from", ""),
}


def test_every_column_says_what_it_holds(pages: dict[str, str]) -> None:
    found = re.findall(r"^\|(.*)\|\n\|(?: --- \|)+$", pages["toy"], re.MULTILINE)
    assert {tuple(cell.strip() for cell in head.split("|")) for head in found} == HEADS
    heads = re.findall(r"^\| (.*) \|\n\| --- \|", pages["releases"], re.MULTILINE)
    assert [head.split(" | ")[1:] for head in heads] == [["1", "2", "3"]] * 4


def test_which_release_has_what(pages: dict[str, str]) -> None:
    assert tables(pages["releases"]) == {
        "Operation": {
            "`toy.go`": ("yes", "yes", "yes"),
            "`toy.stop`": ("no", "yes", "yes"),
            "`toy.tie`": ("yes", "yes", "yes"),
            "`toy.turn`": ("yes", "yes", "yes"),
        },
        "Part of an operation, where it is not in all": {
            "`toy.go tag`": ("no", "no", "yes"),
            "`toy.go mark`": ("no", "yes", "yes"),
        },
        "Attribute or type": {
            "`#toy.mode`": ("`#toy<mode X value>`", "`#toy.mode<value>`", "`#toy.mode<value>`"),
            "`#toy.span`": ("yes", "no", "yes"),
            "`!toy.cell`": ("yes", "yes", "yes"),
            "`!toy.plain`": ("yes", "yes", "yes"),
            "`!toy.box`": ("yes", "yes", "yes"),
        },
        "Enum cases": {"`Mode: slow, quick`": ("yes", "yes", "yes"), "`Mode: idle`": ("no", "yes", "no")},
    }


def test_an_enum_has_its_cases_and_its_names(pages: dict[str, str]) -> None:
    assert (
        section(pages["toy"], "Mode").strip()
        == """\
How fast.

Stored as `i32`. Its texts are of the type `ModeText`.

| In the IR | Number | Python | Meaning |
| --- | --- | --- | --- |
| `slow` | 0 | `Mode.SLOW` |  |
| `quick` | 3 | `Mode.QUICK` | At once |
| `idle` | 5 | `Mode.IDLE` |  |

Also called `Pace`.
`QUICK` is also called `FAST`.

Old names, which still work and warn:

- toy.Speed is called Mode now."""
    )


def test_a_definition_has_its_parameters_and_its_format(pages: dict[str, str]) -> None:
    text = section(pages["toy"], "#toy.span")
    assert tables(text) == {
        "Parameter": {
            "`firstOne`": ("`int64`", "`first_one`", "required", ""),
            "`count`": ("`int64`", "`count`", "`7`", ""),
            "`note`": ("`string`", "`note`", "unset", ""),
        }
    }
    assert "Python: `SpanAttr`.\n" in text
    assert "Text only" not in text
    assert "```text\n`<` $firstOne (`,` $count^)? (`:` $note^)? `>`\n```" in text


def test_a_definition_that_only_cpp_reads_is_text(pages: dict[str, str]) -> None:
    text = section(pages["toy"], "!toy.cell")
    assert "Python: `CellType`.\n" in text
    assert "Text only: C++ prints and parses this one" in text
    assert tables(text) == {"Parameter": {"`size`": ("`int64`", "`size`", "required", "")}}
    assert section(pages["toy"], "!toy.plain").strip() == "Python: `PlainType`."


def test_an_operation_has_its_parts_and_its_names(pages: dict[str, str]) -> None:
    text = section(pages["toy"], "toy.go")
    assert text.lstrip().startswith("Goes.\n")
    assert tables(text) == {
        "Operands": {"`input`": ("`input`", "`variadic f32`", r"What comes in \| or not")},
        "Attributes": {
            "`mode`": ("`mode`", "`toy.mode`", "required", ""),
            "`steps`": ("`steps`", "`i64`", "`1`", ""),
            "`tag`": ("`tag`", "`string`", "unset; in 3 only", ""),
            "`mark`": ("`mark`", "`string`", "required in 2, 3", ""),
        },
        "Results": {"`output`": ("`output`", "`f32`", "")},
        "Regions": {"`body`": ("`body`", "`blocks 1`", "")},
    }
    assert "Also called `run`.\n\nOld names, which still work and warn:\n\n- toy.walk is called go now.\n\n" in text
    assert "Traits and interfaces: `Pure`\n" in text
    assert "Assembly format:\n\n```text\nattr-dict\n```" in text


def test_the_index_of_a_page_leads_to_each_operation(pages: dict[str, str]) -> None:
    page = pages["toy"]
    assert tables(page.partition("## Operations")[2].partition("###")[0]) == {
        "Operation": {
            "[`toy.go`](#toygo)": ("`toy.go`", "Goes"),
            "[`toy.stop`](#toystop)": ("`toy.stop`", "Ends"),
            "[`toy.tie`](#toytie)": ("`toy.tie`", ""),
            "[`toy.turn`](#toyturn)": ("`toy.turn`", ""),
        }
    }
    assert "| Facts from | |\n| --- | --- |\n| from | a person |\n" in page


def test_a_contract_is_a_table_of_activities(pages: dict[str, str]) -> None:
    text = section(pages["toy"], "toy.turn")
    _, _, behind = text.partition("**What follows from the function**: Each thing turns.\n")
    assert tables(behind)["Activity"] == {
        "`slow`": ("plain", "none", "none", "plain"),
        "`quick`": ("plain, turned", "turned", "turned", "none"),
        "`idle`": ("plain", "none", "refused", "refused"),
    }
    assert "- `plain`: The thing itself.\n- `turned`: The thing the other way round.\n" in behind
    assert [line for line in behind.splitlines() if line.startswith("Only for")] == [
        "Only for `f32 | f64`: argument `slow`, argument `quick`.",
        "Only for `f32 | f64 | i32`: argument `idle`.",
    ]
    assert "`modes` has one entry for each argument of `fn`.\n" in behind
    assert "`kept` has one entry for each result of `fn`.\n" in behind
    assert "The extents of `width` stand in front of the shape of: turned." in behind
    assert "Operands come in the order of the arguments, then of the results." in behind
    assert "Results come in the order of the results, then of the arguments." in behind


def test_what_releases_want_otherwise_is_a_rule(pages: dict[str, str]) -> None:
    assert "- In release 1 and 2, `input` is `f64`.\n" in section(pages["toy"], "toy.go")
    expected = "- In release 1 and 3 there have to be 2 results: builders refuse it there.\n"
    assert expected in section(pages["toy"], "toy.turn")


def test_each_trait_that_is_a_rule_is_a_sentence(pages: dict[str, str]) -> None:
    text = section(pages["toy"], "toy.tie")
    _, _, behind = text.partition("**Rules**\n\n")
    assert [line.removeprefix("- ") for line in behind.split("\n\n")[0].splitlines()] == [
        "Stands in `toy.go` or `toy.turn`.",
        "`a` and `b` have one type.",
        "`c` has the type of `a`.",
        "`element` has the element type of `held`.",
        "`boxed` is of a type `!toy.box`, `inside` has its `content`.",
        "`operandSegmentSizes` holds how many values belong to `a`, `b`, `c`, `element`, `held`, `inside`, `boxed` and "
        "`more`.",
        "Its blocks take no arguments.",
        "Symbols in it are seen from inside it, and from outside behind its own name.",
    ]
