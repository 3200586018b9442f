"""Words inside words: the definition's class is heard first, then the list of words, and else a name stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.naming.conventions import BUILT_IN, Convention, Source, Style, convention_named
from opspec.naming.vocabulary import WORDS, segment
from opspec.naming.words import Case, join_words, split_words


@pytest.mark.parametrize(
    ("word", "class_name", "expected"),
    [
        # The class says where.
        ("autodiff", "AutoDiff", "auto diff"),
        ("cacheload", "CacheLoad", "cache load"),
        ("subindex", "SubIndex", "sub index"),
        ("inttoptr", "IntToPtr", "int to ptr"),
        ("extractelement", "ExtractElement", "extract element"),
        ("fmuladd", "FMulAdd", "fmul add"),
        ("region", "AutoDiffRegion", "region"),
        # The class says that it is one word.
        ("bitcast", "Bitcast", "bitcast"),
        ("memcpy", "Memcpy", "memcpy"),
        ("broadcast", "Broadcast", "broadcast"),
        ("waitall", "Waitall", "waitall"),
        # Marks of types are no words.
        ("addf", "AddF", "addf"),
        ("cmpi", "CmpI", "cmpi"),
        ("ceildivsi", "CeilDivSI", "ceil divsi"),
        ("besselix", "BesselIX", "besselix"),
        ("memref2pointer", "Memref2Pointer", "memref2pointer"),
        # The class calls it something else: the list decides.
        ("fwddiff", "ForwardDiff", "fwd diff"),
        ("getelementptr", "GEP", "get element ptr"),
        ("shufflevector", "Shuffle", "shuffle vector"),
        ("storevar", "AffineThing", "store var"),
        # Nobody knows it.
        ("gemqrt", "Something", "gemqrt"),
        ("popcount", "Popcount", "popcount"),
        ("xyzdiff", "Other", "xyzdiff"),
        ("", "", ""),
    ],
)
def test_a_word_is_split_where_something_says_so(word: str, class_name: str, expected: str) -> None:
    assert " ".join(segment(word, split_words(class_name), WORDS)) == expected


def test_the_fewest_words_win() -> None:
    assert segment("broadcast", (), {"broad", "cast", "broadcast"}) == ("broadcast",)
    assert segment("abcdef", (), {"abc", "def", "ab", "cd", "ef"}) == ("abc", "def")


@given(st.text(alphabet="abcdefgh", max_size=30), st.sets(st.text(alphabet="abcdefgh", min_size=1, max_size=4)))
def test_the_words_are_the_word(word: str, known: set[str]) -> None:
    pieces = segment(word, ("Ab", "Cd"), known)
    assert "".join(pieces) == word
    assert pieces == (word,) or all(len(piece) > 1 for piece in pieces)


def test_the_list_holds_words() -> None:
    assert all(word.isalnum() and word == word.lower() and len(word) > 1 for word in WORDS)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case.SNAKE, "add_to_rmw"),
        (Case.UPPER, "ADD_TO_RMW"),
        (Case.CAMEL, "addToRmw"),
        (Case.PASCAL, "AddToRmw"),
        (Case.FLAT, "addtormw"),
        (Case.KEPT, "add_To_RMW"),
    ],
)
def test_words_are_joined_in_every_case(case: Case, expected: str) -> None:
    assert join_words(("add", "To", "RMW"), case) == expected
    assert join_words((), case) == ""


MNEMONICS = [
    ("fwddiff", "ForwardDiffOp"),
    ("autodiff_region", "AutoDiffRegionOp"),
    ("addTo", "AddToOp"),
    ("blas.syrk", "SyrkOp"),
    ("memcpy2d", "Memcpy2DOp"),
    ("special.besselh", "BesselH"),
]


@pytest.mark.parametrize(
    ("name", "functions", "classes"),
    [
        (
            "mnemonic",
            ["fwddiff", "autodiff_region", "add_to", "blas_syrk", "memcpy2d", "special_besselh"],
            ["ForwardDiffOp", "AutoDiffRegionOp", "AddToOp", "SyrkOp", "Memcpy2DOp", "BesselH"],
        ),
        (
            "snake",
            ["fwd_diff", "auto_diff_region", "add_to", "blas_syrk", "memcpy2d", "special_besselh"],
            ["ForwardDiffOp", "AutoDiffRegionOp", "AddToOp", "SyrkOp", "Memcpy2DOp", "BesselH"],
        ),
        (
            "definition",
            ["forward_diff", "auto_diff_region", "add_to", "syrk", "memcpy2_d", "bessel_h"],
            ["ForwardDiffOp", "AutoDiffRegionOp", "AddToOp", "SyrkOp", "Memcpy2DOp", "BesselH"],
        ),
        (
            "rust",
            ["fwddiff", "autodiff_region", "add_to", "blas_syrk", "memcpy_2_d", "special_besselh"],
            [
                "ForwardDiffOperation",
                "AutoDiffRegionOperation",
                "AddToOperation",
                "SyrkOperation",
                "Memcpy2DOperation",
                "BesselHOperation",
            ],
        ),
    ],
)
def test_the_built_in_conventions(name: str, functions: list[str], classes: list[str]) -> None:
    convention = convention_named(name)
    assert convention is not None
    assert [convention.function(mnemonic, class_name) for mnemonic, class_name in MNEMONICS] == functions
    assert [convention.styled(class_name, convention.classes) for _, class_name in MNEMONICS] == classes


def test_splits_are_exact_and_later_ones_win() -> None:
    convention = Convention("own", functions=Style(split=True)).with_words(["zap"], [("fwddiff", "fw_ddiff")])
    assert convention.function("zapload", "XOp") == "zap_load"
    assert convention.function("fwddiff", "ForwardDiffOp") == "fw_ddiff"
    assert convention.function("fwddiff_region", "XOp") == "fw_ddiff_region"
    assert convention.with_words([], [("FWDDIFF", "fwd_diff")]).function("fwddiff", "XOp") == "fwd_diff"


@pytest.mark.parametrize(
    ("style", "name", "expected"),
    [
        (Style(strip_prefixes=("enzyme_", "en")), "enzyme_dup", "dup"),
        (Style(strip_prefixes=("en", "enzyme_")), "enzyme_dup", "zyme_dup"),
        (Style(strip_prefixes=("dup",)), "dup", "dup"),
        (Style(strip_suffixes=("Op",)), "Op", "op"),
        (Style(Case.KEPT, strip_suffixes=("Op",), suffix="View"), "AddOp", "AddView"),
        (Style(prefix="build_"), "addTo", "build_add_to"),
        (Style(Case.KEPT), "a-b.c", "a_b_c"),
        (Style(Case.KEPT, split=True), "fwddiff", "fwd_diff"),
        (Style(), "_hidden", "_hidden"),
        (Style(Case.UPPER), "_hidden", "HIDDEN"),
        (Style(prefix="x"), "_", "_"),
    ],
)
def test_styles(style: Style, name: str, expected: str) -> None:
    assert Convention("own").styled(name, style) == expected


def test_a_convention_may_call_functions_after_the_definition_and_shape_them() -> None:
    convention = Convention("own", source=Source.DEFINITION, functions=Style(Case.CAMEL, prefix="make"))
    assert convention.function("fwddiff", "ForwardDiffOp") == "makeforwardDiff"


@given(st.text(), st.sampled_from(BUILT_IN))
def test_every_convention_gives_characters_of_names(text: str, convention: Convention) -> None:
    for name in (convention.function(text, "SomeOp"), convention.styled(text, convention.parameters)):
        assert all(c.isascii() and (c.isalnum() or c == "_") for c in name)
