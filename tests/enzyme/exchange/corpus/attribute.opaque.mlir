// An attribute and a type of a dialect that nobody knows.
func.func private @f(!unknown.thing<"a" -> [1, {b}]>) attributes {a = #unknown.attribute<x, "y>", (z)>, b = #unknown<"text">, c = !unknown.type}
