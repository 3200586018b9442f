// Regions of blocks and threads.
func.func @f(%i: index) -> index {
  "enzymexla.gpu_block"(%i, %i, %i) ({
    "enzymexla.gpu_thread"(%i, %i, %i) ({
      "enzymexla.noop"(%i, %i) : (index, index) -> ()
      "enzymexla.barrier"(%i) : (index) -> ()
      "enzymexla.polygeist_yield"() : () -> ()
    }) : (index, index, index) -> ()
    "enzymexla.polygeist_yield"() : () -> ()
  }) : (index, index, index) -> ()
  %0 = "enzymexla.gpu_error"() ({
    "enzymexla.polygeist_yield"() : () -> ()
  }) : () -> index
  %1 = "enzymexla.gpu_wrapper"(%i, %0) ({
    "enzymexla.polygeist_yield"() : () -> ()
  }) : (index, index) -> index
  return %1 : index
}
