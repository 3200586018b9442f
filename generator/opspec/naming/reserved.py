"""Names that generated code must keep free: frozen lists, so that output does not depend on who generates."""

from __future__ import annotations

__all__ = [
    "BUILTINS",
    "DEFINITION_MEMBERS",
    "ENUM_MEMBERS",
    "FUNCTION_PARAMETERS",
    "KEYWORDS",
    "LOCALS",
    "MODULE_IMPORTS",
    "MODULE_NAMES",
    "UPSTREAM_RESERVED",
    "VIEW_MEMBERS",
    "is_module_private",
    "why_reserved",
]

KEYWORDS = frozenset(
    """False None True and as assert async await break class continue def del elif else except finally for from
    global if import in is lambda nonlocal not or pass raise return try while with yield match case type""".split()
) - {"match", "case", "type"}
"""Python's keywords. The soft ones are legal names everywhere and stay as they are."""

BUILTINS = frozenset(
    """ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
    BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception
    ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError
    ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
    KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplemented
    NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError
    RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration
    SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError
    UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
    Warning ZeroDivisionError abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr
    classmethod compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float
    format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list
    locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set
    setattr slice sorted staticmethod str sum super tuple type vars zip""".split()
)
"""Python's builtins: a function of the module does not take their names, so that a star import is harmless."""

VIEW_MEMBERS = frozenset(
    """attached attributes build_generic clone context create detach_from_parent erase get_asm has_trait
    is_before_in_block location move_after move_before name op_operands operands operation opview parent parse print
    regions results self successors verify walk write_bytecode""".split()
)
"""Members of the host's `OpView` that a part of an operation must not hide. (`result` may: it means the same.)"""

FUNCTION_PARAMETERS = frozenset({"results", "loc", "ip", "verify", "self", "context"})
"""Parameters that every builder has."""

DEFINITION_MEMBERS = frozenset(
    {
        "cls",
        "coerce",
        "context",
        "get",
        "isinstance",
        "made",
        "of",
        "parameters",
        "parse",
        "FORMAT",
        "PARAMETERS",
        "PREFIX",
    }
)
"""Members of attribute and type classes that a parameter must not hide."""

ENUM_MEMBERS = frozenset(
    """as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag mro name numerator real spelled text
    to_bytes value""".split()
)
"""Members of enums that a case must not hide."""

MODULE_IMPORTS = frozenset("_Any _Mapping _Sequence _ir _overload _rt".split())
"""What a generated module imports."""

MODULE_NAMES = MODULE_IMPORTS | {"annotations", "TYPE_CHECKING"}
"""Names that a generated module uses itself, besides those that `is_module_private` knows."""

LOCALS = MODULE_IMPORTS | {"types"}
"""Names that the body of a builder uses itself, besides those of members and parameters."""

UPSTREAM_RESERVED = KEYWORDS | frozenset(
    """callable issubclass type attributes create context ip operands print get_asm loc verify regions results self
    operation DIALECT_NAMESPACE OPERATION_NAME""".split()
)
"""Names that mlir-tblgen escapes: Python's keywords, builtins that its code calls, members of the generated class."""

_REASONS = (
    (KEYWORDS, "is a keyword of Python"),
    (MODULE_NAMES, "is a name that the module uses itself"),
    (LOCALS, "is a name that every builder uses itself"),
    (FUNCTION_PARAMETERS, "is a parameter of every builder"),
    (VIEW_MEMBERS, "is a member of every operation's class"),
    (DEFINITION_MEMBERS, "is a member of every attribute and type class"),
    (ENUM_MEMBERS, "is a member of every enum"),
    (BUILTINS, "is a builtin of Python"),
)


def is_module_private(name: str) -> bool:
    """Whether a name is like those of a module's own functions and constants (`_to_i64`, `_is_any`, `_add_rules`)."""
    return name.startswith(("_to_", "_is_")) or (name.startswith("_") and name.endswith(("_rules", "_contract")))


def why_reserved(name: str, reserved: frozenset[str]) -> str:
    """Why a name is not to be had, in words (`is a keyword of Python`); empty where it is free."""
    if name not in reserved:
        return ""
    return next(reason for names, reason in _REASONS if name in names and names <= reserved)
