"""Derivatives as Python functions: `grad`, `vjp`, `jvp`, `jacobian`, `hvp`, `vmap`, and `check_gradient`."""
