"""Tests of what is done to functions before Enzyme differentiates them."""
