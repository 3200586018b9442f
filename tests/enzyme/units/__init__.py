"""Single functions of lowering and jit, each with the right value: no Enzyme and no process is needed."""
