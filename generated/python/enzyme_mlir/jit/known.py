"""Programs that this process has compiled before, by the text that they were made of."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from .compiler import Program

__all__ = ["known_program"]

MOST = 64
"""How many programs are kept, those that were used last."""

_LOCK = threading.Lock()
_known: OrderedDict[Hashable, Program] = OrderedDict()


def known_program(key: Hashable, make: Callable[[], Program]) -> Program:
    """The program of a key; `make` makes it where there is none yet.

    One that keeps something between calls, in variables of its module, is made anew each time: two functions must not
    see each other's.
    """
    with _LOCK:
        found: Any = _known.get(key)
        if found is not None:
            _known.move_to_end(key)
            return found  # type: ignore[no-any-return]
    made = make()
    if not made.has_state:
        with _LOCK:
            _known[key] = made
            while len(_known) > MOST:
                _known.popitem(last=False)
    return made
