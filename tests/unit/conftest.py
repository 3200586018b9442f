"""Properties are tried with the same examples in every run and on every machine, however slow it is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("opspec", deadline=None, derandomize=True, database=None)
settings.load_profile("opspec")
