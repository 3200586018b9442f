"""The HTML report in a real browser: it works without anything else, filters, prints, and is accessible."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from opspec.diagnostics import Location
from opspec.diff.accept import Acceptance, divide
from opspec.diff.changes import Level, Tier
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.report import Report, render
from opspec.diff.sources import load_sides
from tests.diff.loading import HISTORY
from tests.records import ROOT

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = ROOT / "build" / "axe"
needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no chromium (Debian's package `chromium`)")


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with everything in it: all levels, a guess, an accepted change, a stale entry."""
    old, new = load_sides(str(HISTORY / "2023-11-22.yaml"), str(HISTORY / "ae27aa0e.yaml"))
    changes = compare(old.project, new.project)
    first = changes[-1]
    entries = (
        Acceptance(first.fingerprint, first.rule, str(first.place), "Known", "2026-01-01", Location("accepted.yaml")),
        Acceptance("0" * 16, "operation-removed", "enzyme.gone", "Known", "2026-01-01", Location("accepted.yaml")),
    )
    witnesses = ((changes[-1].fingerprint, "print(1 < 2)\n"),)
    check = check_with_griffe(old.project, new.project, changes)
    return Report(old, new, divide(changes, entries), check, Level.BREAKING, (), witnesses)


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return render(report, "html")


@pytest.fixture(scope="module")
def axe() -> Path:
    """axe-core's script, through npm's registry; a tool of this test only."""
    script = AXE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        if shutil.which("npm") is None:
            pytest.skip("axe-core is not here, nor npm to install it")
        AXE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--prefix", str(AXE), "axe-core@4"]
        try:
            subprocess.run(command, capture_output=True, timeout=90, check=True)
        except (subprocess.SubprocessError, OSError):
            pytest.skip("axe-core is not here, and npm cannot install it")
    return script


def browse(page: str, folder: Path, *flags: str) -> str:
    """What chromium makes of a page."""
    assert BROWSER is not None
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    command = [
        *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
        *(f"--user-data-dir={folder / 'profile'}", *flags, path.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def evaluated(page: str, script: str, folder: Path, *flags: str) -> object:
    """What a script that runs at the end of the page resolves to."""
    probe = (
        f"<script>(async () => {{ {script} }})().then((value) => {{ const out = document.createElement('textarea');"
        " out.id = 'probe'; out.textContent = JSON.stringify(value); document.body.append(out); });</script>"
    )
    dom = browse(
        page.replace("</body>", f"{probe}</body>"), folder, "--virtual-time-budget=20000", "--dump-dom", *flags
    )
    found = re.search(r'<textarea id="probe">(.*?)</textarea>', dom, re.DOTALL)
    assert found is not None, "the script did not end"
    text = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(text)


def test_the_page_needs_nothing_else(page: str) -> None:
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert not re.findall(r"url\(|@import|https?://|fetch\(|XMLHttpRequest", page)
    assert page.count("<!doctype html>") == 1


def test_every_change_has_a_card_with_both_sides(report: Report, page: str) -> None:
    assert page.count('<article class="card ') == len(report.changes)
    for change in report.changes:
        card = page.partition(f'id="change-{change.fingerprint}"')[2].partition("</article>")[0]
        assert change.rule in card
        assert all(f"{v.tier.value}: {v.level.word}" in card for v in change.verdicts)
        assert card.count("not there") == (change.old is None) + (change.new is None)
    assert "Accepted on 2026-01-01: Known" in page
    assert "Accepted, but not found any more" in page
    assert "print(1 &lt; 2)" in page


def test_changed_words_are_marked(page: str) -> None:
    card = page.partition("</code> results inferred")[2].partition("</article>")[0]
    assert "<del>result_type: ir.Type,</del>" in card
    assert "<ins>" in card


@needs_browser
def test_filters_and_search(report: Report, page: str, tmp_path: Path) -> None:
    script = """
      const count = () => Array.from(document.querySelectorAll('.card')).filter((card) => !card.hidden).length;
      const told = () => document.querySelector('.shown').textContent;
      const all = [count(), told()];
      const box = (value) => document.querySelector(`input[value=${value}]`);
      const input = (element) => element.dispatchEvent(new Event('input', {bubbles: true}));
      const set = (value, on) => { box(value).checked = on; input(box(value)); };
      set('compatible', false); set('dangerous', false);
      const breaking = count();
      set('source', false); set('types', false); set('docs', false);
      const breakingInIr = count();
      for (const each of ['compatible', 'dangerous', 'source', 'types', 'docs']) set(each, true);
      const search = document.querySelector('input[type=search]');
      search.value = 'enzyme.CLEAR'; input(search);
      return {all, breaking, breakingInIr, searched: count(), told: told(), filters: document.forms.length};
    """
    found = evaluated(page, script, tmp_path)
    changes = report.changes
    breaking = [c for c in changes if any(v.level is Level.BREAKING for v in c.verdicts)]
    in_ir = [c for c in breaking if c.level_in(Tier.IR) is Level.BREAKING]
    assert found == {
        "all": [len(changes), f"{len(changes)} of {len(changes)} shown"],
        "breaking": len(breaking),
        "breakingInIr": len(in_ir),
        "searched": 1,
        "told": f"1 of {len(changes)} shown",
        "filters": 1,
    }


@needs_browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 400)])
def test_the_page_is_accessible(page: str, axe: Path, scheme: str, width: int, tmp_path: Path) -> None:
    with_axe = page.replace("</body>", f"<script>{axe.read_text(encoding='utf-8')}</script></body>")
    script = """
      const found = await axe.run(document, {resultTypes: ['violations']});
      return {dark: matchMedia('(prefers-color-scheme: dark)').matches, rules: found.passes.length,
        wrong: found.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))])};
    """
    setting = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    found = evaluated(with_axe, script, tmp_path, f"--window-size={width},900", setting)
    assert isinstance(found, dict)
    assert found["wrong"] == []
    assert found["rules"] > 15
    assert found["dark"] == (scheme == "dark")


@needs_browser
def test_nothing_is_wider_than_a_narrow_window(page: str, tmp_path: Path) -> None:
    script = "return [document.documentElement.scrollWidth, innerWidth];"
    found = evaluated(page, script, tmp_path, "--window-size=500,900")
    assert isinstance(found, list)
    assert found[0] <= found[1]


@needs_browser
def test_it_can_be_printed(page: str, tmp_path: Path) -> None:
    browse(page, tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    data = (tmp_path / "page.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type/Page") > 3 or len(data) > 50_000


@needs_browser
def test_it_can_be_seen(page: str, tmp_path: Path) -> None:
    browse(page, tmp_path, "--window-size=1200,1600", f"--screenshot={tmp_path / 'page.png'}")
    data = (tmp_path / "page.png").read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) > 30_000
