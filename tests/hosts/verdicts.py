"""What the C++ verifier of a host says about modules."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["is_installed", "judged", "kind_of"]

_CHILD = Path(__file__).with_name("child.py")
_TIMEOUT = 300
_HEAD = re.compile(r'error: (?:"[^"]*"|-|<[^>]*>|\S+):\d+:\d+: (.*)')
_VARYING = (
    (re.compile(r"'[^']*'"), "'..'"),
    (re.compile(r'"[^"]*"'), '".."'),
    (re.compile(r"[!#][\w.]+(?:<[^ ]*>)?"), "!.."),
    (re.compile(r"-?\b\d+\b"), "N"),
)


def is_installed(host: str) -> bool:
    """Whether a host can be imported."""
    try:
        return importlib.util.find_spec(f"{host}.ir") is not None
    except ModuleNotFoundError:
        return False


def _answers(host: str, texts: list[str]) -> tuple[list[str | None], str]:
    """What one process says before it ends, and how it ends."""
    try:
        done = subprocess.run(
            [sys.executable, str(_CHILD), host],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return [], f"no end within {_TIMEOUT} seconds"
    lines = done.stdout.splitlines()
    ended = (done.stderr.strip().splitlines() or [""])[0]
    return [json.loads(line) for line in lines], f"the process ends with {done.returncode}: {ended}"


def judged(host: str, modules: Mapping[str, str]) -> dict[str, str | None]:
    """For each module the host's words against it, None where it is accepted; that the process ends is an answer."""
    names, found = list(modules), dict[str, "str | None"]()
    while len(found) < len(names):
        left = names[len(found) :]
        answers, end = _answers(host, [modules[name] for name in left])
        found |= zip(left, answers, strict=False)
        if len(answers) < len(left):
            found[left[len(answers)]] = end
    return found


def said(refusal: str) -> str:
    """The first error of a refusal, without its place."""
    for line in refusal.splitlines():
        match = _HEAD.match(line.strip())
        if match is not None:
            return match[1]
    return (refusal.splitlines() or [""])[0]


def kind_of(refusal: str) -> str:
    """The first error of a refusal, without what differs from case to case."""
    text = said(refusal)
    for pattern, instead in _VARYING:
        text = pattern.sub(instead, text)
    return text
