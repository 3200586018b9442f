"""Tests against the real Enzyme, which runs in child processes."""
