// Dense elements of types that everyone knows.
func.func @f() -> tensor<2x2xf64> {
  %0 = arith.constant dense<[[0.1, -0.0], [1.0e+300, 0x7FF8000000000000]]> : tensor<2x2xf64>
  %1 = arith.constant dense<-7> : vector<4x2xi16>
  %2 = arith.constant dense<[true, false]> : tensor<2xi1>
  %3 = arith.constant dense<[0, 18446744073709551615]> : tensor<2xi64>
  return %0 : tensor<2x2xf64>
}
