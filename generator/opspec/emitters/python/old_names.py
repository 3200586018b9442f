"""Further and old names in code: aliases, overloads with the old keywords, what is looked up when it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from opspec.emitters.python.prose import about
from opspec.naming.policy import PyName
from opspec.pyview.module import (
    PyAlias,
    PyDefinition,
    PyDefinitionParameter,
    PyEnum,
    PyModule,
    PyOldParameter,
    PyOperation,
    PyParameter,
    init_parameters,
    parameters_of,
)
from opspec.pyview.python import (
    NONE,
    Assign,
    Call,
    Class,
    Expression,
    Function,
    Group,
    If,
    Items,
    Name,
    Origin,
    Return,
    Statement,
    call,
    dict_of,
    literal,
    own,
    rt,
    tuple_of,
)

__all__ = [
    "CHECKING",
    "OVERLOAD",
    "aliases_of_function",
    "checked_cases",
    "get_decorators",
    "get_overloads",
    "keyword_decorators",
    "names_of_classes",
    "old_accessors",
    "old_cases",
    "old_parameters",
    "overloads",
]

OVERLOAD = Name("overload", Origin.TYPING)
CHECKING = Name("TYPE_CHECKING", Origin.CHECKING)

_MOST_OVERLOADS = 7
"""Of calls with old keywords: beyond, only calls with one of them are typed."""

_Renames = tuple[PyOldParameter, ...]


def _deprecated(message: str) -> Call:
    return call(rt("deprecated"), literal(message))


def _old(message: str, indent: int) -> tuple[str, ...]:
    return about(f"Deprecated: {message}.", indent)


def _also(alias: PyAlias) -> Assign:
    return Assign(alias.name, own(alias.target), doc=(f"Another name of `{alias.target}`.",))


def _choices(renames: _Renames) -> Iterator[_Renames]:
    """Which old names one call may use: for each part none or one of them, but not none for all."""
    by_part: dict[str, list[_Renames]] = {}
    for rename in renames:
        olds = by_part.setdefault(rename.part, [])
        if rename.is_derived:
            olds[-1] = (*olds[-1], rename)
        else:
            olds.append((rename,))
    count = 1
    for olds in by_part.values():
        count *= len(olds) + 1
    if count - 1 > _MOST_OVERLOADS:
        yield from (group for olds in by_part.values() for group in olds)
        return
    for chosen in product(*([(), *olds] for olds in by_part.values())):
        if found := tuple(rename for group in chosen for rename in group):
            yield found


def _renamed(parameters: Sequence[PyParameter], renames: _Renames) -> list[PyParameter]:
    """The parameters of a call that uses old names: those by keyword and required, and so what follows them."""
    by_name = {rename.new: rename for rename in renames}
    found, by_keyword = [], False
    for parameter in parameters:
        rename = by_name.get(parameter.name)
        by_keyword = by_keyword or parameter.keyword_only or rename is not None
        if rename is None:
            found.append(replace(parameter, keyword_only=by_keyword))
        else:
            default = parameter.default if rename.is_derived else None
            named = replace(parameter, name=rename.old, init_name=rename.init_old)
            found.append(replace(named, default=default, keyword_only=True))
    return found


def overloads(operation: PyOperation, name: str, *, is_init: bool = False, message: str = "") -> list[Function]:
    """A signature with the names of now, then one for each choice of old names; none where no parameter has any.

    `message` says why a signature with the names of now is deprecated.
    """
    if not operation.old_parameters:
        return []
    listed = init_parameters if is_init else parameters_of
    now = Function(
        name,
        listed(operation.parameters),
        NONE if is_init else operation.returns,
        decorators=(OVERLOAD, *((_deprecated(message),) if message else ())),
        first="self" if is_init else "",
    )
    found = [now]
    for renames in _choices(operation.old_parameters):
        told = "; ".join(rename.message for rename in renames if not rename.is_derived)
        parameters = listed(_renamed(operation.parameters, renames))
        found.append(replace(now, parameters=parameters, decorators=(OVERLOAD, _deprecated(told))))
    return found


def _renaming(owner: str, names: Sequence[tuple[str, str, str]]) -> tuple[Expression, ...]:
    """What lets a function take old keywords; each is the old name, the new one and the message."""
    return (call(rt("renamed_parameters"), literal(owner), *map(literal, names)),) if names else ()


def keyword_decorators(operation: PyOperation, dialect: str, *, is_init: bool = False) -> tuple[Expression, ...]:
    """What lets a builder, or a constructor, take old keywords."""
    names = [
        (str(old.init_old), str(old.init_new), old.message) if is_init else (str(old.old), str(old.new), old.message)
        for old in operation.old_parameters
    ]
    return _renaming(f"{dialect}.{operation.mnemonic}", names)


def old_accessors(operation: PyOperation) -> list[Assign]:
    """The accessors of a class under old names."""
    return [
        Assign(old.old, call(rt("RenamedAccessor"), old.target, literal(old.message)), doc=_old(old.message, 4))
        for old in operation.old_accessors
    ]


def aliases_of_function(operation: PyOperation, dialect: str) -> Iterator[Statement]:
    """The further and the old names of a builder."""
    for alias in operation.functions:
        if alias.message:
            yield from _old_function(operation, alias, dialect)
        else:
            yield _also(alias)


def _old_function(operation: PyOperation, alias: PyAlias, dialect: str) -> Iterator[Statement]:
    """A builder under an old name: as typed as it was, old keywords and all."""
    yield from overloads(operation, alias.name, message=alias.message)
    given = [p for p in operation.parameters if not p.keyword_only]
    named = {str(p.name): own(p.name) for p in operation.parameters if p.keyword_only}
    yield Function(
        name=alias.name,
        parameters=parameters_of(operation.parameters),
        returns=operation.returns,
        doc=_old(alias.message, 4),
        body=(Return(call(own(alias.target), *(own(p.name) for p in given), **named)),),
        decorators=(_deprecated(alias.message), *keyword_decorators(operation, dialect)),
    )


def _case(value: int, text: str) -> Items:
    return Items((literal(value), literal(text)), "")


def checked_cases(enum: PyEnum) -> tuple[Group, ...]:
    """The old names of an enum's cases, for type checkers."""
    old = [Assign(a.name, _case(c.value, c.text)) for c in enum.cases for a in c.aliases if a.message]
    return ((If(CHECKING, (tuple(old),)),),) if old else ()


