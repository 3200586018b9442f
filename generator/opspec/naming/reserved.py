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
    "why_no_case",
    "why_no_member",
    "why_no_module",
    "why_no_package",
    "why_private",
    "why_reserved",
    "why_special",
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
"""Names that a generated module uses itself, besides those that `why_private` knows."""

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


_SHARED_PACKAGES = frozenset("enzyme_ad iree jax jaxlib mlir numpy opspec stablehlo torch torch_mlir".split())
_STANDARD = frozenset(
    """abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
    builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
    concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
    decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput
    fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac
    html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale
    logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis
    nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes
    pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data
    pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve
    shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse
    ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
    telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback
    tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref
    webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo""".split()
)
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))


def why_special(name: str) -> str:
    """Why a name is not to be had anywhere, in words (`is a name with a meaning of its own in Python`)."""
    is_special = name.startswith("__") and name.endswith("__")
    return "is a name with a meaning of its own in Python" if is_special else ""


def why_private(name: str) -> str:
    """Why a name of the module or of a builder's parameter is not to be had: a module's own are like it.

    Its functions and constants are called like `_to_i64`, `_is_any`, `_add_rules`.
    """
    is_like = name.startswith(("_to_", "_is_")) or (name.startswith("_") and name.endswith(("_rules", "_contract")))
    return "is like the names that the module uses itself" if is_like else why_special(name)


def why_no_member(name: str) -> str:
    """Why a member of a class cannot have a name: Python changes those that begin with two underscores."""
    is_changed = name.startswith("__") and not name.endswith("__")
    return "is a name that Python changes inside of classes" if is_changed else why_special(name)


def why_no_case(name: str) -> str:
    """Why a case of an enum cannot have a name: Python keeps those between underscores for itself."""
    is_kept = len(name) > 2 and name[0] == name[-1] == "_"
    return "is a name that Python keeps for its enums" if is_kept else why_no_member(name)


def why_no_module(name: str) -> str:
    """Why a module cannot have a name: it is Python's, or no file can have it everywhere."""
    if name in KEYWORDS:
        return "is a keyword of Python"
    if name.lower() in _DEVICES:
        return "is the name of a device on Windows"
    return why_special(name)


def why_no_package(name: str) -> str:
    """Why a package cannot have a name: as for modules, or others have it already."""
    if name in _STANDARD:
        return "is a module of Python's own library"
    if name in _SHARED_PACKAGES:
        return "is a package that the bindings work with"
    return "is a name of the package's own modules" if name == "_runtime" else why_no_module(name)


def why_reserved(name: str, reserved: frozenset[str]) -> str:
    """Why a name is not to be had, in words (`is a keyword of Python`); empty where it is free."""
    if name not in reserved:
        return ""
    return next(reason for names, reason in _REASONS if name in names and names <= reserved)
