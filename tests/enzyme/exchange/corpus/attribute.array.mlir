// Arrays, empty, nested and of mixed kinds.
func.func private @f() attributes {a = [], b = [1, 2 : i8, "three"], c = [[true], [[4.0 : f32]], {d = unit}]}
