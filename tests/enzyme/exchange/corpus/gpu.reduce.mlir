// Reductions and shuffles within a group.
func.func @f(%x: f32, %i: i32) -> f32 {
  %0 = gpu.all_reduce add %x uniform {} : (f32) -> f32
  %1, %2 = gpu.shuffle xor %0, %i, %i : f32
  %3 = gpu.subgroup_reduce mul %1 : (f32) -> f32
  return %3 : f32
}
