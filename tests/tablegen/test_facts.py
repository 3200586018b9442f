"""Every fact that is easy to get wrong, one by one, and what MLIR's own generator says of the same file."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import opspec
from tests.tablegen.sources import KITCHEN, OPERATIONS, extract, needs_tblgen, write
from tests.upstream.sources import INCLUDES, MLIR_TBLGEN, needs_mlir_tblgen

pytestmark = needs_tblgen

TRAITS = (
    ("bake", "SingleBlockImplicitTerminator(kitchen.done)"),
    ("done", "HasParent(kitchen.bake)"),
    ("stop", "HasParent(kitchen.bake, kitchen.cook)"),
    ("pick", "AllTypesMatch(ripe, unripe, picked)"),
    ("peel", "TypesMatchWith(fruit = element_type(crate))"),
    ("unroll", "TypesMatchWith(flour = parameter(dough, kitchen.dough.flour))"),
    ("rest", "TypesMatchWith(rested = opaque(fresh))"),
    ("measure", "FirstAttrDerivedResultType"),
    ("room", "NoTerminator"),
    ("blend", "Commutative"),
)
ARGUMENTS = (
    ("mix", "extras", "variadic integer"),
    ("mix", "slowly", "attr optional unit"),
    ("serve", "spoon", "optional kitchen.spoon"),
    ("serve", "tables", "variadic_of_variadic(table_segments) i64"),
    ("clean", "pan", "memref<any> [read, write]"),
    ("clean", "waste", "variadic memref<any> [free]"),
    ("confined", "positive", "attr i64 where positive"),
    ("confined", "ten", "attr i64 where non_negative, max 10"),
    ("confined", "minus", "attr i32 where min -3"),
    ("confined", "alignment", "attr optional i64 where positive, power_of_two"),
    ("confined", "some", "attr array<i64> where min_count 1, max_count 3"),
    ("confined", "two", "attr array<string> where count 2"),
    ("confined", "zero", "attr i64 where non_negative = 0"),
    ("default", "count", "attr i64 = -7"),
    ("default", "amount", 'attr string = "a \\"pinch\\", or two"'),
    ("default", "nothing", 'attr string = ""'),
    ("default", "guests", "attr optional i32 = 4"),
    ("default", "heat", "attr kitchen.heat = High"),
    ("default", "grind", "attr enum Grind = Fine"),
    ("default", "dozen", 'attr i64 = opaque("::kitchen::kDozen")'),
    ("default", "spices", "attr kitchen.spice = Salt|Chili"),
    ("default", "tiny", "attr f32 = 3e-05"),
    ("label", "type", "attr type"),
    ("label", "float_type", "attr type<float>"),
    ("label", "either", "attr string | i32"),
    ("label", "by_interface", "attr interface(ElementsAttr)"),
    ("property", "present", "prop optional unit"),
    ("property", "guests", "prop i64 = 3"),
    ("select_scale", "any_width", "int32"),
    ("select_scale", "some_widths", "i8 | i16"),
    ("sniff", "food", "opaque(Kitchen_Fresh)"),
    ("sniff", "batch", "optional tensor<any, opaque>"),
    ("store", "row", "memref<f32 | f64, ranked, rank 1>"),
    ("store", "static_tensor", "ranked_tensor<i8, static>"),
    ("store", "integers", "like<signless_integer>"),
    ("store", "numbers", "like<float>"),
    ("store", "complex", "complex<f64>"),
)
REGIONS = (
    ("any", "any"),
    ("some", "min_blocks 1"),
    ("two", "blocks 2"),
    ("courses", "variadic blocks 1"),
)


@pytest.fixture(scope="module")
def facts(extracted: str) -> dict[str, Any]:
    """The facts as plain data."""
    found: dict[str, Any] = yaml.safe_load(extracted)
    return found


@pytest.fixture(scope="module")
def mlir_says() -> Callable[..., str]:
    """What MLIR's own generator makes of the kitchen."""

    def run(*arguments: str) -> str:
        includes = [f"-I{folder}" for folder in (KITCHEN, *INCLUDES)]
        command = [str(MLIR_TBLGEN), *arguments, *includes, str(OPERATIONS)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return run


@pytest.mark.parametrize(("operation", "trait"), TRAITS)
def test_a_trait(operation: str, trait: str, facts: dict[str, Any]) -> None:
    assert trait in facts["operations"][operation]["traits"]


@pytest.mark.parametrize(("operation", "argument", "declaration"), ARGUMENTS)
def test_an_argument(operation: str, argument: str, declaration: str, facts: dict[str, Any]) -> None:
    assert facts["operations"][operation]["arguments"][argument] == declaration


@pytest.mark.parametrize(("region", "declaration"), REGIONS)
def test_a_region(region: str, declaration: str, facts: dict[str, Any]) -> None:
    assert facts["operations"]["cook"]["regions"][region] == declaration


def test_a_limit_of_blocks_is_not_dropped(facts: dict[str, Any]) -> None:
    assert facts["operations"]["cook"]["regions"]["few"] != "any"


def test_a_condition_on_a_property_is_not_dropped(facts: dict[str, Any]) -> None:
    assert facts["operations"]["property"]["arguments"]["positive"] != "prop i64"


def test_operands_and_attributes_keep_their_order(facts: dict[str, Any]) -> None:
    assert list(facts["operations"]["mix"]["arguments"]) == ["name", "flour", "minutes", "extras", "slowly"]


def test_the_value_of_a_group_of_bits_is_all_of_them(facts: dict[str, Any]) -> None:
    spice = facts["enums"]["Spice"]
    assert (spice["bits"], spice["storage"], spice["separator"]) == (True, "i8", ", ")
    assert {name: case["value"] for name, case in spice["cases"].items()} == {
        "None": 0,
        "Salt": 1,
        "Pepper": 2,
        "Chili": 16,
        "Hot": 18,
    }


def test_parameters_keep_their_defaults(facts: dict[str, Any]) -> None:
    assert facts["types"]["dough"]["parameters"] == {
        "flour": "type",
        "label": "optional attr string",
        "grams": "int64 = 500",
        "rolled": "bool = true",
    }
    assert facts["types"]["menu"]["parameters"] == {"title": "string", "courses": "optional list<type>"}
    assert facts["types"]["shelf"]["parameters"]["depth"] == "opaque(APFloat)"


@needs_mlir_tblgen
def test_mlir_infers_the_types_of_the_same_operations(facts: dict[str, Any], mlir_says: Callable[..., str]) -> None:
    declared = re.findall(r"^class (\w+) : public ::mlir::Op<(.*)> {$", mlir_says("-gen-op-decls"), re.MULTILINE)
    assert len(declared) == len(facts["operations"])
    expected = {name for name, traits in declared if "::mlir::InferTypeOpInterface::Trait" in traits}
    operations = facts["operations"].values()
    found = {each["class"] for each in operations if "InferTypeOpInterface" in each.get("interfaces", ())}
    assert found == expected


@needs_mlir_tblgen
def test_upstream_names_and_order_are_those_of_mlir(project: Path, mlir_says: Callable[..., str]) -> None:
    options = ("--spec", "opspecs/kitchen/dialect.yaml", "--package", "k", "--naming", "upstream", "--only", "python")
    done = opspec("generate", *options, "-o", "signatures", cwd=project)
    assert done.returncode == 0, done.stderr
    module = (project / "signatures/python/k/dialects/kitchen.py").read_text(encoding="utf-8")
    expected = _signatures(mlir_says("-gen-python-op-bindings", "-bind-dialect=kitchen"))
    found = _signatures(module)
    assert {name: found.get(name) for name in expected} == expected
    assert len(expected) > 30


def _signatures(source: str) -> dict[str, tuple[list[str], list[str]]]:
    """The parameters of each function of a module: those by position and those by keyword alone."""
    return {
        node.name: ([each.arg for each in node.args.args], [each.arg for each in node.args.kwonlyargs])
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


UNNAMED = """\
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

def Bare_Dialect : Dialect { let name = "bare"; let cppNamespace = "::bare"; }
def Bare_PlainOp : Op<Bare_Dialect, "plain"> {
  let arguments = (ins AnyType);
  let results = (outs AnyType);
}
"""


def test_an_operand_and_a_result_without_names_are_two_things(tmp_path: Path) -> None:
    write(tmp_path / "BareOps.td", UNNAMED)
    text = extract("BareOps.td", "--dialect", "bare", cwd=tmp_path)
    assert "InferTypeOpInterface" not in text  # the one does not follow from the other
    write(tmp_path / "dialect.yaml", text)
    done = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
