"""What type checkers see as MLIR's `ir`: the stubs of the host that is installed; `_ir_own` for all that has none.

Of two stubs that give the same name mypy takes the first, pyright the last: hence the two orders, which come to
the same. Nothing here exists at run time, where `host.ir` is the host's own module.
"""

# ruff: noqa: F403, I001
# mypy: ignore-errors
# pyright: reportMissingImports=false, reportMissingModuleSource=false, reportMissingTypeStubs=false
# pyright: reportWildcardImportFromLibrary=false, reportUnnecessaryTypeIgnoreComment=false

MYPY: bool

if MYPY:
    from mlir._mlir_libs._mlir.ir import *
    from jaxlib.mlir._mlir_libs._mlir.ir import *
    from torch_mlir._mlir_libs._mlir.ir import *
    from iree.compiler._mlir_libs._mlir.ir import *

    from ._ir_own import *
else:
    from ._ir_own import *
    from iree.compiler._mlir_libs._mlir.ir import *
    from torch_mlir._mlir_libs._mlir.ir import *
    from jaxlib.mlir._mlir_libs._mlir.ir import *
    from mlir._mlir_libs._mlir.ir import *
