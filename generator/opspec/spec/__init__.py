"""Spec files: reading with positions, validation, printing."""
