"""Lists of symbols: names become references, each has to exist, and nothing but references stands in the IR."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir, verify
from enzyme_mlir.dialects import distributed
from enzyme_mlir.testing import sample

DEVICES = """
"distributed.LeafDevice"() {sym_name = "a"} : () -> ()
"distributed.LeafDevice"() {sym_name = "b c"} : () -> ()
"builtin.module"() ({
  "distributed.LeafDevice"() {sym_name = "in"} : () -> ()
}) {sym_name = "m"} : () -> ()
"""
LINK = '"distributed.Channel"() {receiving_devices = [@a], sending_devices = [@a], sym_name = "link"} : () -> ()'
IN_SIGHT = 'a symbol in sight: @a, @"b c", @m, @link, @sample'


def reference(text: str) -> Any:
    """A reference to a symbol, from MLIR's text."""
    return ir.Attribute.parse(text)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (["a"], "[@a]"),
        (["@a"], "[@a]"),
        (["a", "b c"], '[@a, @"b c"]'),
        (("m::in",), "[@m::@in]"),
        ([["m", "in"], "a"], "[@m::@in, @a]"),
        ([], "[]"),
    ],
)
def test_names_of_devices_become_references(given: Any, written: str) -> None:
    with sample(setup=DEVICES + LINK) as (module,):
        channel = distributed.channel("c", given, given)
        group = distributed.device_group("g", given, ["link"])
        for op, names in (
            (channel, ("sending_devices", "receiving_devices")),
            (group, ("devices",)),
        ):
            for name in names:
                assert str(op.operation.attributes[name]) == written
        assert str(group.operation.attributes["channels"]) == "[@link]"
        group.channels = ["link"]
        assert verify(module) == ()


def test_references_and_definitions_are_taken() -> None:
    with sample(setup=DEVICES + LINK) as (module,):
        device = next(iter(module.body.operations))
        made = distributed.channel("c", [reference("@a"), device], ir.ArrayAttr.get([reference("@m::@in")]))
        assert str(made.operation.attributes["sending_devices"]) == "[@a, @a]"
        assert str(made.operation.attributes["receiving_devices"]) == "[@m::@in]"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["zzz"], f"sending_devices[0] is @zzz, accepted is {IN_SIGHT}"),
        (["a", "aa"], f"sending_devices[1] is @aa, accepted is {IN_SIGHT}; did you mean '@a'?"),
        (
            [3],
            "sending_devices[0] is 3 (int), accepted is the name of a function, or the function",
        ),
        (
            "a",
            "sending_devices is 'a' (str), accepted is a sequence, each item the name of a function, or the function",
        ),
    ],
)
def test_what_is_no_device_is_refused(given: Any, message: str) -> None:
    with sample(setup=DEVICES + LINK) as (module,), pytest.raises((TypeError, ValueError)) as caught:
        distributed.channel("c", given, ["a"])
    assert str(caught.value) == f"distributed.Channel: {message}"
    with module.context:
        assert verify(module) == ()


def test_texts_in_the_ir_are_found() -> None:
    text = '"distributed.DeviceGroup"() {channels = [@link, @no], devices = ["a"], sym_name = "g"} : () -> ()'
    with sample(setup=DEVICES + LINK + text) as (module,):
        (finding,) = verify(module)
        assert (finding.parameter, finding.accepted) == ("devices[0]", "@a")
    text = text.replace('["a"]', "[@a]")
    with sample(setup=DEVICES + LINK + text) as (module,):
        finding, meaning = verify(module)
        assert (finding.parameter, finding.given) == ("channels[1]", "@no")
        assert (meaning.parameter, meaning.given) == ("symbol(channels[1])", "nothing")
