"""Targets: each is a folder, pure, and independent of the others. `opspec.spec.bindings` names them."""
