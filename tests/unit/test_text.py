"""Text of a spec in code: it can neither end a literal or docstring nor escape from it.

Texts are compared through `ascii`, since a report of a lone surrogate cannot be written.
"""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opspec.emitters.python.prose import about, argument_doc, doc_lines
from opspec.pyview.text import WIDTH, call, py_docstring, py_literal, wrap_markdown

HOSTILE = (
    *("", " ", '"', "'", '""', '"""', "'''", '""""', "\\", "\\\\", '\\"', '\\"""', 'x"', "x\\", "\\x", "\\N{BULLET}"),
    *("\n", "\r\n", "\t", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\U000e0001", "𝄞", "é"),
    *("{{ x }}", "{% raw %}", "{# c #}", "{x}", "%s", "$_self", "`", "```python", '""" + exec("x") + """'),
    *("# noqa", "# type: ignore", "# fmt: off", "\\u0041", "\\", "line\\\nline", "\ud800"),
)


def docstring_of(code: str) -> str:
    """What Python makes of a docstring that stands alone; the code is nothing but the docstring."""
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    assert isinstance(statement.value.value, str)
    return statement.value.value


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_literal_is_its_text(text: str) -> None:
    literal = py_literal(text)
    assert ascii(ast.literal_eval(literal)) == ascii(text)
    assert literal.isascii()
    assert literal.isprintable()


@given(st.text(st.characters()))
def test_every_literal_is_its_text(text: str) -> None:
    assert ascii(ast.literal_eval(py_literal(text))) == ascii(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=3).map(tuple),
    )
)
def test_every_value_evaluates_to_itself(value: object) -> None:
    found = ast.literal_eval(py_literal(value))
    assert ascii(found) == ascii(value)


@pytest.mark.parametrize("value", [[1], {"a": 1}, b"x", object()])
def test_what_has_no_literal_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no literal"):
        py_literal(value)


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_float_without_a_literal_is_never_a_name(number: float) -> None:
    try:
        code = py_literal(number)
    except (TypeError, ValueError):
        return
    assert not any(isinstance(node, ast.Name) for node in ast.walk(ast.parse(f"({code})")))


@pytest.mark.parametrize("indent", [0, 4, 8])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_hostile_docstring_stays_a_docstring(text: str, indent: int) -> None:
    for lines in ([text], ["Summary.", "", text], [text, text], ["Summary.", "", f"{text}x{text}"]):
        code = py_docstring(lines, indent)
        assert code.startswith(" " * indent + '"""')
        wrapped = f"def f():\n{code}\n" if indent == 4 else code.strip()
        found = ast.get_docstring(ast.parse(wrapped).body[0], clean=False) if indent == 4 else docstring_of(wrapped)  # type: ignore[arg-type]
        assert found is not None
        for line in (code + "\n").splitlines():
            assert all(c.isprintable() for c in line)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@example(["a\u2028b", "\x85", "\U000e0001"])
@example(['"', '\\"'])
def test_every_docstring_compiles_and_says_its_text(lines: list[str]) -> None:
    """All but the blanks at ends of lines, before the first word, and empty lines at the end."""
    kept = [line.rstrip(" ") for line in lines]
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    kept[0] = kept[0].lstrip(" ")
    expected = kept[0] if len(kept) == 1 else "\n".join(kept) + "\n"
    assert ascii(docstring_of(py_docstring(lines, 0))) == ascii(expected)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["One line."], '"""One line."""'),
        ([], '""""""'),
        (["", ""], '""""""'),
        (["Ends in \\"], '"""Ends in \\\\"""'),
        (['Ends in "'], '"""Ends in \\""""'),
        (["Summary.", "", "Text."], '"""Summary.\n\nText.\n"""'),
        (["Summary.", "", "Text.  ", ""], '"""Summary.\n\nText.\n"""'),
    ],
)
def test_docstrings_are_laid_out_as_pep_257_says(lines: list[str], code: str) -> None:
    assert py_docstring(lines, 0) == code


def test_paragraphs_are_filled_and_blocks_are_not() -> None:
    text = (
        "one two three four five\nsix\n\n- item\n- item that is longer than the width\n\n```\ncode   kept\n\nmore\n```"
    )
    assert wrap_markdown(text, 12) == [
        *("one two", "three four", "five six", ""),
        *("- item", "- item that is longer than the width", ""),
        *("```", "code   kept", "", "more", "```"),
    ]


def test_a_call_fits_on_a_line_or_has_one_argument_a_line() -> None:
    assert call("f(", ["a", "b"], 4) == ["    f(a, b)"]
    long = ["a" * 50, "b" * 50]
    assert call("f(", long, 4, tail=":") == ["    f(", f"        {long[0]},", f"        {long[1]},", "    ):"]
    assert all(len(line) <= WIDTH for line in call("f(", long, 4))
    assert call("f(", ["a\nb"], 0) == ["f(", "    a\nb,", ")"]


@pytest.mark.parametrize("indent", [0, 4, 8])
def test_docstrings_fill_lines_of_88_characters_with_their_quotes(indent: int) -> None:
    """A docstring of one paragraph may end up on one line, with three quotes on either side."""
    text = " ".join(["word"] * 60)
    for lines in (about(text, indent), doc_lines(text, "", indent)):
        widths = [indent + len(line) + 6 for line in lines[:-1]]
        assert widths
        assert all(88 - len(" word.") < width <= 88 for width in widths)
    described = doc_lines("Short", text, indent)
    assert described[:2] == ["Short.", ""]
    assert all(88 - len(" word.") < indent + len(line) <= 88 for line in described[2:-1])
    first, *others = argument_doc("name", text)
    assert first.startswith("    name: word")
    assert all(line.startswith("        word") and 88 - len(" word.") < 4 + len(line) <= 88 for line in others[:-1])
