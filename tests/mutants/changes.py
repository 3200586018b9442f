"""Every small change that a file of Python allows: mutmut's, and a few of our own for what is easily left out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

__all__ = ["Change", "Site", "sites_of"]

_SAID_ALREADY = matchers.Call(func=matchers.Name("assert_never") | matchers.Name("cast") | matchers.Name("TypeVar"))
_MEANINGLESS = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)


@dataclass(frozen=True, slots=True)
class Change:
    """One bug: in `file`, on line `line`, the text `old` became `new`; `text` is the whole file then."""

    file: str
    line: int
    old: str
    new: str
    text: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a file, with the changes that can be made there."""

    module: cst.Module
    file: str
    line: int
    node: cst.CSTNode
    instead: tuple[cst.CSTNode, ...]

    def pick(self, chance: random.Random) -> Change:
        """One of the changes."""
        new = chance.choice(self.instead)
        changed = self.module.deep_replace(self.node, new)
        assert isinstance(changed, cst.Module)
        text = self.module.code_for_node
        old, now = (" ".join(text(each).split()) for each in (self.node, new))
        return Change(self.file, self.line, old, now, changed.code)


def sites_of(root: Path, file: str) -> Iterator[Site]:
    """The places in a file, given below `root`, where a change makes another program; a type or a docstring is none."""
    finder = _Finder()
    wrapper = MetadataWrapper(cst.parse_module((root / file).read_text(encoding="utf-8")))
    wrapper.visit(finder)
    lines = wrapper.resolve(PositionProvider)
    for node, instead in finder.found:
        yield Site(wrapper.module, file, lines[node].start.line, node, instead)


class _Finder(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, tuple[cst.CSTNode, ...]]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _MEANINGLESS) or matchers.matches(node, _SAID_ALREADY) or _is_about_types(node):
            return False
        if instead := tuple(_changes_of(node)):
            self.found.append((node, instead))
        return True


def _is_about_types(node: cst.CSTNode) -> bool:
    """Whether a node only says something about names or types, or is a docstring."""
    return matchers.matches(
        node,
        matchers.Expr(matchers.SimpleString() | matchers.ConcatenatedString())
        | matchers.If(test=matchers.Name("TYPE_CHECKING"))
        | matchers.Assign(targets=[matchers.AssignTarget(matchers.Name("__all__"))])
        | matchers.AnnAssign(annotation=matchers.Annotation(matchers.Name("TypeAlias"))),
    )


def _changes_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, change in mutation_operators:
        if isinstance(node, kind):
            found = list(change(node))
            yield from found[:1] if change is operator_string else found
    for ours, change in _OURS:
        if isinstance(node, ours):
            yield from change(node)


def _forced(node: cst.If) -> Iterator[cst.If]:
    """A condition that always holds, and one that never does."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for operator, word in ((cst.Or(), "True"), (cst.And(), "False")):
        yield node.with_changes(test=cst.BooleanOperation(test, operator, cst.Name(word)))


def _halved(node: cst.BooleanOperation) -> Iterator[cst.BaseExpression]:
    """One half of `a and b`."""
    for half in (node.left, node.right):
        yield half.with_changes(lpar=[*node.lpar, *half.lpar], rpar=[*half.rpar, *node.rpar])


def _unfiltered(node: cst.CompFor) -> Iterator[cst.CompFor]:
    """A comprehension without its conditions."""
    if node.ifs:
        yield node.with_changes(ifs=[])


def _lowered(node: cst.Integer) -> Iterator[cst.Integer]:
    """The number before."""
    if node.evaluated_value > 0:
        yield node.with_changes(value=repr(node.evaluated_value - 1))


def _omitted(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Nothing, instead of a call whose result nobody takes or of an error."""
    if matchers.matches(node, matchers.SimpleStatementLine([matchers.Expr(matchers.Call()) | matchers.Raise()])):
        yield node.with_changes(body=[cst.Pass()])


_OURS: tuple[tuple[type[cst.CSTNode], Callable[..., Iterable[cst.CSTNode]]], ...] = (
    (cst.If, _forced),
    (cst.BooleanOperation, _halved),
    (cst.CompFor, _unfiltered),
    (cst.Integer, _lowered),
    (cst.SimpleStatementLine, _omitted),
)
