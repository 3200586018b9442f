// Caches: init, push, pop, of tensors and of caches.
func.func @f(%x: tensor<?xf64>) -> tensor<?xf64> {
  %0 = "enzyme.init"() : () -> !enzyme.Cache<tensor<?xf64>>
  "enzyme.push"(%0, %x) : (!enzyme.Cache<tensor<?xf64>>, tensor<?xf64>) -> ()
  %1 = "enzyme.pop"(%0) : (!enzyme.Cache<tensor<?xf64>>) -> tensor<?xf64>
  %2 = "enzyme.init"() : () -> !enzyme.Cache<!enzyme.Cache<i32>>
  return %1 : tensor<?xf64>
}
