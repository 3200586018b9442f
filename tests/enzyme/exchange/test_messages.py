"""What is said of a module that cannot be read: where in the user's text, which operation, and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import HOST, ir, lowering, new_context

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="the words are those of the host mlir"),
]

OLD = "#enzyme<activity enzyme_active>"
"""One character more than the newest release writes."""
UNKNOWN = "Enzyme takes registered operations only, and does not know this one"
NOT_ON_HOST = "mlir cannot read it either: <text>:{}: error: Dialect `enzyme' not found for custom op '{}'"
IGNORED = "  %0 = enzyme.ignore_derivatives %x : f64 -> f64\n"
FIRST = NOT_ON_HOST.format("2:8", "enzyme.ignore_derivatives")

TEXTS = {
    "a custom operation": (
        "func.func @f(%x: f64) {\n  enzyme.unheard_of %x : f64\n  return\n}",
        f"<text>:2:3: error: enzyme.unheard_of: {UNKNOWN}\n" + NOT_ON_HOST.format("2:3", "enzyme.unheard_of"),
    ),
    "behind attributes of other lengths, and other letters": (
        f'func.func @f(%x: f64) attributes {{a = [{OLD}, {OLD}], b = "größe"}} {{ enzyme.unheard_of %x : f64 return }}',
        f"<text>:1:122: error: enzyme.unheard_of: {UNKNOWN}\n" + NOT_ON_HOST.format("1:122", "enzyme.unheard_of"),
    ),
    "both say the same": (
        f"func.func @f(%x: f64) attributes {{a = [{OLD}, {OLD}]}} {{\n  %é = arith.addf %x, %x : f64\n  return\n}}",
        "<text>:2:3: error: invalid SSA name",
    ),
    "a generic operation": (
        f'func.func @f(%x: f64) {{\n{IGNORED}  "test.foo" (%x) {{a = "é"}} : (f64) -> ()\n  return\n}}',
        f"<text>:3:3: error: test.foo: {UNKNOWN}\n{FIRST}",
    ),
    "a name with a line separator": (
        f'func.func @f(%x: f64) {{\n{IGNORED}  "ä" () {{}} : () -> ()\n  return\n}}'.replace("ä", "é\u2028.é"),
        f"<text>:3:3: error: é\u2028.é: {UNKNOWN}\n{FIRST}",
    ),
    "lines that end in two characters": (
        f'func.func @f(%x: f64) {{\r\n{IGNORED}  "a.b"() {{x = "\u2028é"}} : () -> ()\r\n  return\r\n}}',
        f"<text>:3:3: error: a.b: {UNKNOWN}\n{FIRST}",
    ),
    "an operation that a known dialect does not have": (
        f'func.func @f(%x: f64) {{\n{IGNORED}  "enzyme.fo"(%x) : (f64) -> ()\n  return\n}}',
        f"<text>:3:3: error: enzyme.fo: {UNKNOWN}\n{FIRST}",
    ),
    "a location of the user's": (
        f'func.func @f(%x: f64) {{\n{IGNORED}  "arith.negf"(%x, %x) : (f64, f64) -> f64 loc("a.py":7:3)\n  return\n}}',
        "loc(\"a.py\":7:3): error: 'arith.negf' op requires a single operand\n" + FIRST,
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_place_is_that_in_the_users_text(name: str) -> None:
    text, message = TEXTS[name]
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.parse(text)
    assert str(caught.value) == message


MODULES = {
    "where the text was": (
        '"test.odd"(%x) : (f64) -> f64\n  %1 = "test.odd"(%x) : (f64) -> f64 loc("model.py":7:3)',
        f'loc("-":2:8): error: test.odd: {UNKNOWN}',
        ("test.odd", 'loc("-":2:8)'),
    ),
    "a location of the user's": (
        '"test.odd"(%x) : (f64) -> f64 loc("model.py":7:3)',
        f'loc("model.py":7:3): error: test.odd: {UNKNOWN}',
        ("test.odd", 'loc("model.py":7:3)'),
    ),
    "no location": (
        '"test.odd"(%x) : (f64) -> f64 loc(unknown)',
        f"error: test.odd: {UNKNOWN}",
        ("test.odd", ""),
    ),
    "in a region, with one behind the region": (
        'scf.execute_region -> f64 { %9 = "test.odd"(%x) ({ }) : (f64) -> f64 loc("a b":1:2)\n  scf.yield %9 : f64 }',
        f'loc("a b":1:2): error: test.odd: {UNKNOWN}',
        ("test.odd", 'loc("a b":1:2)'),
    ),
    "of a dialect that is known": (
        '"tt.odd"(%x) : (f64) -> f64 loc("a b":1:2)',
        f'loc("a b":1:2): error: tt.odd: {UNKNOWN}',
        ("tt.odd", 'loc("a b":1:2)'),
    ),
    "an attribute": (
        'arith.addf %x, %x {note = #tt.foo<"x">} : f64 loc("model.py":9:3)',
        'loc("model.py":9:3): error: unknown attribute `foo` in dialect `tt`',
        ("arith.addf", 'loc("model.py":9:3)'),
    ),
}


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("is_run", [False, True])
def test_the_operation_of_a_module_is_named(name: str, is_run: bool) -> None:
    body, message, fault = MODULES[name]
    with new_context():
        module = ir.Module.parse(f"func.func @f(%x: f64) -> f64 {{\n  %0 = {body}\n  return %0 : f64\n}}")
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        if is_run:
            lowering.run(module, "parse")
        else:
            lowering.pretty(module)
    assert caught.value.message == f"{message}\nINVALID_ARGUMENT: Failed to parse module"
    assert caught.value.fault is not None
    assert (caught.value.fault.name, caught.value.fault.location) == fault
    assert caught.value.fault.function == "f"


def test_pretty_says_where_in_a_text() -> None:
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.pretty('func.func @f(%x: f64) {\n  "test.odd"(%x) : (f64) -> ()\n  return\n}')
    assert str(caught.value) == f"<text>:2:3: error: test.odd: {UNKNOWN}"


def test_a_death_in_enzymes_parser_is_a_crash() -> None:
    deep = "tuple<" * 200_000 + "f64" + ">" * 200_000
    with pytest.raises(lowering.EnzymeCrash) as caught:
        lowering.parse(f'func.func @f(%x: f64) {{\n{IGNORED}  %1 = "enzyme.init"() : () -> {deep}\n  return\n}}')
    assert str(caught.value) == f"<text>: Enzyme died of SIGSEGV\n{FIRST}"
    assert caught.value.signal is not None


def test_without_enzyme_the_hosts_words_have_the_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(tmp_path))
    with pytest.raises(lowering.EnzymeUnavailable) as caught:
        lowering.parse(f"func.func @f(%x: f64) {{\n{IGNORED}  return\n}}")
    assert str(caught.value) == (
        "<text>:2:8: error: Dialect `enzyme' not found for custom op 'enzyme.ignore_derivatives'; mlir cannot read it, "
        f"and there is no Enzyme to read it: there is no folder enzyme_ad in {str(tmp_path)!r}, which "
        "ENZYME_MLIR_ENZYME names"
    )


def test_a_file_is_named_by_host_and_enzyme(tmp_path: Path) -> None:
    path = tmp_path / "größe.mlir"
    path.write_text("module {}\n// -----\nfunc.func @g() {\n  enzyme.unheard_of\n}\n", encoding="utf-8")
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.parse_file(path)
    assert str(caught.value) == (
        f"{path}:4:3: error: enzyme.unheard_of: {UNKNOWN}\n"
        f"mlir cannot read it either: {path}:4:3: error: Dialect `enzyme' not found for custom op 'enzyme.unheard_of'"
    )
