"""Which tests belong to which folder of sources: the tests that have to notice a bug in it, the quickest first."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COPIES", "FOLDERS", "GOLDEN_USERS", "TEXT_ONLY", "Folder"]

_OPSPEC = "generator/opspec/"
_PYTHON = f"{_OPSPEC}emitters/python/"
_SHIPPED = "opspecs/enzyme/extension/"
_PACKAGE = "generated/python/enzyme_mlir/"

COPIES = (
    (f"{_PYTHON}runtime/", f"{_PACKAGE}_runtime/"),
    (f"{_PYTHON}package/", _PACKAGE),
    (f"{_OPSPEC}notation/", f"{_PACKAGE}_runtime/"),
    (f"{_OPSPEC}constraints/", f"{_PACKAGE}_runtime/"),
    (_SHIPPED, _PACKAGE),
)
"""Where files are copied verbatim: a bug is planted in the copy too, if there is one."""

TEXT_ONLY = ("tests/golden/test_golden.py", "-k", "test_the_tree_is_as_expected")
"""The tests that compare generated text, and notice any change of it without knowing what is right."""

GOLDEN_USERS = (
    "tests/executed/test_old_names.py",
    "tests/executed/test_names_command.py",
    "tests/executed/test_released_parts.py",
    "tests/typing/test_old_names.py",
)
"""The tests that run what stands in the golden trees; they know what is right of it."""

_VIEW = (
    *("tests/unit/test_python_values.py", "tests/unit/test_text.py", "tests/unit/test_name_table.py"),
    *("tests/unit/test_samples.py", "tests/unit/test_drop_in.py", "tests/unit/test_old_class_names.py"),
    *("tests/unit/test_imports.py", "tests/golden/test_definitions.py", "tests/golden/test_sizes.py"),
    *("tests/golden/test_extensions.py", "tests/golden/test_golden.py"),
)
_RUNNING = ("generated/tests", "tests/executed", "--ignore=tests/executed/test_hosts.py")
_DIFF = (
    *("tests/diff/test_rules.py", "tests/diff/test_witness.py", "tests/diff/test_orphans.py"),
    *("tests/diff/test_command.py", "tests/diff/test_page.py", "tests/diff/test_documents.py"),
    *("tests/diff/test_matching.py", "tests/diff/test_old_names.py", "tests/diff/test_moves.py"),
    *("tests/diff/test_upgrade.py", "tests/diff/test_history.py", "tests/diff/test_mutations.py"),
)
_CPP = (
    *("tests/unit/test_cpp_defaults.py", "tests/unit/test_cpp_records.py", "tests/unit/test_cpp_values.py"),
    *("tests/unit/test_cpp_unknown.py", "tests/tablegen/test_defaults.py"),
)
_ENZYME = "tests/enzyme/"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of sources, with its tests; `regenerated` ones run after generating everything anew, if text changed."""

    path: str
    tests: tuple[str, ...]
    regenerated: tuple[str, ...] = ()
    deep: bool = False


