"""Uses of further and old names of the golden dialect `renamed`, run by test_old_names.py in a process of its own.

Prints, for each use, the warnings (message, file, how many lines below the `def` they point at) and what came out.
"""

from __future__ import annotations

import inspect
import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toy_bindings import ir
from toy_bindings.dialects import renamed
from toy_bindings.testing import sample

SETUP = "func.func private @square(f64) -> f64"


def uses(x: Any, i: Any) -> dict[str, Callable[[], object]]:
    f64 = ir.F64Type.get()

    def body(value: Any) -> list[Any]:
        return [value]

    def new_names() -> object:
        made = renamed.ForwardDiffOp(f64, "square", [x], activity=["slow"], width=3)
        renamed.fwd_diff(f64, "square", [x], activity=["slow"], width=3)
        renamed.Box.get(f64), renamed.Pace.RAPID, renamed.Rights.SEE, renamed.SpanAttr.get(1, last=2).last
        return [renamed.fwd_diff is renamed.fwddiff, renamed.Box is renamed.Cell, made.width.value]

    def old_keyword() -> object:
        return renamed.fwddiff(f64, "square", [x], modes=["slow"])

    def two_old_keywords() -> object:
        return renamed.fwddiff(f64, "square", [x], modes=["slow"], lanes=3)

    def old_keyword_of_the_class() -> object:
        return renamed.ForwardDiffOp(f64, "square", [x], ["slow"], lanes=3)

    def old_function() -> object:
        return renamed.forwarddiff(f64, "square", [x], ["slow"], width=3)

    def old_function_by_its_python_name() -> object:
        return renamed.jvp(f64, "square", [x], ["slow"])

    def old_function_and_old_keyword() -> object:
        return renamed.forwarddiff(f64, "square", [x], modes=["slow"])

    def old_class() -> object:
        made = renamed.FwdDiffOp(f64, "square", [x], ["slow"])
        return type(made).__name__

    def old_class_by_import() -> object:
        from toy_bindings.dialects.renamed import CellType

        return CellType is renamed.Cell

    def both_keywords() -> object:
        return renamed.fwddiff(f64, "square", [x], activity=["slow"], modes=["slow"])

    def position_and_keyword() -> object:
        return renamed.fwddiff(f64, "square", [x], ["slow"], modes=["slow"])

    def both_keywords_of_the_class() -> object:
        return renamed.PairUpOp(x, x, left=x)

    def region_under_old_names() -> object:
        return renamed.loop(result_0_type=f64, limits=[i], inside=body, inside_arguments=[f64])

    def accessors() -> object:
        made = renamed.ForwardDiffOp(f64, "square", [x], ["slow"])
        made.lanes = 4
        read = made.lanes
        del made.lanes
        return [read.value, made.width.value]

    def builder_of_a_region() -> object:
        made = renamed.LoopOp(f64, [i])
        with made.build_inside(f64) as (argument,):
            renamed.yield_([argument])
        return made.result_0.owner.name

    def old_case() -> object:
        return renamed.Mode.FAST.name

    def old_case_by_key_is_none() -> object:
        return renamed.Mode["FAST"]

    def old_case_as_text() -> object:
        return str(renamed.mode_attribute("fast"))

    def old_flag() -> object:
        return str(renamed.Rights.LOOKING | renamed.Rights.WRITING)

    def old_parameter() -> object:
        return str(renamed.SpanAttr.get(1, end=2))

    def old_parameter_read() -> object:
        return renamed.SpanAttr.get(1, 2).end

    def no_such_case() -> object:
        return renamed.Mode.SLOWEST

    def no_such_name() -> object:
        return renamed.backward

    def star_import() -> object:
        names: dict[str, object] = {}
        exec("from toy_bindings.dialects.renamed import *", names)
        return ["forwarddiff" in names, "FwdDiffOp" in names, "fwd_diff" in names]

    return {name: use for name, use in locals().items() if inspect.isfunction(use) and name != "body"}


def tried(use: Callable[[], object]) -> dict[str, object]:
    start = use.__code__.co_firstlineno
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            made = use()
        except Exception as error:
            made = f"{type(error).__name__}: {error}"
    text = made if isinstance(made, (str, list, bool, int)) else type(made).__name__
    where = [[str(w.message), Path(w.filename).name, w.lineno - start, w.category.__name__] for w in caught]
    return {"made": text, "warnings": where}


def main() -> None:
    with sample("f64", "index", setup=SETUP) as (_, x, i):
        found = {name: tried(use) for name, use in uses(x, i).items()}
    once: list[object] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        for _ in range(5):
            once.append(renamed.Mode.FAST)
            once.append(renamed.Mode.FAST)
    found["repeated"] = {"made": len(once), "warnings": len(caught)}
    found["signature"] = {"made": list(inspect.signature(renamed.fwddiff).parameters), "warnings": []}
    found["marked"] = {"made": renamed.forwarddiff.__deprecated__, "warnings": []}
    found["modules"] = {"made": [name for name in sys.modules if "typing_extensions" in name], "warnings": []}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
