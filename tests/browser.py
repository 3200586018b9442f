"""Looks at the site in a browser: pages as people without sight, with dark screens and with phones meet them.

`python -m tests.browser build/site/0.1.0 [PAGE ...]` says what axe finds on the pages, which of them are wider than the
screen, and what they fetch from elsewhere; it ends with 1 where there is anything.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
Scheme = Literal["light", "dark"]
SCREENS: tuple[tuple[str, Scheme, int], ...] = (
    ("light", "light", 1280),
    ("dark", "dark", 1280),
    ("phone", "light", 390),
    ("dark phone", "dark", 390),
)
"""A name, the colours and the width of each screen."""
AXE = "axe.run(document, {resultTypes: ['violations']})"


def browser() -> str | None:
    """Where a browser is."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def missing() -> str:
    """What is not installed that this needs, or nothing."""
    if find_spec("axe_playwright_python") is None:
        return "the extra `dev` is not installed: axe_playwright_python"
    return "" if browser() else f"no browser is installed: {', '.join(BROWSERS)}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def opened(address: str, scheme: Scheme, width: int, fetched: list[str]) -> Iterator[Any]:
    """A page of a browser; what it fetches from elsewhere is added to `fetched`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        page = program.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
        own = (address, "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(own) else fetched.append(request.url))
        yield page
        program.close()


def complaints(folder: Path, names: Sequence[str], screens: Sequence[tuple[str, Scheme, int]]) -> Iterator[str]:
    """What is wrong with pages of a site on some screens, a line each."""
    import axe_playwright_python

    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    for screen, scheme, width in screens:
        fetched: list[str] = []
        with served(folder) as address, opened(address, scheme, width, fetched) as page:
            for name in names:
                if not page.goto(address + name).ok:
                    yield f"{name}, {screen}: is not there"
                    continue
                page.add_script_tag(content=script)
                for found in page.evaluate(AXE)["violations"]:
                    nodes = found["nodes"]
                    yield f"{name}, {screen}: {found['id']} ({found['impact']}), {len(nodes)}x: {nodes[0]['html']}"
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    yield f"{name}, {screen}: wider than the screen"
        yield from (f"{screen}: fetches {url}" for url in fetched)


def main(arguments: Sequence[str]) -> int:
    """Look at the pages of a site, by default at all."""
    if reason := missing():
        print(reason)
        return 1
    folder = Path(arguments[0])
    names = arguments[1:] or sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    count = 0
    for line in complaints(folder, names, SCREENS):
        print(line, flush=True)
        count += 1
    print(f"{len(names)} pages, {len(SCREENS)} screens: {count} complaints")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
