"""How the allocator takes blocks of memory and gives them back, in MLIR; see `allocator` for what all that is."""

from __future__ import annotations

__all__ = ["RELEASE", "TAKE"]

TAKE = """
llvm.func internal @allocate(%size: i64) -> !llvm.ptr {
  %workspace = llvm.call @pthread_getspecific(%key) : (i64) -> !llvm.ptr
  %none = llvm.icmp "eq" %workspace, %null : !llvm.ptr
  %is_long = arith.cmpi ugt, %size, %small : i64
  %is_large = arith.ori %none, %is_long : i1
  %block = scf.if %is_large -> !llvm.ptr {
    %no = arith.constant false
    %large = llvm.call @allocate_large(%workspace, %size, %c16, %no) : (!llvm.ptr, i64, i64, i1) -> !llvm.ptr
    scf.yield %large : !llvm.ptr
  } else {
    %more = arith.addi %size, %c15 : i64
    %whole = arith.shrui %more, %c4 : i64
    %steps_wanted = arith.maxui %whole, %c1 : i64
    %list = llvm.getelementptr %workspace[8] : (!llvm.ptr) -> !llvm.ptr, i64
    %slot = llvm.getelementptr %list[%steps_wanted] : (!llvm.ptr, i64) -> !llvm.ptr, i64
    %first = llvm.load %slot : !llvm.ptr -> !llvm.ptr
    %is_empty = llvm.icmp "eq" %first, %null : !llvm.ptr
    %taken = scf.if %is_empty -> !llvm.ptr {
      %new = llvm.call @cut(%workspace, %steps_wanted) : (!llvm.ptr, i64) -> !llvm.ptr
      scf.yield %new : !llvm.ptr
    } else {
      %second = llvm.load %first : !llvm.ptr -> !llvm.ptr
      llvm.store %second, %slot : !llvm.ptr, !llvm.ptr
      scf.yield %first : !llvm.ptr
    }
    %failed = llvm.icmp "eq" %taken, %null : !llvm.ptr
    scf.if %failed {
    } else {
      %tag = arith.addi %live, %steps_wanted : i64
      %address = llvm.ptrtoint %taken : !llvm.ptr to i64
      %combined = arith.xori %tag, %address : i64
      %owner_at = llvm.getelementptr %taken[-2] : (!llvm.ptr) -> !llvm.ptr, i64
      %tag_at = llvm.getelementptr %taken[-1] : (!llvm.ptr) -> !llvm.ptr, i64
      llvm.store %workspace, %owner_at : !llvm.ptr, !llvm.ptr
      llvm.store %combined, %tag_at : i64, !llvm.ptr
    }
    scf.yield %taken : !llvm.ptr
  }
  llvm.return %block : !llvm.ptr
}

// A small block from the newest chunk; null where there is no more memory.
llvm.func internal @cut(%workspace: !llvm.ptr, %steps_wanted: i64) -> !llvm.ptr {
  %payload = arith.shli %steps_wanted, %c4 : i64
  %bytes = arith.addi %payload, %c16 : i64
  %room = arith.addi %bytes, %c16 : i64
  %end_at = llvm.getelementptr %workspace[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %old_next = llvm.load %workspace : !llvm.ptr -> i64
  %old_end = llvm.load %end_at : !llvm.ptr -> i64
  %old_top = arith.addi %old_next, %room : i64
  %is_full = arith.cmpi ugt, %old_top, %old_end : i64
  scf.if %is_full {
    llvm.call @grow(%workspace) : (!llvm.ptr) -> ()
  }
  %next = llvm.load %workspace : !llvm.ptr -> i64
  %end = llvm.load %end_at : !llvm.ptr -> i64
  %top = arith.addi %next, %room : i64
  %failed = arith.cmpi ugt, %top, %end : i64
  %block = scf.if %failed -> i64 {
    scf.yield %c0 : i64
  } else {
    %plain = arith.addi %next, %c16 : i64
    %in_page = arith.andi %plain, %page : i64
    %starts_page = arith.cmpi eq, %in_page, %c0 : i64
    %skipped = arith.select %starts_page, %c16, %c0 : i64
    %chosen = arith.addi %plain, %skipped : i64
    %after = arith.addi %chosen, %payload : i64
    llvm.store %after, %workspace : i64, !llvm.ptr
    scf.yield %chosen : i64
  }
  %pointer = llvm.inttoptr %block : i64 to !llvm.ptr
  llvm.return %pointer : !llvm.ptr
}

// One more chunk.
llvm.func internal @grow(%workspace: !llvm.ptr) {
  %end_at = llvm.getelementptr %workspace[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %chunks_at = llvm.getelementptr %workspace[2] : (!llvm.ptr) -> !llvm.ptr, i64
  %newest = llvm.load %chunks_at : !llvm.ptr -> !llvm.ptr
  %is_first = llvm.icmp "eq" %newest, %null : !llvm.ptr
  %size = scf.if %is_first -> i64 {
    scf.yield %chunk : i64
  } else {
    %size_at = llvm.getelementptr %newest[1] : (!llvm.ptr) -> !llvm.ptr, i64
    %old_size = llvm.load %size_at : !llvm.ptr -> i64
    %twice = arith.addi %old_size, %old_size : i64
    %bounded = arith.minui %twice, %largest_chunk : i64
    scf.yield %bounded : i64
  }
  %made = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
  %failed = llvm.icmp "eq" %made, %null : !llvm.ptr
  scf.if %failed {
  } else {
    %size_at = llvm.getelementptr %made[1] : (!llvm.ptr) -> !llvm.ptr, i64
    %address = llvm.ptrtoint %made : !llvm.ptr to i64
    %next = arith.addi %address, %c16 : i64
    %end = arith.addi %address, %size : i64
    llvm.store %newest, %made : !llvm.ptr, !llvm.ptr
    llvm.store %size, %size_at : i64, !llvm.ptr
    llvm.store %made, %chunks_at : !llvm.ptr, !llvm.ptr
    llvm.store %next, %workspace : i64, !llvm.ptr
    llvm.store %end, %end_at : i64, !llvm.ptr
  }
  llvm.return
}

llvm.func internal @allocate_zeroed(%number: i64, %each: i64) -> !llvm.ptr {
  %size, %overflow = arith.mului_extended %number, %each : i64
  %fits = arith.cmpi eq, %overflow, %c0 : i64
  %wanted = arith.select %fits, %size, %limit : i64
  %is_large = arith.cmpi ugt, %wanted, %small : i64
  %block = scf.if %is_large -> !llvm.ptr {
    %workspace = llvm.call @pthread_getspecific(%key) : (i64) -> !llvm.ptr
    %yes = arith.constant true
    %large = llvm.call @allocate_large(%workspace, %wanted, %c16, %yes) : (!llvm.ptr, i64, i64, i1) -> !llvm.ptr
    scf.yield %large : !llvm.ptr
  } else {
    %taken = llvm.call @allocate(%wanted) : (i64) -> !llvm.ptr
    %failed = llvm.icmp "eq" %taken, %null : !llvm.ptr
    scf.if %failed {
    } else {
      %zero = llvm.mlir.constant(0 : i8) : i8
      "llvm.intr.memset"(%taken, %zero, %wanted) <{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()
    }
    scf.yield %taken : !llvm.ptr
  }
  llvm.return %block : !llvm.ptr
}

// A block of its own; null where there is no more memory. Without a workspace it belongs to none.
llvm.func internal @allocate_large(%workspace: !llvm.ptr, %size: i64, %alignment: i64, %is_zeroed: i1) -> !llvm.ptr {
  %room = arith.addi %alignment, %alignment : i64
  %more = arith.addi %room, %c48 : i64
  %asked = arith.minui %size, %limit : i64
  %bytes = arith.addi %asked, %more : i64
  %base = scf.if %is_zeroed -> !llvm.ptr {
    %zeroed = llvm.call @calloc(%c1, %bytes) : (i64, i64) -> !llvm.ptr
    scf.yield %zeroed : !llvm.ptr
  } else {
    %raw = llvm.call @malloc(%bytes) : (i64) -> !llvm.ptr
    scf.yield %raw : !llvm.ptr
  }
  %failed = llvm.icmp "eq" %base, %null : !llvm.ptr
  %block = scf.if %failed -> !llvm.ptr {
    scf.yield %base : !llvm.ptr
  } else {
    %address = llvm.ptrtoint %base : !llvm.ptr to i64
    %behind = arith.addi %address, %c48 : i64
    %last = arith.subi %alignment, %c1 : i64
    %raised = arith.addi %behind, %last : i64
    %mask = arith.subi %c0, %alignment : i64
    %aligned = arith.andi %raised, %mask : i64
    %in_page = arith.andi %aligned, %page : i64
    %starts_page = arith.cmpi eq, %in_page, %c0 : i64
    %skipped = arith.select %starts_page, %alignment, %c0 : i64
    %chosen = arith.addi %aligned, %skipped : i64
    %made = llvm.inttoptr %chosen : i64 to !llvm.ptr
    %next_at = llvm.getelementptr %made[-6] : (!llvm.ptr) -> !llvm.ptr, i64
    %link_at = llvm.getelementptr %made[-5] : (!llvm.ptr) -> !llvm.ptr, i64
    %base_at = llvm.getelementptr %made[-4] : (!llvm.ptr) -> !llvm.ptr, i64
    llvm.store %base, %base_at : !llvm.ptr, !llvm.ptr
    %owner_at = llvm.getelementptr %made[-2] : (!llvm.ptr) -> !llvm.ptr, i64
    %tag_at = llvm.getelementptr %made[-1] : (!llvm.ptr) -> !llvm.ptr, i64
    %combined = arith.xori %live, %chosen : i64
    llvm.store %workspace, %owner_at : !llvm.ptr, !llvm.ptr
    llvm.store %combined, %tag_at : i64, !llvm.ptr
    %none = llvm.icmp "eq" %workspace, %null : !llvm.ptr
    scf.if %none {
      llvm.store %workspace, %link_at : !llvm.ptr, !llvm.ptr
    } else {
      %large_at = llvm.getelementptr %workspace[3] : (!llvm.ptr) -> !llvm.ptr, i64
      %newest = llvm.load %large_at : !llvm.ptr -> !llvm.ptr
      llvm.store %newest, %next_at : !llvm.ptr, !llvm.ptr
      llvm.store %large_at, %link_at : !llvm.ptr, !llvm.ptr
      llvm.store %made, %large_at : !llvm.ptr, !llvm.ptr
      %is_only = llvm.icmp "eq" %newest, %null : !llvm.ptr
      scf.if %is_only {
      } else {
        %newest_link_at = llvm.getelementptr %newest[-5] : (!llvm.ptr) -> !llvm.ptr, i64
        llvm.store %next_at, %newest_link_at : !llvm.ptr, !llvm.ptr
      }
    }
    scf.yield %made : !llvm.ptr
  }
  llvm.return %block : !llvm.ptr
}
"""
"""`malloc` and `calloc`."""

