"""`opspec ir`: files are printed, verified, written for other releases; what is wrong has its place in the file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from enzyme_mlir import lowering
from tests.command import opspec
from tests.enzyme.installed import RELEASES, folder_of

pytestmark = pytest.mark.usefixtures("enzyme_installed")

OLD, NEW = RELEASES[0], RELEASES[-1]
GOLDEN = Path(__file__).parents[2] / "golden" / "specs"
FILE = """\
func.func @f(%x: f64) -> f64 {
  %0 = enzyme.ignore_derivatives %x : f64 -> f64
  return %0 : f64
}
// -----
func.func @g(%x: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64 loc("model.py":7:3)
  return %0 : f64
}
"""
CUSTOM = """\
module {
  func.func @f(%arg0: f64) -> f64 {
    %0 = enzyme.ignore_derivatives %arg0 : f64 -> f64
    return %0 : f64
  }
}

// -----

module {
  func.func @g(%arg0: f64) -> f64 {
    %0 = arith.mulf %arg0, %arg0 : f64
    return %0 : f64
  }
}
"""
GENERIC = """\
"builtin.module"() ({
  "func.func"() <{function_type = (f64) -> f64, sym_name = "f"}> ({
  ^bb0(%arg0: f64):
    %0 = "enzyme.ignore_derivatives"(%arg0) : (f64) -> f64
    "func.return"(%0) : (f64) -> ()
  }) : () -> ()
}) : () -> ()

// -----

