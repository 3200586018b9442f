"""One package of bindings on three releases of Enzyme: spellings, gradients, refusals, and which release is in use."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from typing import Any

import pytest

from enzyme_mlir import ir, jit, lowering, new_context, use_release, using_release
from enzyme_mlir._release_table import ATTRIBUTES, OPERATIONS
from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.dialects import enzyme, impulse
from enzyme_mlir.dialects.enzyme import Activity, ActivityAttr
from enzyme_mlir.releases import nearest_release, release_in_use, release_of
from enzyme_mlir.testing import sample
from tests.enzyme.installed import RELEASES, ROOT, folder_of

SPELLINGS = {"0.0.14": "#enzyme<activity {}>", "0.0.15": "#enzyme<activity {}>", "0.0.16": "#enzyme.activity<{}>"}
"""What people saw the releases print; the package has this from probing."""

FUNCTION = """
func.func @f(%x: f64, %y: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = math.sin %y : f64
  %2 = arith.mulf %0, %1 : f64
  return %2 : f64
}
"""


def module(body: str, release: str) -> str:
    """`@f` and a function `@main` with this body, in which A, N, D, DN, C stand for activities."""
    cases = {"A": "active", "N": "activenoneed", "D": "dup", "DN": "dupnoneed", "C": "const"}
    for short, case in cases.items():
        body = body.replace(f"<{short}>", SPELLINGS[release].format(f"enzyme_{case}"))
    return f"{FUNCTION}\nfunc.func @main({body}\n}}"


REVERSE = """%x: f64, %y: f64, %d: f64) -> (f64, f64) {
  %0:2 = "enzyme.autodiff"(%x, %y, %d) {activity = [<A>, <A>], fn = @f, ret_activity = [<N>]}
    : (f64, f64, f64) -> (f64, f64)
  return %0#0, %0#1 : f64, f64"""
FORWARD = """%x: f64, %y: f64, %d: f64) -> (f64, f64) {
  %0:2 = "enzyme.fwddiff"(%x, %d, %y) {activity = [<D>, <C>], fn = @f, ret_activity = [<D>]}
    : (f64, f64, f64) -> (f64, f64)
  return %0#0, %0#1 : f64, f64"""


def outcome(text: str, release: str) -> tuple[float, ...]:
    """What `@main` returns at x = 1.25, y = 0.5, d = 2, differentiated by this release."""
    with new_context():
        result = lowering.run(text, enzyme=folder_of(release))
        assert "enzyme." not in str(result)
        return tuple(float(value) for value in jit.compile(result, "main")(1.25, 0.5, 2.0))


@pytest.fixture(scope="module", params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    folder_of(found)
    return found


@pytest.mark.parametrize("written_for", RELEASES)
def test_gradients_of_modules_written_for_any_release(written_for: str, release: str) -> None:
    x, y, d = 1.25, 0.5, 2.0
    assert outcome(module(REVERSE, written_for), release) == pytest.approx(
        (d * 2 * x * math.sin(y), d * x * x * math.cos(y)), rel=1e-14
    )
    assert outcome(module(FORWARD, written_for), release) == pytest.approx(
        (x * x * math.sin(y), d * 2 * x * math.sin(y)), rel=1e-14
    )


def test_gradients_of_modules_built_for_the_release(release: str) -> None:
    with new_context(), ir.Location.unknown(), using_release(release):
        f64 = ir.F64Type.get()
        built = ir.Module.parse(
            f"{FUNCTION} func.func @main(%x: f64, %y: f64, %d: f64) -> (f64, f64) {{ return %x, %y : f64, f64 }}"
        )
        block = built.body.operations[1].regions[0].blocks[0]
        (old_return,) = block.operations
        with ir.InsertionPoint(old_return):
            derivatives: Any = enzyme.autodiff(
                "f",
                block.arguments,
                activity=[Activity.ACTIVE, "active"],
                ret_activity=["activenoneed"],
                results=[f64, f64],
            )
        old_return.operation.operands[0], old_return.operation.operands[1] = derivatives
        assert SPELLINGS[release].format("enzyme_active") in str(built)
        (verdict,) = lowering.verdicts([str(built)], enzyme=folder_of(release))  # as it is: nothing is respelled
        assert verdict.text is not None, verdict.message
        values = jit.compile(lowering.run(built, enzyme=folder_of(release)), "main")(1.25, 0.5, 2.0)
    assert values == outcome(module(REVERSE, release), release)


def test_every_release_refuses_the_spelling_of_another(release: str) -> None:
    other = next(found for found in RELEASES if SPELLINGS[found] != SPELLINGS[release])
    (verdict,) = lowering.verdicts([module(REVERSE, other)], "parse", enzyme=folder_of(release))
    assert verdict.text is None


@pytest.mark.parametrize("case", Activity, ids=lambda case: case.name)
def test_activities_are_written_read_and_rewritten(case: Activity, release: str) -> None:
    with new_context():
        with using_release(release):
            made = ActivityAttr.get(case)
            assert str(made) == SPELLINGS[release].format(case.text)
            assert str(enzyme.activity_attribute(case)) == str(made)
        for other in RELEASES:
            with using_release(other):
                assert made.value is case
                assert ActivityAttr.isinstance(made)
                respelled = enzyme.activity_attribute(made)
                assert str(respelled) == SPELLINGS[other].format(case.text)
                assert ActivityAttr.parse(str(made)) == respelled


def test_operations_that_a_release_lacks_are_refused() -> None:
    with sample("memref<4xf64>") as (module, buffer):
        before = str(module)
        with using_release("0.0.14"), pytest.raises(ValueError) as caught:
            enzyme.fill_zero(buffer)
        assert str(caught.value) == (
            "enzyme.fill_zero: the operation is built for release 0.0.14 of enzyme-ad, which does not have it, "
            "accepted is a release that has: it is there since release 0.0.15; install another, or name the one in use "
            "with use_release"
        )
        with using_release("0.0.14"), pytest.raises(ValueError, match=r"since release 0\.0\.15"):
            enzyme.FillZeroOp(buffer)
        assert str(module) == before
        for having in ("0.0.15", "0.0.16", None):
            with using_release(having):
                assert isinstance(enzyme.fill_zero(buffer), enzyme.FillZeroOp)


def test_attributes_that_a_release_lacks_are_refused() -> None:
    with new_context(), ir.Location.unknown():
        ir.Module.parse(FUNCTION)
        arguments: dict[str, Any] = {"activity": [], "ret_activity": [], "results": [], "verify": False}
        with using_release("0.0.14"):
            assert isinstance(enzyme.autodiff("f", [], **arguments), enzyme.AutoDiffOp)
            with pytest.raises(
                ValueError, match=r"^enzyme\.autodiff: atomic_add is given for release 0\.0\.14 .* 0\.0\.15"
            ):
                enzyme.autodiff("f", [], atomic_add=True, **arguments)
        with using_release("0.0.15"):
            assert isinstance(enzyme.autodiff("f", [], atomic_add=True, **arguments), enzyme.AutoDiffOp)


def test_an_operation_of_no_release_says_so() -> None:
    refused = pytest.raises(ValueError, match=r"^impulse\.dump: .* in no release known")
    with sample("tensor<4xf64>") as (_, value), using_release("0.0.16"), refused:
        impulse.dump(value, "x")


def test_the_release_is_that_of_the_installation(release: str) -> None:
    program = "from enzyme_mlir.releases import release_in_use; print(release_in_use())"
    environment = {name: text for name, text in os.environ.items() if name != "ENZYME_MLIR_RELEASE"}
    places = {"PYTHONPATH": str(folder_of(release))}, {"ENZYME_MLIR_ENZYME": str(folder_of(release))}
    for place in (*places, {"ENZYME_MLIR_RELEASE": release}):
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment | place, cwd=ROOT, capture_output=True, text=True
        )
        assert done.stdout == f"{release}\n", done.stderr
    assert release_of(folder_of(release)) == release


def test_the_release_in_use_can_be_named() -> None:
    program = "\n".join(
        [
            "import enzyme_mlir",
            "from enzyme_mlir.releases import release_in_use as used",
            "enzyme_mlir.use_release('0.0.15')",
            "with enzyme_mlir.using_release('0.0.14'): print(used())",
            "print(used())",
            "enzyme_mlir.use_release(None); print(repr(used()))",
        ]
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["0.0.14", "0.0.15", "''"], done.stderr


def test_an_unknown_release_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        use_release("0.1")
    assert str(caught.value) == "use_release: release is '0.1', accepted is one of 0.0.14, 0.0.15, 0.0.16"
    with pytest.raises(TypeError, match=r"^using_release: release is int"), using_release(14):  # type: ignore[arg-type]
        pass


def test_a_block_ends_with_its_release() -> None:
    before = release_in_use()
    with pytest.raises(RuntimeError), using_release("0.0.14"):
        raise RuntimeError
    assert release_in_use() == before


@pytest.mark.parametrize(
    ("installed", "nearest"),
    [("0.0.13", "0.0.14"), ("0.0.14", "0.0.14"), ("0.0.15.post1", "0.0.15"), ("0.0.17", "0.0.16"), ("1", "0.0.16")],
)
def test_releases_that_were_not_probed_are_taken_for_the_nearest(installed: str, nearest: str) -> None:
    assert nearest_release(installed) == nearest


def test_snapshots_are_taken_by_every_release_that_has_the_operation(release: str) -> None:
    snapshots = sorted((ROOT / "generated" / "snapshots" / "enzyme").glob("*.mlir"))
    lacking = {name for name, offered in OPERATIONS.items() if release not in offered}
    differing = {name for name, having in ATTRIBUTES.items() if any(release not in o for o in having.values())}
    texts = {f"enzyme.{path.stem}": respell(path.read_text(encoding="utf-8"), release) for path in snapshots}
    verdicts = lowering.verdicts(list(texts.values()), "parse", enzyme=folder_of(release))
    taken = {name for name, verdict in zip(texts, verdicts, strict=True) if verdict.text is not None}
    assert taken & lacking == set()
    assert texts.keys() - taken <= lacking | differing


def test_respelling_is_the_same_from_every_release() -> None:
    texts = {found: module(REVERSE, found) for found in RELEASES}
    for target in RELEASES:
        assert {respell(text, target) for text in texts.values()} == {texts[target]}
