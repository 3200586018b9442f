"""Where compiled code gets its memory: a workspace for each call, out of which nothing is lost.

Compiled code calls `malloc` and `free` by name, and so does what MLIR makes of `memref.alloc`. Its engine is told that
these names are the functions below. They take memory from the workspace of the call that runs in the current thread, so
that all of it can be taken back after the call: local buffers of the user's functions, and shadows and caches of
Enzyme's, which nobody frees. Freeing earlier works as ever.

A workspace is a block of words of eight bytes, zero at first:

    0 next        the next free byte of the newest chunk
    1 end         the end of that chunk
    2 chunks      the newest chunk; a chunk starts with the address of the one before it, and its size
    3 large       the newest large block; they are a list in both directions
    4 misuse      an address that was freed and must not have been, or zero
    5 arguments   where the addresses are that belong to the caller
    6 count       how many those are
    7 stack       where the stack was when the call began
    8 ...         for each size of small blocks, in steps of sixteen bytes, the first free one

In front of each block stand its workspace and a tag, by which it is told from memory that came from elsewhere; in front
of a large one, which comes from the C library's `malloc`, also its neighbours in the list and where it really starts.
No block starts with a page, so that what stands in front of an address can be read whatever the address is.
"""

from __future__ import annotations

import re

from .blocks import RELEASE, TAKE

__all__ = [
    "FREED",
    "FUNCTIONS",
    "LIVE",
    "PAGE",
    "PASSES",
    "STEPS",
    "TABLE",
    "WORDS",
    "allocator_text",
]

PAGE = 4096
"""No block starts at a multiple of this."""

LIVE, FREED = 0x4A17C0DE57EE1000, 0x4A17C0DEF4EE1000
"""Tags, each combined with the block's address; the size of a small block is added to the first."""

STEPS = 256
"""Small blocks have up to this many times sixteen bytes."""

WORDS = 8 + STEPS + 1
"""The size of a workspace, in words."""

FUNCTIONS = ("allocate", "allocate_zeroed", "release", "enter", "reset")
"""The functions whose addresses are in the table, in this order.

The first three are what `malloc`, `calloc` and `free` are in C.
"""

TABLE = "functions"
"""What the engine knows the table as: it looks for names that start with `_mlir_`."""

CONSTANTS = {
    **{f"c{number}": number for number in (0, 1, 2, 4, 12, 15, 16, 48)},
    "minus16": -16,
    "page": PAGE - 1,
    "steps": STEPS,
    "small": STEPS * 16,
    "lists": (STEPS + 1) * 8,
    "live": LIVE,
    "freed": FREED,
    # Bytes of the first chunk, and of the largest; each is twice as large as the one before.
    "chunk": 1 << 16,
    "largest_chunk": 1 << 20,
    # What MLIR gives as the address of memory that is part of the code.
    "constant_memory": 0xDEADBEEF,
    "limit": 1 << 62,
}

LIBRARY = """
llvm.func @malloc(i64) -> !llvm.ptr
llvm.func @calloc(i64, i64) -> !llvm.ptr
llvm.func @free(!llvm.ptr)
llvm.func @pthread_getspecific(i64) -> !llvm.ptr
llvm.func @pthread_setspecific(i64, !llvm.ptr) -> i32
"""