RELEASE = """
llvm.func internal @release(%block: !llvm.ptr) {
  %address = llvm.ptrtoint %block : !llvm.ptr to i64
  %in_page = arith.andi %address, %page : i64
  %starts_page = arith.cmpi eq, %in_page, %c0 : i64
  scf.if %starts_page {
    %nothing = arith.cmpi eq, %address, %c0 : i64
    scf.if %nothing {
    } else {
      llvm.call @release_unknown(%block, %nothing) : (!llvm.ptr, i1) -> ()
    }
  } else {
    %is_constant = arith.cmpi eq, %address, %constant_memory : i64
    scf.if %is_constant {
      llvm.call @release_unknown(%block, %is_constant) : (!llvm.ptr, i1) -> ()
    } else {
      llvm.call @release_tagged(%block, %address) : (!llvm.ptr, i64) -> ()
    }
  }
  llvm.return
}

// What is behind something else on its page.
llvm.func internal @release_tagged(%block: !llvm.ptr, %address: i64) {
  %owner_at = llvm.getelementptr %block[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %tag_at = llvm.getelementptr %block[-1] : (!llvm.ptr) -> !llvm.ptr, i64
  %combined = llvm.load %tag_at : !llvm.ptr -> i64
  %tag = arith.xori %combined, %address : i64
  %steps_held = arith.subi %tag, %live : i64
  %is_live = arith.cmpi ule, %steps_held, %steps : i64
  scf.if %is_live {
    %owner = llvm.load %owner_at : !llvm.ptr -> !llvm.ptr
    %is_large = arith.cmpi eq, %steps_held, %c0 : i64
    %workspace = llvm.call @pthread_getspecific(%key) : (i64) -> !llvm.ptr
    %owner_address = llvm.ptrtoint %owner : !llvm.ptr to i64
    %workspace_address = llvm.ptrtoint %workspace : !llvm.ptr to i64
    %mine = arith.cmpi eq, %owner_address, %workspace_address : i64
    %nobodys = arith.cmpi eq, %owner_address, %c0 : i64
    scf.if %is_large {
      %free = arith.ori %mine, %nobodys : i1
      scf.if %free {
        llvm.call @release_large(%block) : (!llvm.ptr) -> ()
      }
    } else {
      scf.if %mine {
        %list = llvm.getelementptr %workspace[8] : (!llvm.ptr) -> !llvm.ptr, i64
        %slot = llvm.getelementptr %list[%steps_held] : (!llvm.ptr, i64) -> !llvm.ptr, i64
        %first = llvm.load %slot : !llvm.ptr -> !llvm.ptr
        llvm.store %first, %block : !llvm.ptr, !llvm.ptr
        llvm.store %block, %slot : !llvm.ptr, !llvm.ptr
        %new_tag = arith.xori %freed, %address : i64
        llvm.store %new_tag, %tag_at : i64, !llvm.ptr
      }
    }
  } else {
    %is_freed = arith.cmpi eq, %tag, %freed : i64
    llvm.call @release_unknown(%block, %is_freed) : (!llvm.ptr, i1) -> ()
  }
  llvm.return
}

llvm.func internal @release_large(%block: !llvm.ptr) {
  %next_at = llvm.getelementptr %block[-6] : (!llvm.ptr) -> !llvm.ptr, i64
  %link_at = llvm.getelementptr %block[-5] : (!llvm.ptr) -> !llvm.ptr, i64
  %base_at = llvm.getelementptr %block[-4] : (!llvm.ptr) -> !llvm.ptr, i64
  %tag_at = llvm.getelementptr %block[-1] : (!llvm.ptr) -> !llvm.ptr, i64
  %link = llvm.load %link_at : !llvm.ptr -> !llvm.ptr
  %alone = llvm.icmp "eq" %link, %null : !llvm.ptr
  scf.if %alone {
  } else {
    %next = llvm.load %next_at : !llvm.ptr -> !llvm.ptr
    llvm.store %next, %link : !llvm.ptr, !llvm.ptr
    %is_last = llvm.icmp "eq" %next, %null : !llvm.ptr
    scf.if %is_last {
    } else {
      %next_link_at = llvm.getelementptr %next[-5] : (!llvm.ptr) -> !llvm.ptr, i64
      llvm.store %link, %next_link_at : !llvm.ptr, !llvm.ptr
    }
  }
  %base = llvm.load %base_at : !llvm.ptr -> !llvm.ptr
  llvm.store %c0, %tag_at : i64, !llvm.ptr
  llvm.call @free(%base) : (!llvm.ptr) -> ()
  llvm.return
}

// Free what came from elsewhere: a library's memory, but neither the caller's nor the stack's, which are noted instead.
llvm.func internal @release_unknown(%block: !llvm.ptr, %is_misuse: i1) {
  %workspace = llvm.call @pthread_getspecific(%key) : (i64) -> !llvm.ptr
  %none = llvm.icmp "eq" %workspace, %null : !llvm.ptr
  scf.if %none {
    llvm.call @free(%block) : (!llvm.ptr) -> ()
  } else {
    %arguments_at = llvm.getelementptr %workspace[5] : (!llvm.ptr) -> !llvm.ptr, i64
    %count_at = llvm.getelementptr %workspace[6] : (!llvm.ptr) -> !llvm.ptr, i64
    %stack_at = llvm.getelementptr %workspace[7] : (!llvm.ptr) -> !llvm.ptr, i64
    %arguments = llvm.load %arguments_at : !llvm.ptr -> !llvm.ptr
    %count = llvm.load %count_at : !llvm.ptr -> i64
    %stack = llvm.load %stack_at : !llvm.ptr -> i64
    %one = llvm.mlir.constant(1 : i64) : i64
    %here_at = llvm.alloca %one x i64 : (i64) -> !llvm.ptr
    %here = llvm.ptrtoint %here_at : !llvm.ptr to i64
    %address = llvm.ptrtoint %block : !llvm.ptr to i64
    %above = arith.cmpi uge, %address, %here : i64
    %below = arith.cmpi ult, %address, %stack : i64
    %on_stack = arith.andi %above, %below : i1
    %is_wrong = arith.ori %on_stack, %is_misuse : i1
    %kept = scf.for %position = %c0 to %count step %c1 iter_args(%found = %is_wrong) -> (i1) : i64 {
      %argument_at = llvm.getelementptr %arguments[%position] : (!llvm.ptr, i64) -> !llvm.ptr, i64
      %argument = llvm.load %argument_at : !llvm.ptr -> i64
      %same = arith.cmpi eq, %argument, %address : i64
      %either = arith.ori %found, %same : i1
      scf.yield %either : i1
    }
    scf.if %kept {
      %misuse_at = llvm.getelementptr %workspace[4] : (!llvm.ptr) -> !llvm.ptr, i64
      llvm.store %block, %misuse_at : !llvm.ptr, !llvm.ptr
    } else {
      llvm.call @free(%block) : (!llvm.ptr) -> ()
    }
  }
  llvm.return
}
"""
"""`free`."""
