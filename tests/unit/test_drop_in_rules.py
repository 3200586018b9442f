"""What a drop-in's rules say of attributes that not every release has: upstream's builders know no releases."""

from __future__ import annotations

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.released import is_partial
from opspec.naming.policy import policy_of
from opspec.pyview.build import build_module
from opspec.pyview.printer import code
from opspec.spec.load import load_dialect
from tests.records import ROOT


@pytest.mark.parametrize(("convention", "knows_releases"), [("mnemonic", True), ("upstream", False)])
def test_what_every_call_gives_is_written_whatever_the_release(convention: str, knows_releases: bool) -> None:
    dialect = load_dialect(ROOT / "opspecs" / "comm" / "dialect.yaml", Diagnostics())
    assert dialect is not None
    operation = dialect.operation("mpi.allreduce")
    demanded = [
        named.name
        for named in operation.attributes
        if named.attribute.required and is_partial(dialect, operation, named)
    ]
    module = build_module(dialect, policy_of(convention).of_dialect(dialect))
    rules = code(module.operation(operation.mnemonic).rules.expression)
    assert demanded
    for name in demanded:
        own = rules.partition(f'_rt.attribute("{name}", ')[2].partition("_rt.")[0]
        assert ("releases=" in own) is knows_releases
