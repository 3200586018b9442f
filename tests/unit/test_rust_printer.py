"""Rust as rustfmt lays it out: what fits on a line, what opens, what is listed; rustfmt agrees where there is one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from opspec.rsview.code import (
    Arm,
    Array,
    Atom,
    Chain,
    Do,
    Function,
    Let,
    Nested,
    Parameter,
    Reference,
    Statement,
    StructLiteral,
    Tail,
    Try,
    Use,
    call,
)
from opspec.rsview.printer import print_item, print_uses
from opspec.rsview.text import doc_lines, docs, rs_literal
from tests.rust.compiling import EDITION, tool

LONG = "a_name_that_takes_many_columns"


def body(*statements: Statement) -> str:
    function = Function("run", (), None, statements, head="fn")
    return "\n".join(print_item(function)) + "\n"


CALLS = call("add", "first"), call("build"), call("expect", '"valid operation"')
LONG_SIGNATURE = Function(
    "run", (Parameter(LONG, Atom("A")), Parameter("b", Atom("B" * 50))), Atom("C"), (Tail(Atom("b")),)
)
CASES = {
    "a short call": (
        body(Do(call("one", "a", "b"))),
        "fn run() {\n    one(a, b);\n}\n",
    ),
    "arguments of more than 60 columns": (
        body(Do(call("one", LONG, LONG, "c"))),
        f"fn run() {{\n    one(\n        {LONG},\n        {LONG},\n        c,\n    );\n}}\n",
    ),
    "a list that is the one argument": (
        body(Do(call("one", Reference(Array((call("two", LONG, LONG, "c"),)))))),
        f"fn run() {{\n    one(&[two(\n        {LONG},\n        {LONG},\n        c,\n    )]);\n}}\n",
    ),
    "a chain": (
        body(Tail(Chain(call("new", '"a.name"', "location"), CALLS))),
        'fn run() {\n    new("a.name", location)\n        .add(first)\n'
        '        .build()\n        .expect("valid operation")\n}\n',
    ),
    "a name that leaves too little room": (
        body(Let("n" * 44, call("one", LONG, "c" * 20))),
        f"fn run() {{\n    let {'n' * 44} =\n        one({LONG}, {'c' * 20});\n}}\n",
    ),
    "an arm of more than a line": (
        body(Nested(Atom("match 1"), (Arm("1", Atom("2")), Arm("n" * 60, Atom("m" * 40))))),
        f"fn run() {{\n    match 1 {{\n        1 => 2,\n        {'n' * 60} => {{\n            {'m' * 40}\n"
        "        }\n    }\n}\n",
    ),
    "numbers fill lines": (
        body(Let("all", Array(tuple(Atom(str(10**8 + index)) for index in range(12))))),
        "fn run() {\n    let all = [\n        " + " ".join(f"{10**8 + index}," for index in range(8))
        + "\n        " + " ".join(f"{10**8 + index}," for index in range(8, 12)) + "\n    ];\n}\n",
    ),
    "a small struct": (
        body(Let("one", StructLiteral(Atom("One"), (("a", Atom("a")), ("b", Atom("2"))))))  ,
        "fn run() {\n    let one = One { a, b: 2 };\n}\n",
    ),
    "a larger struct": (
        body(Let("one", StructLiteral(Atom("One"), (("first", Atom("1")), ("second", Atom("2")))))),
        "fn run() {\n    let one = One {\n        first: 1,\n        second: 2,\n    };\n}\n",
    ),
    "what is tried": (
        body(Do(Try(call("one", "a")))),
        "fn run() {\n    one(a)?;\n}\n",
    ),
    "a signature of more than a line": (
        "\n".join(print_item(LONG_SIGNATURE)) + "\n",
        f"pub fn run(\n    {LONG}: A,\n    b: {'B' * 50},\n) -> C {{\n    b\n}}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    found, expected = CASES[name]
    assert found == expected


def test_rustfmt_agrees(tmp_path: Path) -> None:
    command = [tool("rustfmt"), *EDITION, "--check", "--config", "color=Never"]
    for name, (text, _) in CASES.items():
        path = tmp_path / "code.rs"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([*command, str(path)], capture_output=True, text=True)
        assert (done.stdout, done.returncode) == ("", 0), name


def test_uses_are_one_tree_for_each_root() -> None:
    paths = "Context", "ir::Value", "ir::attribute::BoolAttribute", "ir::r#type::IntegerType", "ir::Attribute"
    uses = [*(Use("melior", path) for path in paths), Use("std", "fmt"), Use("other", "left_out")]
    assert print_uses(uses, (("melior", "crate"), ("std", "std"))) == [
        "use crate::{",
        "    Context,",
        "    ir::{Attribute, Value, attribute::BoolAttribute, r#type::IntegerType},",
        "};",
        "use std::fmt;",
    ]


def test_words_of_specs_stay_words() -> None:
    assert rs_literal('a "b" \\ \n \u202e é') == '"a \\"b\\" \\\\ \\n \\u{202e} \\u{e9}"'
    code = "See [this].\n\n```\nlet x = ;\n```\n\n"
    text = f"{code}- an item that goes on and on and on and on and on and on and on and on again\n"
    assert list(doc_lines(docs("adds a value", text))) == [
        "/// Adds a value.",
        "///",
        "/// See \\[this\\].",
        "///",
        "/// ```text",
        "/// let x = ;",
        "/// ```",
        "///",
        "/// - an item that goes on and on and on and on and on and on and on and on",
        "///   again",
    ]
