// Types as attributes.
func.func private @f() attributes {a = i32, b = tensor<?x4xf32>, c = (i1, index) -> (), d = none, e = () -> ((i1) -> i1), f = tuple<i1, tuple<>>}
