"""Compiled functions called from Python."""
