"""What a drop-in has that our own modules have not: it knows no releases, and constructors have names of their own."""

from __future__ import annotations

import pytest

from opspec.diagnostics import Diagnostics
from opspec.emitters.python.module import module_text
from opspec.model.constraints import AnyConstraint, Value
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.model.names import Names, OldName
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


def test_a_constructor_with_names_of_its_own_takes_its_own_old_names() -> None:
    """The builder says `is_exact`, the constructor `isExact`: each under the old name in its own spelling."""
    renamed = NamedValue("isExact", Value(AnyConstraint()), names=Names(old=(OldName("wasExact"),)))
    dialect = Dialect("toy", operations=(Operation("div", "DivOp", arguments=(renamed,)),))
    text = module_text(build_module(dialect, policy_of("upstream").of_dialect(dialect)), "# Generated.")
    function, _, cls = text.partition("class DivOp")
    assert '"was_exact"' in function
    init = cls.partition("@_rt.renamed_parameters(")[2]
    assert '"wasExact"' in init.partition("def __init__")[0]
    assert "_rt.construct(self, self._build, isExact, loc=loc, ip=ip)" in init
