"""Wrong use of the builders, as data: what is written, and the whole message that it gives. None may end the process.

The cases stand in the `.txt` files of this folder, in the form of a session at the prompt of Python; each is tried by
itself in a child process. What follows it is the type and the message of what is raised, then the operations that stand
in the function `sample` afterwards (`built: ...`); nothing where there is neither. The names are in `surroundings`.

After a wanted change of a message: `python -m tests.executed.misuses.rewrite`, then read the diff.
"""

from .case import CASES, FILES, Case, read

__all__ = ["CASES", "FILES", "Case", "read"]