FOLDERS = (
    Folder(
        path=f"{_OPSPEC}model/",
        tests=(
            *("tests/unit/test_model.py", "tests/unit/test_model_questions.py", "tests/unit/test_defaults.py"),
            *("tests/unit/test_parts.py", "tests/unit/test_learned.py"),
            *("tests/unit/test_naming.py", "tests/unit/test_extraction.py", "tests/unit/test_sample_rules.py"),
            *("tests/unit/test_facts.py", "tests/tablegen/test_dialects.py", "tests/rejected"),
            "tests/diff/test_witness.py",
        ),
        regenerated=_RUNNING,
    ),
    Folder(
        path=f"{_OPSPEC}spec/",
        tests=(
            *("tests/unit/test_nodes.py", "tests/unit/test_releases.py", "tests/rejected"),
            *("tests/unit/test_printer.py", "tests/unit/test_facts.py", "tests/unit/test_own_conventions.py"),
        ),
        regenerated=_RUNNING,
    ),
    Folder(
        path=f"{_OPSPEC}notation/",
        tests=(
            *("tests/unit/test_notation_rejects.py", "tests/unit/test_notation_roundtrip.py"),
            *("tests/unit/test_assembly.py", "tests/unit/test_relations.py", "tests/unit/test_defaults.py"),
            *("tests/unit/test_printer.py", "tests/rejected", "tests/tablegen/test_formats.py"),
        ),
        regenerated=_RUNNING,
    ),
    Folder(
        path=f"{_OPSPEC}constraints/",
        tests=("tests/unit", "tests/diff/test_rules.py", "tests/diff/test_witness.py"),
        regenerated=_RUNNING,
    ),
    Folder(
        path=f"{_OPSPEC}naming/",
        tests=(
            *("tests/unit/test_naming.py", "tests/unit/test_words.py", "tests/unit/test_name_table.py"),
            *("tests/rejected", "tests/executed/test_naming_page.py", "tests/executed/test_names_command.py"),
            "tests/executed/test_conventions.py",
        ),
    ),
    Folder(
        path=f"{_OPSPEC}tablegen/",
        tests=(
            *("tests/unit/test_type_predicates.py", "tests/unit/test_extraction.py", "tests/tablegen/test_facts.py"),
            *("tests/tablegen/test_run.py", "tests/tablegen/test_formats.py", "tests/tablegen/test_checkout.py"),
            *("tests/unit/test_facts.py", "tests/unit/test_damaged_dumps.py", "tests/tablegen/test_dialects.py"),
            *(*_CPP, "tests/tablegen/test_parents.py", "tests/tablegen/test_words.py"),
        ),
    ),
    Folder(path=f"{_OPSPEC}tablegen/cpp/", tests=_CPP),
    Folder(
        path=f"{_OPSPEC}learn/",
        tests=(
            *("tests/unit/test_learnt_formats.py", "tests/unit/test_reshaping.py", "tests/unit/test_learning.py"),
            *("tests/unit/test_learning_texts.py", "tests/learning", "tests/enzyme/test_learning.py"),
        ),
    ),
    Folder(path=f"{_OPSPEC}disk/", tests=("tests/faults", "tests/tablegen/test_checkout.py")),
    Folder(path=f"{_OPSPEC}pyview/", tests=_VIEW, regenerated=_RUNNING),
    Folder(
        path=f"{_OPSPEC}samples/",
        tests=(
            *("tests/unit/test_sample_rules.py", "tests/unit/test_samples.py", "tests/unit/test_likely_samples.py"),
            "tests/golden/test_golden.py",
        ),
        regenerated=("generated/tests", "tests/enzyme/test_snapshots.py"),
    ),
    Folder(
        path=f"{_OPSPEC}emitters/",
        tests=(
            "tests/unit/test_output.py",
            "tests/faults/test_by_hand.py",
            "tests/unit/test_reports.py",
            "tests/unit/test_reference.py",
            *_VIEW,
            "tests/executed/test_docs.py",
        ),
        regenerated=_RUNNING,
    ),
    Folder(
        path=f"{_OPSPEC}emitters/docs/",
        tests=("tests/unit/test_reference.py", "tests/unit/test_markdown.py", *_VIEW, "tests/executed/test_docs.py"),
    ),
    Folder(path=_PYTHON, tests=_VIEW, regenerated=_RUNNING),
    Folder(
        path=f"{_OPSPEC}emitters/snapshots/",
        tests=("tests/enzyme/test_snapshots.py", *_VIEW, "tests/tablegen/test_dialects.py"),
    ),
    Folder(path=f"{_PYTHON}runtime/", tests=_RUNNING, deep=True),
    Folder(
        path=f"{_PYTHON}package/",
        tests=(
            *("tests/executed", "tests/enzyme/test_released.py"),
            "--deselect=tests/executed/test_hosts.py::test_everything_holds_on_every_host",
        ),
        deep=True,
    ),
    Folder(path=f"{_OPSPEC}diff/", tests=_DIFF),
    Folder(path=f"{_OPSPEC}diff/rules/", tests=_DIFF),
    Folder(path=f"{_OPSPEC}diff/report/", tests=_DIFF),
    Folder(
        path=f"{_OPSPEC}probe/",
        tests=("tests/unit/test_probe.py", "tests/unit/test_probe_counts.py", f"{_ENZYME}test_probe.py"),
    ),
    Folder(
        path=f"{_OPSPEC}ir/",
        tests=(f"{_ENZYME}exchange/test_ir_command.py", f"{_ENZYME}exchange/test_messages.py"),
    ),
    Folder(
        path=f"{_SHIPPED}lowering/",
        tests=(
            *(f"{_ENZYME}units", f"{_ENZYME}test_lowering.py", f"{_ENZYME}test_verdicts.py"),
            *(f"{_ENZYME}test_faults.py", f"{_ENZYME}test_workers.py", f"{_ENZYME}hazards"),
            *(f"{_ENZYME}exchange/test_splitting.py", f"{_ENZYME}exchange/test_forms.py"),
        ),
    ),
    Folder(path=f"{_SHIPPED}lowering/prepare/", tests=(f"{_ENZYME}units", f"{_ENZYME}prepare", f"{_ENZYME}hazards")),
    Folder(
        path=f"{_SHIPPED}jit/",
        tests=(
            *(f"{_ENZYME}units", f"{_ENZYME}jit/test_values.py", f"{_ENZYME}jit/test_tensors.py"),
            *(f"{_ENZYME}jit/test_refusals.py", f"{_ENZYME}jit/test_leftovers.py"),
            *(f"{_ENZYME}jit/test_workspaces.py", f"{_ENZYME}jit/test_precision.py"),
        ),
        deep=True,
    ),
    Folder(path=f"{_SHIPPED}functional/", tests=(f"{_ENZYME}functional",), deep=True),
)
"""Each folder is its own files only, unless `deep`: then those of the folders below too."""
