"""Snapshots of every operation, and the tests that build them."""