"builtin.module"() ({
  "func.func"() <{function_type = (f64) -> f64, sym_name = "g"}> ({
  ^bb0(%arg0: f64):
    %0 = "arith.mulf"(%arg0, %arg0) <{fastmath = #arith.fastmath<none>}> : (f64, f64) -> f64
    "func.return"(%0) : (f64) -> ()
  }) : () -> ()
}) : () -> ()
"""
DERIVATIVE = """\
func.func @f(%x: f64) -> f64 {
  return %x : f64
}
func.func @d(%x: f64, %s: f64) -> f64 {
  %0 = enzyme.autodiff @f(%x, %s) {activity = [#enzyme<activity enzyme_active>],
    ret_activity = [#enzyme<activity enzyme_activenoneed>]} : (f64, f64) -> f64
  return %0 : f64
}
"""
"""Written for the oldest release."""
GENERIC_DERIVATIVE = """\
func.func @f(%x: f64) -> f64 {
  return %x : f64
}
func.func @d(%x: f64, %s: f64) -> f64 {
  %0 = "enzyme.autodiff"(%x, %s) {fn = @f, activity = [#enzyme.activity<enzyme_active>],
    ret_activity = [#enzyme.activity<enzyme_activenoneed>], atomic_add = VALUE} : (f64, f64) -> f64
  return %0 : f64
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "f.mlir").write_text(FILE, encoding="utf-8")
    (tmp_path / "d.mlir").write_text(DERIVATIVE, encoding="utf-8")
    return tmp_path


def printed(folder: Path, *arguments: str, notes: str = "") -> str:
    done = opspec("ir", *arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, notes)
    return done.stdout


def refused(folder: Path, *arguments: str, code: int) -> str:
    done = opspec("ir", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (code, "")
    return done.stderr


def test_a_file_is_printed_as_people_read_it(folder: Path) -> None:
    assert printed(folder, "f.mlir") == CUSTOM
    assert printed(folder, "f.mlir", "--custom") == CUSTOM


def test_a_file_is_printed_in_generic_form(folder: Path) -> None:
    assert printed(folder, "f.mlir", "--generic") == GENERIC


def test_what_was_printed_is_read_again(folder: Path) -> None:
    assert printed(folder, "f.mlir", "--generic", "-o", "made/g.mlir") == ""
    assert (folder / "made" / "g.mlir").read_text(encoding="utf-8") == GENERIC
    assert printed(folder, "made/g.mlir") == CUSTOM
    assert printed(folder, "made/g.mlir", "-o", "made/g.mlir") == ""
    assert (folder / "made" / "g.mlir").read_text(encoding="utf-8") == CUSTOM


def test_locations_are_those_of_the_file(folder: Path) -> None:
    text = printed(folder, "f.mlir", "--generic", "--locations")
    assert 'loc("-"' not in text
    assert 'loc("f.mlir":2:8)' in text
    assert 'loc("f.mlir":8:3)' in text
    assert 'loc("model.py":7:3)' in text


def test_standard_input_is_read(folder: Path) -> None:
    done = opspec("ir", "-", cwd=folder, stdin=FILE)
    assert (done.returncode, done.stdout, done.stderr) == (0, CUSTOM, "")
    done = opspec("ir", "-", cwd=folder, stdin="func.func @f(")
    assert (done.returncode, done.stdout) == (100, "")
    assert done.stderr.startswith("<stdin>:1:13: error: ")


@pytest.mark.parametrize("target", RELEASES)
def test_a_file_is_written_for_another_release(folder: Path, target: str) -> None:
    old = str(folder_of(OLD))
    text = printed(folder, "d.mlir", "--release", OLD, "--enzyme", old, "--to", target, "--generic")
    (verdict,) = lowering.verdicts([text], "parse", enzyme=folder_of(target))
    assert (verdict.message, verdict.kind) == ("", None)
    assert ("#enzyme<activity enzyme_active>" in text) == (target != NEW)


def test_only_the_release_itself_writes_its_syntax(folder: Path) -> None:
    old, new = str(folder_of(OLD)), str(folder_of(NEW))
    both = ("--enzyme", old, "--enzyme", new)
    text = printed(folder, "d.mlir", *both, "--to", NEW)
    assert "  %0 = enzyme.autodiff @f(%arg0, %arg1) <activity = [#enzyme.activity<enzyme_active>], " in text
    assert text == printed(folder, "d.mlir", *both, "--to", NEW, "--custom")
    assert "  %0 = enzyme.autodiff @f(%arg0, %arg1) {activity = [#enzyme<" in printed(
        folder, "d.mlir", *both, "--to", OLD
    )
    assert '"enzyme.autodiff"(%arg0, %arg1) {' in printed(folder, "d.mlir", "--enzyme", old, "--to", NEW)
    assert refused(folder, "d.mlir", "--enzyme", old, "--to", NEW, "--custom", code=101) == (
        f"opspec: there is no Enzyme of release {NEW} here (found: {OLD}), and only that writes its syntax; name its "
        "folder with --enzyme, or ask for --generic, which every release reads\n"
    )


def test_a_default_that_a_release_lacks_is_left_out(folder: Path) -> None:
    given = GENERIC_DERIVATIVE.replace("VALUE", "false")
    (folder / "g.mlir").write_text(given, encoding="utf-8")
    assert "atomic_add" not in printed(folder, "g.mlir", "--to", OLD)
    assert "atomic_add = false" in printed(folder, "g.mlir", "--to", NEW, "--generic")
    assert "atomic_add = false" in printed(folder, "g.mlir", "--generic")


def test_findings_have_their_place_in_the_file(folder: Path) -> None:
    text = DERIVATIVE.replace("(%x, %s)", "(%x)").replace(": (f64, f64) -> f64\n", ": (f64) -> f64\n")
    (folder / "w.mlir").write_text("// -----\n" + text, encoding="utf-8")
    done = opspec("ir", "w.mlir", "--enzyme", str(folder_of(OLD)), "--verify", cwd=folder)
    line = text.splitlines()[4]
    assert (done.returncode, done.stderr) == (100, "")
    assert done.stdout == (
        "w.mlir:6:8: error: enzyme.autodiff: inputs is 1 value, accepted is 2 values: primal of argument 0 (f64), "
        f"seed of result 0 (f64) [broken-rule]\n  6 | {line}\n    |        ^\n\n"
        f"1 finding in 2 modules, by the rules of release {OLD}\n"
    )


def test_findings_are_at_the_location_that_an_operation_has(folder: Path) -> None:
    text = '"enzyme.autodiff"() {fn = @f, activity = [], ret_activity = []} : () -> ()'
    (folder / "w.mlir").write_text(f'\n{text} loc("model.py":7:3)\n{text} loc(unknown)\n', encoding="utf-8")
    done = opspec("ir", "w.mlir", "--verify", "--format", "json", cwd=folder)
    assert done.returncode == 100
    report = json.loads(done.stdout)
    assert report["summary"] == f"2 findings in 1 module, by the rules of release {NEW}"
    assert [(each["path"], each["line"], each["column"]) for each in report["findings"]] == [
        ("model.py", 7, 3),
        ("w.mlir", 2, 1),
    ]
    assert {each["message"] for each in report["findings"]} == {
        "enzyme.autodiff: fn is @f, accepted is a symbol in sight: there is none"
    }


def test_right_modules_have_no_findings(folder: Path) -> None:
    assert printed(folder, "f.mlir", "--verify") == f"no findings in 2 modules, by the rules of release {NEW}\n"
    text = printed(folder, "f.mlir", "--verify", "--release", OLD)
    assert text == f"no findings in 2 modules, by the rules of release {OLD}\n"


def test_everything_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "w.mlir").write_text(f"{FILE}// -----\n  enzyme.nope\n// -----\nfunc.func @f(\n", encoding="utf-8")
    hint = f"  hint: asked was Enzyme {NEW}; --enzyme FOLDER names another\n"
    assert refused(folder, "w.mlir", code=100) == (
        "w.mlir:11:3: error: enzyme.nope: Enzyme takes registered operations only, and does not know this one "
        "[unreadable-ir]\n  11 |   enzyme.nope\n     |   ^\n"
        "w.mlir:11:3: note: mlir cannot read it either: w.mlir:11:3: error: Dialect `enzyme' not found for custom op "
        f"'enzyme.nope'\n{hint}\n"
        "w.mlir:13:14: error: expected non-function type [unreadable-ir]\n"
        f"  13 | func.func @f(\n     |              ^\n{hint}\n"
        "2 errors\n"
    )


def test_a_text_for_another_release_says_which_enzyme_was_asked(folder: Path) -> None:
    assert refused(folder, "d.mlir", "--release", OLD, code=100) == (
        "d.mlir:5:8: error: properties dictionary is missing required attribute: activity [unreadable-ir]\n"
        f"  5 | {DERIVATIVE.splitlines()[4]}\n    |        ^\n"
        f"d.mlir:5:8: note: the text is in the syntax of release {OLD}, and the Enzyme that was asked is {NEW}: name "
        f"one of release {OLD} with enzyme=, or write it in generic form\n"
        "d.mlir:5:8: note: mlir cannot read it either: d.mlir:5:8: error: Dialect `enzyme' not found for custom op "
        "'enzyme.autodiff'\n"
        f"  hint: asked was Enzyme {NEW}; --enzyme FOLDER names another\n\n1 error\n"
    )


def test_what_enzyme_does_not_know_is_printed_by_the_host_and_said(folder: Path) -> None:
    text = 'func.func @f() {\n  "test.x"() : () -> () loc("m.py":3:4)\n  return\n}\n'
    (folder / "u.mlir").write_text(text, encoding="utf-8")
    said = (
        'loc("m.py":3:4): error: test.x: Enzyme takes registered operations only, and does not know this one\n'
        "INVALID_ARGUMENT: Failed to parse module\n"
        'because of test.x in @f at loc("m.py":3:4): "test.x"() : () -> ()\n'
    )
    note = f"opspec: note: Enzyme does not print the module, so it is in the syntax of mlir: {said}"
    assert printed(folder, "u.mlir", notes=note) == (
        'module {\n  func.func @f() {\n    "test.x"() : () -> ()\n    return\n  }\n}\n'
    )
    assert refused(folder, "u.mlir", "--custom", code=101) == f"opspec: Enzyme does not take the module: {said}"


@pytest.mark.parametrize(
    ("name", "content", "arguments", "code", "message"),
    [
        ("b.mlir", b"module {\n  \xff}", (), 100, "b.mlir:2:3: error: the byte 0xff is not UTF-8, expected text "),
        ("x", b"", ("--package", "json"), 101, "opspec: the package json is none that opspec generates; name one "),
        ("x", b"", ("--package", "no_such"), 101, "opspec: there is no package no_such to read modules with; `opspec "),
        ("x", b"", ("--config", "no.yaml"), 101, "opspec: there is no no.yaml; name one with --config"),
        ("x", b"", ("--enzyme", "."), 101, "opspec: --enzyme: there is no folder enzyme_ad in "),
        ("n", b"module attributes {a = " + b"#enzyme<activity " * 1200, (), 101, "opspec: n is nested too deeply\n"),
        ("x", b"", ("-o", "x/y"), 101, "opspec: cannot write x/y: "),
        ("x", b"", ("--to", "9"), 2, f"Error: Invalid value for --to: '9' is not one of {', '.join(RELEASES)}\n"),
        ("x", b"", ("--release", "9"), 2, "Error: Invalid value for --release: '9' is not one of "),
        ("x", b"", ("--package", "a-b"), 2, "Error: Invalid value for --package: 'a-b' is not a Python identifier\n"),
        ("x", b"", ("--verify", "--custom"), 2, "Error: --verify and --custom exclude each other: it prints findings"),
        ("x", b"", ("--locations",), 2, "Error: --locations wants --generic: the custom syntax is printed without"),
    ],
)
def test_wrong_use_and_what_is_missing(
    folder: Path, name: str, content: bytes, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (folder / name).write_bytes(content)
    said = refused(folder, name, *arguments, code=code)
    assert message in said
    assert said.startswith(message if code != 2 else "Usage: opspec ir")


@pytest.mark.parametrize(("name", "reason"), [("nope", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_is_not_there(folder: Path, name: str, reason: str) -> None:
    assert refused(folder, name, code=101) == f"opspec: cannot read {name}: {reason}\n"


def test_without_enzyme_it_works_with_what_the_host_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "g.mlir").write_text(GENERIC, encoding="utf-8")
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(folder))
    assert printed(folder, "g.mlir", "--generic") == GENERIC
    absent = f"there is no folder enzyme_ad in '{folder}', which ENZYME_MLIR_ENZYME names"
    assert refused(folder, "g.mlir", "--custom", code=101) == f"opspec: {absent}\n"
    assert refused(folder, "f.mlir", code=101) == (
        "opspec: f.mlir:2:8: error: Dialect `enzyme' not found for custom op 'enzyme.ignore_derivatives'; mlir cannot "
        f"read it, and there is no Enzyme to read it: {absent}\n"
    )


def test_without_the_mlir_bindings_it_says_so(folder: Path) -> None:
    done = opspec("ir", "f.mlir", cwd=folder, ENZYME_MLIR_HOST="nope")
    assert (done.returncode, done.stdout) == (101, "")
    assert done.stderr.startswith("opspec: ENZYME_MLIR_HOST names the MLIR bindings 'nope', which are not installed (")


def test_a_package_without_lowering_says_what_it_can(folder: Path) -> None:
    shutil.copytree(GOLDEN / "toy", folder / "toy")
    text = "schema: opspec/bindings/1\npackage: toy_bindings\nnaming: snake\noutput: out\ndialects: [toy]\n"
    (folder / "bindings.yaml").write_text(text, encoding="utf-8")
    assert opspec("generate", "--config", "bindings.yaml", cwd=folder).returncode == 0
    assert refused(folder, "f.mlir", "--config", "bindings.yaml", code=101) == (
        "opspec: the package toy_bindings has no module `lowering`, which reads and prints modules with Enzyme; in "
        "Python, toy_bindings.ir.Module.parse(text, toy_bindings.new_context()) reads generic form, and "
        "toy_bindings.verify(module) checks it\n"
    )


def test_a_project_has_its_own_package(folder: Path) -> None:
    (folder / "opspecs").mkdir()
    text = "schema: opspec/bindings/1\npackage: no_such\nnaming: snake\noutput: out\ndialects: []\n"
    (folder / "opspecs" / "bindings.yaml").write_text(text, encoding="utf-8")
    assert refused(folder, "f.mlir", code=101).startswith("opspec: there is no package no_such to read modules with; ")
    assert printed(folder, "f.mlir", "--package", "enzyme_mlir") == CUSTOM


def test_nothing_is_written_for_a_release_that_lacks_a_part(folder: Path) -> None:
    (folder / "g.mlir").write_text(GENERIC_DERIVATIVE.replace("VALUE", "true"), encoding="utf-8")
    text = (
        'func.func @f(%x: f64) {\n  %0 = "enzymexla.math.fmuladd"(%x, %x, %x) : (f64, f64, f64) -> f64\n  return\n}\n'
    )
    (folder / "m.mlir").write_text(text, encoding="utf-8")
    assert refused(folder, "g.mlir", "--to", OLD, "-o", "out.mlir", code=100) == (
        f"g.mlir:5:8: error: enzyme.autodiff: atomic_add is given, and release {OLD} of enzyme-ad does not have it, "
        f"accepted is a release that has it: it is there since release {RELEASES[1]} [broken-rule]\n"
        f"  5 | {GENERIC_DERIVATIVE.splitlines()[4]}\n    |        ^\n\n1 error\n"
    )
    assert not (folder / "out.mlir").exists()
    assert refused(folder, "m.mlir", "--to", OLD, code=100) == (
        f"m.mlir:2:8: error: enzymexla.math.fmuladd: the operation is none of release {OLD} of enzyme-ad, accepted is "
        f"one of a release that has it: it is there since release {NEW} [broken-rule]\n"
        f"  2 | {text.splitlines()[1]}\n    |        ^\n\n1 error\n"
    )
    assert printed(folder, "m.mlir", "--to", NEW, "--verify").startswith("no findings in 1 module")


def test_a_project_with_mistakes_is_not_asked_for_its_package(tmp_path: Path) -> None:
    (tmp_path / "opspecs").mkdir()
    text = "schema: opspec/bindings/1\npackage: toys\nconvention: 3\n"
    (tmp_path / "opspecs" / "bindings.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "a.mlir").write_text("module {}\n", encoding="utf-8")
    done = opspec("ir", "a.mlir", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "opspecs/bindings.yaml:3:1: error: unknown key 'convention' in the file [unknown-key]\n" in done.stderr
