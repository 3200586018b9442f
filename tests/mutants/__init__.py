"""Bugs planted at random, one at a time, and whether the tests notice: see `make mutants`."""