CALL = """
// Run a function with a workspace. Gives 0, or 1 where `reset` has something to do, or 2 or 3 after a misuse.
llvm.func internal @enter(
  %workspace: !llvm.ptr, %function: !llvm.ptr, %packed: !llvm.ptr, %arguments: !llvm.ptr, %count: i64
) -> i64 {
  %chunks_at = llvm.getelementptr %workspace[2] : (!llvm.ptr) -> !llvm.ptr, i64
  %large_at = llvm.getelementptr %workspace[3] : (!llvm.ptr) -> !llvm.ptr, i64
  %misuse_at = llvm.getelementptr %workspace[4] : (!llvm.ptr) -> !llvm.ptr, i64
  %arguments_at = llvm.getelementptr %workspace[5] : (!llvm.ptr) -> !llvm.ptr, i64
  %count_at = llvm.getelementptr %workspace[6] : (!llvm.ptr) -> !llvm.ptr, i64
  %stack_at = llvm.getelementptr %workspace[7] : (!llvm.ptr) -> !llvm.ptr, i64
  %lists_at = llvm.getelementptr %workspace[8] : (!llvm.ptr) -> !llvm.ptr, i64
  %old_chunk = llvm.load %chunks_at : !llvm.ptr -> !llvm.ptr
  %old_chunk_address = llvm.ptrtoint %old_chunk : !llvm.ptr to i64
  %start = arith.addi %old_chunk_address, %c16 : i64
  %next = llvm.load %workspace : !llvm.ptr -> i64
  %is_used = arith.cmpi ugt, %next, %start : i64
  scf.if %is_used {
    %zero = llvm.mlir.constant(0 : i8) : i8
    llvm.store %start, %workspace : i64, !llvm.ptr
    "llvm.intr.memset"(%lists_at, %zero, %lists) <{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()
  }
  %one = llvm.mlir.constant(1 : i64) : i64
  %here = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
  llvm.store %arguments, %arguments_at : !llvm.ptr, !llvm.ptr
  llvm.store %count, %count_at : i64, !llvm.ptr
  llvm.store %here, %stack_at : !llvm.ptr, !llvm.ptr
  llvm.store %c0, %misuse_at : i64, !llvm.ptr
  %outer = llvm.call @pthread_getspecific(%key) : (i64) -> !llvm.ptr
  %set = llvm.call @pthread_setspecific(%key, %workspace) : (i64, !llvm.ptr) -> i32
  llvm.call %function(%packed) : !llvm.ptr, (!llvm.ptr) -> ()
  %unset = llvm.call @pthread_setspecific(%key, %outer) : (i64, !llvm.ptr) -> i32
  %large = llvm.load %large_at : !llvm.ptr -> i64
  %chunk_now = llvm.load %chunks_at : !llvm.ptr -> !llvm.ptr
  %no_chunk = llvm.icmp "eq" %chunk_now, %null : !llvm.ptr
  %older = scf.if %no_chunk -> i64 {
    scf.yield %c0 : i64
  } else {
    %before = llvm.load %chunk_now : !llvm.ptr -> i64
    scf.yield %before : i64
  }
  %either = arith.ori %large, %older : i64
  %has_more = arith.cmpi ne, %either, %c0 : i64
  %misused = llvm.load %misuse_at : !llvm.ptr -> i64
  %has_misused = arith.cmpi ne, %misused, %c0 : i64
  %low = arith.select %has_more, %c1, %c0 : i64
  %high = arith.select %has_misused, %c2, %c0 : i64
  %answer = arith.ori %low, %high : i64
  llvm.return %answer : i64
}

// Free all large blocks, and all chunks but the newest.
llvm.func internal @reset(%workspace: !llvm.ptr) {
  %chunks_at = llvm.getelementptr %workspace[2] : (!llvm.ptr) -> !llvm.ptr, i64
  %large_at = llvm.getelementptr %workspace[3] : (!llvm.ptr) -> !llvm.ptr, i64
  scf.while : () -> () {
    %large = llvm.load %large_at : !llvm.ptr -> !llvm.ptr
    %none = llvm.icmp "eq" %large, %null : !llvm.ptr
    %yes = arith.constant true
    %goes_on = arith.xori %none, %yes : i1
    scf.condition(%goes_on)
  } do {
    %large = llvm.load %large_at : !llvm.ptr -> !llvm.ptr
    llvm.call @release_large(%large) : (!llvm.ptr) -> ()
    scf.yield
  }
  %newest = llvm.load %chunks_at : !llvm.ptr -> !llvm.ptr
  %no_chunk = llvm.icmp "eq" %newest, %null : !llvm.ptr
  scf.if %no_chunk {
  } else {
    %older = llvm.load %newest : !llvm.ptr -> !llvm.ptr
    %last = scf.while (%chunk_now = %older) : (!llvm.ptr) -> !llvm.ptr {
      %none = llvm.icmp "eq" %chunk_now, %null : !llvm.ptr
      %yes = arith.constant true
      %goes_on = arith.xori %none, %yes : i1
      scf.condition(%goes_on) %chunk_now : !llvm.ptr
    } do {
    ^bb0(%chunk_now: !llvm.ptr):
      %before = llvm.load %chunk_now : !llvm.ptr -> !llvm.ptr
      llvm.call @free(%chunk_now) : (!llvm.ptr) -> ()
      scf.yield %before : !llvm.ptr
    }
    llvm.store %c0, %newest : i64, !llvm.ptr
  }
  llvm.return
}
"""
"""What runs a call."""


def allocator_text(key: int) -> str:
    """The module of the allocator.

    Args:
        key: The key under which a thread keeps its workspace, from `pthread_key_create`.
    """
    constants = {
        name: f"  %{name} = arith.constant {value} : i64\n"
        for name, value in {**CONSTANTS, "key": key}.items()
    } | {"null": "  %null = llvm.mlir.zero : !llvm.ptr\n"}
    written: list[str] = []
    for part in re.split(
        r"(?m)^(?=llvm\.func internal)", LIBRARY + TAKE + RELEASE + CALL
    ):
        head, opening, body = part.partition(" {\n")
        used = set(re.findall(r"%(\w+)", body))
        first = [line for name, line in constants.items() if name in used]
        written.append("".join([head, opening, *(first if opening else ()), body]))
    table = f"!llvm.array<{len(FUNCTIONS)} x ptr>"
    written.append(
        f"llvm.mlir.global external constant @_mlir_{TABLE}() : {table} {{\n"
        f"  %t0 = llvm.mlir.undef : {table}\n"
    )
    for position, name in enumerate(FUNCTIONS):
        written.append(
            f"  %f{position} = llvm.mlir.addressof @{name} : !llvm.ptr\n"
            f"  %t{position + 1} = llvm.insertvalue %f{position}, %t{position}[{position}] : {table}\n"
        )
    written.append(f"  llvm.return %t{len(FUNCTIONS)} : {table}\n}}\n")
    return "".join(written)


PASSES = "convert-scf-to-cf,convert-arith-to-llvm,convert-cf-to-llvm"
"""What brings this module to the `llvm` dialect."""
