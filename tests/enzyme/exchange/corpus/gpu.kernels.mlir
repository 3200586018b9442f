// Kernels, how they are launched, and what they know of themselves.
module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%m: memref<4xf32>) workgroup(%w : memref<4xf32, 3>) kernel {
      %0 = gpu.thread_id x
      %1 = gpu.block_dim y
      %2 = gpu.global_id z
      gpu.return
    }
  }
  func.func @f(%n: index, %m: memref<4xf32>) {
    gpu.launch_func @kernels::@k blocks in (%n, %n, %n) threads in (%n, %n, %n) args(%m : memref<4xf32>)
    return
  }
}
