"""What is done to the user's functions before Enzyme differentiates them."""

from __future__ import annotations
