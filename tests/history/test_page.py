"""The committed history of the Enzyme family is what the records tell."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.history.rewrite import PAGE, TIMELINE, fresh, page
from tests.records import needs_records

REWRITE = "if that is wanted: python -m tests.history.rewrite"


@needs_records
def test_the_page_is_what_the_records_tell() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), REWRITE


@needs_records
def test_the_timeline_is_what_the_records_tell() -> None:
    assert TIMELINE.read_text(encoding="utf-8") == fresh("svg"), REWRITE


def test_the_timeline_is_an_image_that_is_not_too_large() -> None:
    text = TIMELINE.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert len(text) < 150_000
