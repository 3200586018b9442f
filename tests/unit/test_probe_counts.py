"""Numbers of parts, and names in a binary: what the probe starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.model.constraints import AnyConstraint, Multiplicity, RegionConstraint, Value
from opspec.model.dialect import NamedValue, Operation, Region, Successor
from opspec.probe.counts import PARTS, Count, counts_of_spec
from opspec.probe.strings import Names, names_in

ONE, MANY = Multiplicity.ONE, Multiplicity.VARIADIC


@pytest.mark.parametrize(
    ("count", "text", "held", "nearest"),
    [
        (Count(2, 2), "2", [2], [2, 2, 2, 2, 2]),
        (Count(1, 3), "1 to 3", [1, 2, 3], [1, 1, 2, 3, 3]),
        (Count(2, None), "2 or more", [2, 3, 4], [2, 2, 2, 3, 4]),
        (Count(0, 0), "0", [0], [0, 0, 0, 0, 0]),
        (Count(0, None), "0 or more", [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
    ],
)
def test_a_count(count: Count, text: str, held: list[int], nearest: list[int]) -> None:
    assert str(count) == text
    assert [number for number in range(5) if count.holds(number)] == held
    assert [count.nearest(number) for number in range(5)] == nearest


def test_the_counts_of_a_spec() -> None:
    def values(*multiplicities: Multiplicity) -> tuple[NamedValue, ...]:
        return tuple(
            NamedValue(f"v{number}", Value(AnyConstraint(), each)) for number, each in enumerate(multiplicities)
        )

    operation = Operation(
        "o",
        "O",
        arguments=values(ONE, MANY, ONE),
        results=values(ONE),
        regions=(Region("r", RegionConstraint(None, False, MANY)),),
        successors=(Successor("s"), Successor("t")),
    )
    assert counts_of_spec(operation) == {
        "regions": Count(0, None),
        "results": Count(1, 1),
        "successors": Count(2, 2),
        "operands": Count(2, None),
    }
    assert tuple(counts_of_spec(Operation("o", "O"))) == PARTS
    assert set(counts_of_spec(Operation("o", "O")).values()) == {Count(0, 0)}
    assert counts_of_spec(Operation("o", "O", arguments=values(Multiplicity.OPTIONAL)))["operands"] == Count(0, None)


def found(folder: Path, data: bytes) -> Names:
    path = folder / "library.so"
    path.write_bytes(data)
    return names_in(path, ("enzyme", "comm"))


def test_names_in_a_binary(tmp_path: Path) -> None:
    data = (
        b"enzyme.first\0\0enzyme.dup\0other_enzyme.last\0 enzyme.auto.diff\0enzyme.cut short\0"
        b"comm.send\0enzyme.9no\0enzyme.dup\0other.no\0Invalid attribute `width` in\0requires attribute 'fn'\0"
        b"requires attribute 'open\0attribute 'no'\0expected key entry for flag in DictionaryAttr to set\0"
    )
    assert found(tmp_path, data) == Names(
        ("comm.send", "enzyme.auto.diff", "enzyme.dup", "enzyme.first", "enzyme.last"), ("flag", "fn", "width")
    )


def test_names_have_at_most_eighty_characters(tmp_path: Path) -> None:
    data = b"\0enzyme.a" + b"b" * 80 + b"\0enzyme.c" + b"d" * 81 + b"\0requires attribute '" + b"e" * 80 + b"'\0"
    data += b"requires attribute '" + b"f" * 81 + b"'\0"
    assert found(tmp_path, data) == Names(("enzyme.a" + "b" * 80,), ("e" * 80,))
