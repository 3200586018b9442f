"""Builds every sample of a family with tracebacks for locations, and says where a location is not the caller's.

`python -m tests.executed.locating FOLDER` does so with the generated tests in FOLDER and prints a fault a line, for a
family under another convention.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from enzyme_mlir import ir, new_context
from enzyme_mlir.releases import using_release
from enzyme_mlir.testing import sample
from tests.executed.building import operations, sample_body

PACKAGE = str(Path(sys.modules["enzyme_mlir"].__file__ or "").parent)
FILE = re.compile(r'"([^"]+\.py)":\d')


@contextmanager
def unlocated(*types: str, setup: str = "", in_function: bool = True) -> Iterator[tuple[Any, ...]]:
    """Like `enzyme_mlir.testing.sample`, without a current location."""
    with sample(*types, setup=setup, in_function=in_function) as (module, *_):
        text = str(module)
    with using_release(None), new_context():
        module = ir.Module.parse(text)
        if not in_function:
            with ir.InsertionPoint(module.body):
                yield (module,)
            return
        block = sample_body(module)
        with ir.InsertionPoint(list(block.operations)[-1]):
            yield (module, *block.arguments)


def built_in(module: Any) -> list[Any]:
    """The operations that a sample has built: in its function, or last in the module."""
    last = list(module.body.operations)[-1]
    is_function = last.operation.name == "func.func" and last.operation.attributes["sym_name"].value == "sample"
    return operations(module) if is_function else [last]


class Located:
    """A dialect whose builders are given the location `loc`."""

    def __init__(self, dialect: ModuleType, loc: Any) -> None:
        self._dialect = dialect
        self._loc = loc

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._dialect, name)
        builders = {each._build.__name__ for each in vars(self._dialect).values() if hasattr(each, "_build")}
        return partial(found, loc=self._loc()) if name in builders or hasattr(found, "_build") else found


def samples(path: Path, dialect: ModuleType, loc: Any, around: Any) -> Iterator[tuple[str, list[Any]]]:
    """The modules that the tests of a file build, for each test.

    `loc` makes the location that builders are given; `around` is what they are called in, for `testing.sample`.
    """
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    tests = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tests)
    built: list[Any] = []
    keep: Any = lambda module, _: built.append(module)  # noqa: E731
    vars(tests).update(check=keep, check_text=keep, sample=around)
    if loc is not None:
        setattr(tests, path.stem.removeprefix("test_"), Located(dialect, loc))
    for name, test in vars(tests).copy().items():
        if name.startswith("test_"):
            built.clear()
            test()
            yield name, list(built)


def inside(operation: Any) -> Iterator[Any]:
    """An operation and everything in it."""
    yield operation
    for region in operation.operation.regions:
        for block in region.blocks:
            for inner in block.operations:
                yield from inside(inner)


def faults(folder: Path, *, without_location: bool = True) -> Iterator[str]:
    """What has a location that is not the given one, or that does not begin in the file that calls the builder.

    `without_location` adds calls without a current location, where no test makes a block by itself. The last line says
    how many were looked at.
    """
    count = 0
    for path in sorted(folder.glob("test_*.py")):
        dialect = importlib.import_module(f"enzyme_mlir.dialects.{path.stem.removeprefix('test_')}")
        ways: list[tuple[Any, Any]] = [(None, sample), (lambda: ir.Location.name("given"), sample)]
        ways += [(None, unlocated)] * without_location
        for given, around in ways:
            with ir.loc_tracebacks():
                built = list(samples(path, dialect, given, around))
            for name, modules in built:
                for made in (each for module in modules for top in built_in(module) for each in inside(top)):
                    count += 1
                    text = str(made.operation.location)
                    files = FILE.findall(text)
                    if made.operation.name == "stablehlo.return":  # a test makes it itself
                        continue
                    if given is not None and text != 'loc("given")':
                        yield f"{name}: {made.operation.name}: {text} is not what is given"
                    if given is None and (not files or files[0] != str(path)):
                        yield f"{name}: {made.operation.name}: {text} does not begin with the caller"
                    yield from (f"{name}: {made.operation.name}: {file}" for file in files if file.startswith(PACKAGE))
    yield f"{count} operations"


if __name__ == "__main__":
    print("\n".join(faults(Path(sys.argv[1]).resolve(), without_location=False)))
