"""What the test template places: finished test functions."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.model.dialect import Dialect, Operation
from opspec.naming.policy import NamingPolicy
from opspec.naming.words import snake_case
from opspec.pyview.examples import Example, build_example, called
from opspec.pyview.module import PyCase, PyEnum, PyHelper, PyModule
from opspec.pyview.text import WIDTH, py_literal
from opspec.samples.resolve import ResolvedSample, resolve_sample
from opspec.samples.types import needs_dialect

__all__ = ["TestsView", "view_tests"]


@dataclass(frozen=True, slots=True)
class TestsView:
    """The tests of a dialect, and the setups that several of them share.

    `requires` says that some need types which not every host has.
    """

    setups: tuple[str, ...]
    tests: tuple[str, ...]
    helpers: tuple[str, ...]
    requires: bool = False


def _block(example: Example, setups: dict[str, str], snapshot: str) -> list[str]:
    lines = example.opening(setups.get(example.setup, ""), 4)
    function = "check" if example.is_whole else "check_text"
    check = f"    {function}(module, {py_literal(snapshot)})"
    return [*lines, *(f"    {line}" for line in example.lines), check]


def _operation_test(
    dialect: Dialect, operation: Operation, module: PyModule, naming: NamingPolicy, setups: dict[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The test of an operation, and the helpers that it uses."""
    name = _plain(module.operation(operation.mnemonic).function, module)
    lines = [f"def test_compile_{name}() -> None:"]
    needed = _needed(resolve_sample(dialect, operation))
    if needed:
        lines.append(f"    require({py_literal(needed)})")
    helpers: list[str] = []
    for as_class in (False, True):
        example = build_example(dialect, operation, naming, module, as_class=as_class)
        lines += _block(example, setups, operation.mnemonic)
        helpers += example.helpers
    return "\n".join(lines), tuple(helpers)


def _needed(sample: ResolvedSample) -> str:
    """A type of the sample that not every host has; empty for none."""
    calls = [sample.call]
    for call in calls:
        calls += [inner for block in call.blocks for inner in block.calls]
    texts = [*sample.arguments]
    for call in calls:
        texts += [text for part in (*call.operands, *call.results) for text in part]
    return next(filter(needs_dialect, texts), "")


def _plain(function: str, module: PyModule) -> str:
    """The name of a function without the underscore behind it, unless another one is called so."""
    plain = function.rstrip("_")
    return function if module.has_function(plain) else plain


def _enum_test(dialect: str, enum: PyEnum, helpers: tuple[PyHelper, ...]) -> str:
    lines = [
        f"def test_{snake_case(enum.name)}_mnemonics() -> None:",
        f"    cases = {dialect}.{enum.name}.__members__",
        "    assert [(name, case.value, case.text) for name, case in cases.items()] == [",
        *(f"        ({py_literal(name)}, {c.value}, {py_literal(c.text)})," for c in enum.cases for name in _names(c)),
        "    ]",
    ]
    for helper in helpers:
        lines += [
            "    with ir.Context() as context:",
            "        context.allow_unregistered_dialects = True",
            *_listed(f"str({dialect}.{helper.name}(case)) for case in cases.values()"),
            "    assert texts == [",
            *(
                f"        {py_literal(text)},"
                for text, case in zip(helper.texts, enum.cases, strict=True)
                for _ in _names(case)
            ),
            "    ]",
        ]
    return "\n".join(lines)


def _names(case: PyCase) -> list[str]:
    """The name of a case and its further names; the old ones are no members."""
    return [case.name, *(alias.name for alias in case.aliases if not alias.message)]


def _listed(generator: str) -> list[str]:
    """`texts = [...]` on one line if it fits."""
    line = f"        texts = [{generator}]"
    return [line] if len(line) <= WIDTH else ["        texts = [", f"            {generator}", "        ]"]


def view_tests(dialect: Dialect, module: PyModule, naming: NamingPolicy) -> TestsView:
    """The tests of a dialect: one for each enum, one for each operation."""
    found: dict[str, str] = {}
    for operation in dialect.operations:
        setup = build_example(dialect, operation, naming, module).setup
        if setup and setup not in found:
            found[setup] = f"SETUP_{len(found)}"
    name = called(module.name)
    tests = [
        _enum_test(name, enum, tuple(h for h in module.helpers if h.enum == enum.name and not h.is_array))
        for enum in module.enums
    ]
    built = [_operation_test(dialect, operation, module, naming, found) for operation in dialect.operations]
    tests += [test for test, _ in built]
    setups = tuple(f"{name} = {_triple(setup)}" for setup, name in found.items())
    used = {name for _, names in built for name in names}
    requires = any("    require(" in test for test in tests)
    return TestsView(setups, tuple(tests), tuple(sorted({"as_printed", "printed", "sample", *used})), requires)


def _triple(text: str) -> str:
    """MLIR text as a string in triple quotes; as an ordinary literal where that could not hold it."""
    if "\\" in text or '"""' in text or not text.isascii():
        return py_literal(text)
    return f'"""\\\n{text}\n"""'
