"""Figures of the judge, committed: what came of how many programs, before and after, by release."""
