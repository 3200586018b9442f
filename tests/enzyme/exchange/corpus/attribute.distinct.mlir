// Distinct attributes: the same one twice is one, two alike are two.
#a = distinct[0]<"same">
#b = distinct[1]<"same">
#c = distinct[2]<>
func.func private @f() attributes {a = #a, b = #b, c = [#a, #b, #c], d = #a}
