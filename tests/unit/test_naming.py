"""Names are decided once, by rules that do not depend on the interpreter; two things with one name are diagnosed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.diagnostics import Diagnostics, Location
from opspec.model.constraints import AnyConstraint, EnumReference, Multiplicity, Parameter, ParameterKind, Value
from opspec.model.dialect import AttributeDefinition, Dialect, Enum, EnumCase, NamedParameter, NamedValue, Operation
from opspec.model.names import ChosenName, Names, OldName
from opspec.naming.check import check_names
from opspec.naming.conventions import Convention
from opspec.naming.further import further_of_function
from opspec.naming.policy import CONVENTIONS, NamingPolicy, policy_of
from opspec.naming.reserved import KEYWORDS
from opspec.naming.words import snake_case, split_words, upper_case

naming = NamingPolicy()


def values(*names: str) -> tuple[NamedValue, ...]:
    return tuple(NamedValue(name, Value(AnyConstraint())) for name in names)


def enum(*symbols: str, name: str = "E") -> Enum:
    cases = tuple(EnumCase(symbol, index, symbol) for index, symbol in enumerate(symbols))
    return Enum(name, "i32", cases)


def collisions(dialect: Dialect) -> list[str]:
    diagnostics = Diagnostics()
    check_names(dialect, naming, diagnostics)
    assert {found.code for found in diagnostics.found} <= {"name-collision"}
    return [found.message for found in diagnostics.found]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("addTo", ("add", "To")),
        ("AtomicRMWKind", ("Atomic", "RMW", "Kind")),
        ("affine_atomic_rmw", ("affine", "atomic", "rmw")),
        ("blas.syrk", ("blas", "syrk")),
        ("f8E5M2", ("f8", "E5", "M2")),
        ("a--b", ("a", "b")),
        ("HTTPServer", ("HTTP", "Server")),
        ("", ()),
        ("_", ()),
    ],
)
def test_names_are_split_into_words(name: str, words: tuple[str, ...]) -> None:
    assert split_words(name) == words


def test_words_are_joined_in_two_ways() -> None:
    assert snake_case("genericAdjoint") == "generic_adjoint"
    assert snake_case("_hidden") == "_hidden"
    assert upper_case("acq_rel") == "ACQ_REL"
    assert upper_case("monotonicRead") == "MONOTONIC_READ"


@pytest.mark.parametrize(
    ("mnemonic", "name"),
    [
        ("fwddiff", "fwddiff"),
        ("addTo", "add_to"),
        ("genericAdjoint", "generic_adjoint"),
        ("blas.syrk", "blas_syrk"),
        ("yield", "yield_"),
        ("set", "set_"),
        ("print", "print_"),
        ("match", "match"),
        ("annotations", "annotations_"),
        ("3d", "_3d"),
        ("a-b", "a_b"),
        ("lambda", "lambda_"),
        ("type", "type_"),
        ("case", "case"),
        ("TYPE_CHECKING", "type_checking"),
        ("9", "_9"),
        ("a1b2", "a1b2"),
        ("", "_"),
    ],
)
def test_functions_are_named_after_mnemonics(mnemonic: str, name: str) -> None:
    assert naming.function(Operation(mnemonic, "SomeOp")) == name


def test_an_overlay_may_name_the_function() -> None:
    assert naming.function(Operation("addTo", "AddToOp", names=Names(ChosenName("accumulate")))) == "accumulate"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("fn", "fn"),
        ("ret_activity", "ret_activity"),
        ("argNumber", "arg_number"),
        ("operands", "operands_"),
        ("results", "results_"),
        ("loc", "loc_"),
        ("ip", "ip_"),
        ("self", "self_"),
        ("from", "from_"),
        ("type", "type"),
        ("_0", "result"),
        ("_2", "result_2"),
    ],
)
def test_parts_hide_no_member_and_no_parameter(part: str, name: str) -> None:
    assert naming.part(part) == name


def test_cases_lose_a_prefix_that_says_nothing() -> None:
    activity = enum("enzyme_active", "enzyme_dup", "enzyme_const", "enzyme_dupnoneed")
    names = [naming.enum_case(activity, case.symbol) for case in activity.cases]
    assert names == ["ACTIVE", "DUP", "CONST", "DUPNONEED"]


@pytest.mark.parametrize(
    ("symbols", "names"),
    [
        (("not_atomic", "acquire", "acq_rel"), ["NOT_ATOMIC", "ACQUIRE", "ACQ_REL"]),
        (("only_one",), ["ONLY_ONE"]),
        (("None", "True"), ["NONE", "TRUE"]),
        (("n_1", "n_2"), ["_1", "_2"]),
        (("a_", "a_b"), ["A", "A_B"]),
        (("a_x", "a_y", "b_z"), ["A_X", "A_Y", "B_Z"]),
        (("a_b_x", "a_b_y"), ["B_X", "B_Y"]),
        (("name", "value"), ["NAME", "VALUE"]),
        (("addf", "muli"), ["ADDF", "MULI"]),
    ],
)
def test_cases_are_in_capitals_and_legal(symbols: tuple[str, ...], names: list[str]) -> None:
    found = enum(*symbols)
    assert [naming.enum_case(found, case.symbol) for case in found.cases] == names


@given(st.text())
def test_every_name_is_a_legal_one(text: str) -> None:
    for name in (
        naming.function(Operation(text, "Op")),
        naming.part(text),
        naming.parameter(text),
        naming.enum_case(enum(text), text),
        *naming.result_types(0, text, variadic=False, count=1),
        *naming.region_count(text),
    ):
        assert name.isidentifier()
        assert name not in KEYWORDS


def test_two_mnemonics_with_one_name_collide() -> None:
    one = Operation("addTo", "AddToOp", location=Location("dialect.yaml", 3, 3))
    two = Operation("add_to", "AddTo2Op", location=Location("dialect.yaml", 9, 3))
    diagnostics = Diagnostics()
    check_names(Dialect("d", operations=(one, two)), naming, diagnostics)
    (found,) = diagnostics.found
    assert found.message == "the function of 'add_to' and the function of 'addTo' would both be 'add_to' in Python"
    assert found.location == two.location
    assert [note.location for note in found.notes] == [one.location]
    hint = "write another name in overlay.yaml: `operations: {add_to: {python: {name: add_to_}}}`"
    assert found.hint == hint


MARK = AttributeDefinition(
    "mark", "MarkAttr", (NamedParameter("value", Parameter(EnumReference("E"))),), "`<` $value `>`"
)


def marked(*mnemonics: str) -> Dialect:
    """A dialect with an attribute that holds a case of an enum, which gives the module two helpers."""
    operations = tuple(Operation(mnemonic, f"{mnemonic}Op") for mnemonic in mnemonics)
    return Dialect("d", (enum("a", "b"),), (MARK,), operations=operations)


@pytest.mark.parametrize(
    ("dialect", "one", "other", "name"),
    [
        (
            Dialect("d", operations=(Operation("a", "SameOp"), Operation("b", "SameOp"))),
            *("the class of 'b'", "the class of 'a'", "SameOp"),
        ),
        (
            Dialect("d", (Enum("Kind", "i32", ()),), (AttributeDefinition("kind", "Kind", (), None),)),
            *("the class of the attribute 'kind'", "the enum 'Kind'", "Kind"),
        ),
        (
            Dialect("d", (Enum("AddOp", "i32", ()),), operations=(Operation("add", "AddOp"),)),
            *("the class of 'add'", "the enum 'AddOp'", "AddOp"),
        ),
        (Dialect("d", (enum("a_b", "a__b"),)), "the case 'a__b' of 'E'", "the case 'a_b' of 'E'", "B"),
        (
            Dialect("d", operations=(Operation("a", "AOp", values("argNumber", "arg_number")),)),
            *("the operand 'arg_number' of 'a'", "the operand 'argNumber' of 'a'", "arg_number"),
        ),
        (
            Dialect("d", operations=(Operation("a", "AOp", values("x"), values("x")),)),
            *("the result 'x' of 'a'", "the operand 'x' of 'a'", "x"),
        ),
        (
            Dialect("d", operations=(Operation("a", "AOp", values("_1"), values("_1")),)),
            *("the result '_1' of 'a'", "the operand '_1' of 'a'", "result_1"),
        ),
        (
            Dialect("d", operations=(Operation("list_", "AOp"), Operation("list", "BOp"))),
            *("the function of 'list'", "the function of 'list_'", "list_"),
        ),
        (
            marked("mark_attribute"),
            *("the function of 'mark_attribute'", "the helper of the attribute 'mark'", "mark_attribute"),
        ),
        (
            marked("mark_array_attribute"),
            *("the function of 'mark_array_attribute'", "the helper of the attribute 'mark'", "mark_array_attribute"),
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Dialect) else None,
)
def test_every_collision_is_one_diagnostic(dialect: Dialect, one: str, other: str, name: str) -> None:
    assert collisions(dialect) == [f"{one} and {other} would both be '{name}' in Python"]


def test_only_an_attribute_that_holds_one_case_of_an_enum_has_helpers() -> None:
    assert collisions(marked("mark_arrays", "marks_attribute")) == []
    several = replace(MARK, parameters=(*MARK.parameters, NamedParameter("more", Parameter(ParameterKind.TYPE))))
    plain = replace(MARK, parameters=(NamedParameter("value", Parameter(ParameterKind.TYPE)),))
    for definition in (several, plain, replace(MARK, dialect="other")):
        assert collisions(replace(marked("mark_attribute", "mark_array_attribute"), attributes=(definition,))) == []


@pytest.mark.parametrize(
    "operation",
    [
        Operation("a", "AOp", values("out_type"), values("out")),
        Operation("a", "AOp", values("result_type"), values("_0")),
    ],
    ids=["out_type", "result_type"],
)
def test_the_parameter_for_a_result_type_yields_to_an_operand(operation: Operation) -> None:
    assert collisions(Dialect("d", operations=(operation,))) == []
    ((parameter, in_constructor),) = NamingPolicy().result_parameters(operation)
    assert parameter == in_constructor == f"{operation.operands[0].name}_"


def test_two_parameters_of_a_definition_with_one_name_collide() -> None:
    parameters = tuple(NamedParameter(name, Parameter(ParameterKind.TYPE)) for name in ("argNumber", "arg_number"))
    dialect = Dialect("d", attributes=(AttributeDefinition("m", "MAttr", parameters, None),))
    (message,) = collisions(dialect)
    one, other = "the parameter 'arg_number' of 'm'", "the parameter 'argNumber' of 'm'"
    assert message == f"{one} and {other} would both be 'arg_number' in Python"


def test_the_shipped_names_do_not_collide() -> None:
    mnemonics = ("autodiff", "addTo", "set", "get", "yield")
    operations = tuple(Operation(name, f"{name.capitalize()}Op") for name in mnemonics)
    assert collisions(Dialect("enzyme", operations=operations)) == []


def chosen(name: str) -> Names:
    return Names(ChosenName(name))


def test_an_overlay_names_parts_of_one_operation_only() -> None:
    part = replace(values("fn")[0], names=chosen("function"))
    one = Operation("a", "AOp", (part,))
    assert naming.of_operation(one).part("fn") == naming.of_operation(one).argument("fn") == "function"
    assert naming.of_operation(Operation("b", "BOp", values("fn"))).part("fn") == "fn"
    assert naming.part("fn") == "fn"


def test_an_overlay_names_everything_that_follows_from_a_result() -> None:
    result = replace(values("_0")[0], names=chosen("output"))
    operation = Operation("a", "AOp", results=(result,))
    own = naming.of_operation(operation)
    assert own.result_accessor("_0", is_only=True) == "output"
    assert own.result_parameters(operation) == (("output_type", "output_type"),)


def test_parameters_for_the_types_of_several_results() -> None:
    results = (replace(values("_0")[0], names=chosen("output")), *values("_1", "_2", "total"))
    many = replace(values("_4")[0], value=Value(AnyConstraint(), Multiplicity.VARIADIC))
    operation = Operation("a", "AOp", results=(*results, many))
    found = naming.of_operation(operation).result_parameters(operation)
    names = ("output_type", "result_1_type", "result_2_type", "total_type", "result_4_types")
    assert found == tuple((name, name) for name in names)
    alone = Operation("a", "AOp", results=values("_0"))
    assert naming.result_parameters(alone) == (("result_type", "result_type"),)


def test_accessors_of_unnamed_results() -> None:
    own = naming.of_operation(Operation("a", "AOp", results=(replace(values("_0")[0], names=chosen("output")),)))
    assert own.result_accessor("_0", is_only=False) == "output"
    assert naming.result_accessor("_0", is_only=True) == "result"
    assert naming.result_accessor("_1", is_only=False) == "result_1"
    assert naming.result_accessor("result", is_only=True) == "result"
    assert naming.result_accessor("result", is_only=False) == "result_"
    assert naming.result_accessor("fooBar", is_only=False) == "foo_bar"


def test_an_overlay_names_classes_cases_and_parameters() -> None:
    operation = Operation("a", "AOp", names=Names(class_name=ChosenName("View")))
    assert naming.operation_class(operation) == "View"
    case = replace(enum("a", "b").cases[0], names=chosen("first"))
    kind = replace(enum("a", "b"), cases=(case, enum("a", "b").cases[1]), names=chosen("Kind"))
    assert (naming.enum(kind), naming.enum_case(kind, "a"), naming.enum_case(kind, "b")) == ("Kind", "first", "B")
    parameter = NamedParameter("argNumber", Parameter(ParameterKind.TYPE), names=chosen("number"))
    definition = AttributeDefinition("m", "MAttr", (parameter,), None, names=chosen("Mark"))
    assert (naming.definition_class(definition), naming.parameter_of(parameter)) == ("Mark", "number")
    assert naming.parameter_named(definition, "argNumber") == "number"


def test_upstream_sets_chosen_names_aside() -> None:
    upstream = policy_of("upstream")
    part = replace(values("fn")[0], names=chosen("function"))
    operation = Operation("addTo", "AddToOp", (part,), names=Names(ChosenName("accumulate"), ChosenName("Accumulate")))
    own = upstream.of_operation(operation)
    assert (own.function(operation), own.operation_class(operation), own.part("fn")) == ("addTo", "AddToOp", "fn")


def test_an_escape_is_a_pattern() -> None:
    policy = NamingPolicy(Convention("own", escape="op_{}"))
    assert policy.function(Operation("yield", "YieldOp")) == "op_yield"
    assert policy.part("loc") == "op_loc"


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (OldName("fooBar"), "foo_bar"),
        (OldName("fooBar", is_python=True), "fooBar"),
        (OldName("yield"), "yield_"),
    ],
)
def test_old_names_of_the_dialect_follow_the_convention(old: OldName, expected: str) -> None:
    assert naming.old_function(Operation("a", "AOp"), old) == expected
    assert naming.old_part(old) == expected


def test_an_old_function_may_have_had_another_class() -> None:
    old = OldName("fwd", class_name="ForwardOp")
    assert policy_of("definition").old_function(Operation("fwddiff", "ForwardDiffOp"), old) == "forward"


def test_a_further_name_that_is_the_things_own_is_none() -> None:
    names = Names(aliases=(ChosenName("fwd_diff"),), old=(OldName("fwdDiff"), OldName("other")))
    operation = Operation("fwddiff", "ForwardDiffOp", names=names)
    assert [further.name for further in further_of_function(operation, naming)] == ["fwd_diff", "other"]
    assert [further.name for further in further_of_function(operation, policy_of("snake"))] == ["other"]


@pytest.mark.parametrize("name", sorted(CONVENTIONS))
def test_every_convention_gives_legal_names(name: str) -> None:
    policy = policy_of(name)
    for text in ("yield", "set", "3d", "a-b", "", "loc", "operands", "_0", "fooBar", "ünï"):
        for found in (policy.function(Operation(text, "SomeOp")), policy.part(text)):
            if name != "upstream":
                assert found.isidentifier()
            assert found not in KEYWORDS


@pytest.mark.parametrize(
    ("mnemonics", "hint"),
    [
        (("a.b", "aB"), "`operations: {aB: {python: {name: a_b_}}}`"),
        (("aB", "a.b"), "`operations: {'a.b': {python: {name: a_b_}}}`"),
        (("_3d", "3d"), "`operations: {'3d': {python: {name: _3d_2}}}`"),
        (("add_2", "add.2"), "`operations: {'add.2': {python: {name: add_2_}}}`"),
        (("set", "Set"), "`operations: {Set: {python: {name: set_2}}}`"),
    ],
)
def test_a_free_name_is_proposed_where_the_overlay_takes_it(mnemonics: tuple[str, ...], hint: str) -> None:
    diagnostics = Diagnostics()
    operations = tuple(Operation(name, f"Op{index}") for index, name in enumerate(mnemonics))
    check_names(Dialect("d", operations=operations), naming, diagnostics)
    (found,) = diagnostics.found
    assert found.hint == f"write another name in overlay.yaml: {hint}"
