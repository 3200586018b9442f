"""Parameters that are declared by C++ types: what follows from them is right or left to C++, and needs no context."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tablegen.sources import needs_mlir, needs_tblgen
from tests.tablegen.test_kitchen import python

pytestmark = [needs_tblgen, needs_mlir]

FOLLOWING = """\
from found import ir, new_context, verify
from found.dialects import params as p

with new_context() as context, ir.Location.unknown():
    module = ir.Module.create()
    f32, i32 = ir.F32Type.get(), ir.IntegerType.get_signless(32)
    def value(text):
        return ir.Operation.create("test.make", results=[ir.Type.parse(text)]).result
    with ir.InsertionPoint(module.body):
        print(p.mem(value("!params.mem<i32>")).type, p.snake(value("!params.snake<f32>")).type)
        for name, type_ in (
            ("arr", "!params.arr<3, f32>"),
            ("written", "!params.written<f32 and more>"),
            ("types", "!params.many<2, i32, f32>"),
            ("last", "!params.many<2, i32 : f32>"),
            ("count", "!params.many<2, i32>"),
            ("nested", "!params.nested<<i32>, x, <i8>>"),
        ):
            made = getattr(p, name)(f32, value(type_))
            print(name, made.type, made.owner.opview.t.type)
        try:
            p.mem(value("!params.mem<i32>"), results=f32)
        except (TypeError, ValueError) as error:
            print(error)
    print(module.operation.verify(), verify(module))
"""
FOLLOWED = """\
i32 f32
arr f32 !params.arr<3, f32>
written f32 !params.written<f32 and more>
types f32 !params.many<2, i32, f32>
last f32 !params.many<2, i32 : f32>
count f32 !params.many<2, i32>
nested f32 !params.nested<<i32>, x, <i8>>
params.mem: r is of type f32, accepted is the word of t: i32
True no findings
"""

OUTSIDE = """\
from found import ir, new_context, verify
from found.dialects import params as p

with new_context() as context, ir.Location.unknown():
    module = ir.Module.create()
    level = p.LevelAttr.get(3)
    with ir.InsertionPoint(module.body):
        p.level(level)
        op = p.GainOp(p.GainAttr.get(1.5, level, ir.F32Type.get(), True, [level, level]), [level, 1, "x"])
        ir.Operation.create("params.level", attributes={"x": ir.Attribute.parse("#params.level<\\"a\\">")})
print([str(finding) for finding in verify(module)])
print(op.x.gain, op.x.level, op.x.type, op.x.on, [str(each) for each in op.x.levels], op.x.level.n, len(op.free))
"""


CASES = """\
from found import ir, new_context, verify
from found.dialects import cases

with new_context() as context, ir.Location.unknown():
    module = ir.Module.create()
    with ir.InsertionPoint(module.body):
        made, hidden = cases.e(), cases.c()
        print([str(getattr(made, name)) for name in "abcdefgjkno"], hidden.a)
    print(verify(module))
"""
KINDS = (
    "['#cases<kind in>', '#cases.other<out>', '#cases.other<out>', '#cases<kind out>', 'None', '#cases.plain<out>', "
    "'None', '#cases<bit a|b>', '#cases.plain<out>', '#cases<kind out>', '#cases<kind out>'] None\n"
    "no findings\n"
)


@pytest.mark.parametrize("bound", ["mnemonic"], indirect=True)
def test_defaults_are_the_cases_that_their_attributes_hold(bound: Path) -> None:
    """Those of attributes that only C++ can write are C++'s own."""
    done = python("-c", CASES, root=bound)
    assert (done.returncode, done.stdout, done.stderr) == (0, KINDS, "")


@pytest.mark.parametrize("bound", ["mnemonic"], indirect=True)
def test_types_follow_from_parameters_that_python_reads(bound: Path) -> None:
    done = python("-c", FOLLOWING, root=bound)
    assert (done.returncode, done.stdout, done.stderr) == (0, FOLLOWED, "")


@pytest.mark.parametrize("bound", ["mnemonic", "upstream"], indirect=True)
def test_verification_and_accessors_need_no_context(bound: Path) -> None:
    done = python("-c", OUTSIDE, root=bound)
    assert (done.returncode, done.stderr) == (0, "")
    found, read = done.stdout.splitlines()
    assert "params.level: text is StringAttr" in found
    assert read.startswith("1.500000e+00 : f64 #params.level<3 : i64> f32 True")
