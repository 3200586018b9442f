// Modules in modules, with names, attributes and none.
module @a attributes {my.x = 1} {
  module {
    module @b attributes {my.y = "z"} {
      func.func private @f()
    }
  }
  module {
  }
}
