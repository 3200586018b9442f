"""Every operation that `docs/jit.md` names with every element type: compiled and run in processes that may die."""