def old_cases(enum: PyEnum) -> Call | None:
    """What lets an enum find its cases under old names; None where there are none."""
    entries = [
        (str(alias.name), literal((str(case.name), alias.message)))
        for case in enum.cases
        for alias in case.aliases
        if alias.message
    ]
    return call(rt("old_cases"), own(enum.name), dict_of(entries)) if entries else None


def names_of_classes(module: PyModule) -> Iterator[Statement]:
    """Further names of classes; and old ones, classes of their own to type checkers, looked up at run time."""
    enums = {enum.name for enum in module.enums}
    old = [alias for alias in module.classes if alias.message]
    yield from (_also(alias) for alias in module.classes if not alias.message)
    if not old:
        return
    checked: list[Group] = [
        (Class(alias.name, (own(alias.target),), _old(alias.message, 8), decorators=(_deprecated(alias.message),)),)
        for alias in old
        if alias.target not in enums
    ]
    if named := [each for each in old if each.target in enums]:
        checked.insert(0, tuple(Assign(each.name, own(each.target), doc=_old(each.message, 8)) for each in named))
    entries = [(str(alias.name), tuple_of((own(alias.target), literal(alias.message)))) for alias in old]
    found = Assign("__getattr__", call(rt("old_classes"), own("__name__"), dict_of(entries)))
    yield If(CHECKING, tuple(checked), ((found,),))


def _get_renames(definition: PyDefinition) -> _Renames:
    """The old names of a definition's parameters, as those of a builder."""
    return tuple(
        PyOldParameter(
            old=old.name,
            new=parameter.name,
            init_old=old.name,
            init_new=parameter.name,
            message=old.message,
            part=parameter.key,
        )
        for parameter in definition.parameters
        for old in parameter.old
    )


def get_decorators(definition: PyDefinition) -> tuple[Expression, ...]:
    """What lets `get` take old keywords."""
    names = [(str(old.old), str(old.new), old.message) for old in _get_renames(definition)]
    return _renaming(definition.prefix, names)


def get_overloads(definition: PyDefinition, get: Function) -> Iterator[Function]:
    """The overloads of `get`, if parameters have old names."""
    renames = _get_renames(definition)
    if not renames:
        return
    classmethod_ = own("classmethod")
    yield replace(get, doc=(), body=(), decorators=(OVERLOAD, classmethod_))
    parameters = [
        PyParameter(
            name=PyName(p.name),
            init_name=PyName(p.name),
            annotation=p.annotation,
            doc="",
            default=p.default,
            keyword_only=p.keyword_only,
        )
        for p in get.parameters
    ]
    for chosen in _choices(renames):
        mark = _deprecated("; ".join(rename.message for rename in chosen))
        named = parameters_of(_renamed(parameters, chosen))
        yield replace(get, parameters=named, doc=(), body=(), decorators=(OVERLOAD, classmethod_, mark))


def old_parameters(parameter: PyDefinitionParameter) -> list[Assign]:
    """The accessors of a definition's parameter under old names."""
    return [
        Assign(
            old.name,
            call(rt("RenamedParameter"), own(parameter.name), literal(old.message)),
            doc=_old(old.message, 4),
        )
        for old in parameter.old
    ]
