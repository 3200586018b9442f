// Bessel functions and their kin.
func.func @f(%n: tensor<4xf64>, %a: tensor<4xf64>) -> tensor<4xf64> {
  %0 = "enzymexla.special.besselh"(%n, %a, %a) : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %1 = "enzymexla.special.besseli"(%n, %0) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %2 = "enzymexla.special.besselix"(%n, %1) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %3 = "enzymexla.special.besselj"(%n, %2) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %4 = "enzymexla.special.besseljx"(%n, %3) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %5 = "enzymexla.special.besselk"(%n, %4) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %6 = "enzymexla.special.besselkx"(%n, %5) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %7 = "enzymexla.special.bessely"(%n, %6) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %8 = "enzymexla.special.besselyx"(%n, %7) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %9 = "enzymexla.special.hankelh1x"(%n, %8) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %10 = "enzymexla.special.hankelh2x"(%n, %9) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %11 = "enzymexla.special.jinc"(%10) : (tensor<4xf64>) -> tensor<4xf64>
  %12 = "enzymexla.special.sphericalbesselj"(%n, %11) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %13 = "enzymexla.special.sphericalbessely"(%n, %12) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %13 : tensor<4xf64>
}
