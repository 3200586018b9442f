"""Resources keep their names, unless the bytes of the name are other ones."""

from __future__ import annotations

import pytest

from enzyme_mlir.lowering.resources import restore_names

MODULE = """"builtin.module"() ({{
  "test.op"() {{a = dense_resource<{0}> : tensor<1xi8>, b = "dense_resource<{1}>"}} : () -> ()
}}) : () -> ()

{{-#
  dialect_resources: {{
    builtin: {{
      {0}: "{2}"
    }}
  }}
#-}}
"""
BYTES, OTHERS = "0x0100000005", "0x0100000006"


def module(name: str, content: str = BYTES, text: str = "w_1") -> str:
    return MODULE.format(name, text, content)


@pytest.mark.parametrize(
    ("came", "was"), [("w_1", "w"), ("w_1_2", "w"), ('"a b_1"', '"a b"'), ("w_1_1", "w_1"), ("_u.v$_12", "_u.v$")]
)
def test_a_name_that_was_changed_is_what_it_was(came: str, was: str) -> None:
    assert restore_names(module(came), module(was)) == module(was)


def test_a_name_that_was_given_stays() -> None:
    assert restore_names(module("w_1"), module("w_1")) == module("w_1")
    assert restore_names(module("made_1"), module("w")) == module("made_1")


def test_other_bytes_are_another_resource() -> None:
    assert restore_names(module("w_1", OTHERS), module("w", BYTES)) == module("w_1", OTHERS)


def test_a_name_that_is_in_use_is_not_taken() -> None:
    two = '"test.op"() {a = dense_resource<w> : tensor<1xi8>, b = dense_resource<w_1> : tensor<1xi8>} : () -> ()'
    assert restore_names(two, '"test.op"() {a = dense_resource<w> : tensor<1xi8>} : () -> ()') == two


def test_resources_without_bytes_have_names_too() -> None:
    use = '"test.op"() {{a = dense_resource<{}> : tensor<1xi8>}} : () -> ()'
    assert restore_names(use.format("w_1"), use.format("w")) == use.format("w")
