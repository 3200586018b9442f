// Two operations that use each other, in a region without order.
module {
  %0 = builtin.unrealized_conversion_cast %1 : f64 to i64
  %1 = builtin.unrealized_conversion_cast %0 : i64 to f64
}
