"""The notation for constraints: one line of text for each declaration of a spec.

    argument  = value | ("attr" | "prop") ["optional"] attribute ["=" literal]
    value     = ["optional" | "variadic" | "variadic_of_variadic" "(" name ")"] type ["[" effect {"," effect} "]"]
    effect    = "alloc" | "free" | "read" | "write"
    type      = one-type {"|" one-type}
    one-type  = word | Name | "i32" "si32" "ui32" "int32" ... | dialect "." mnemonic
              | container "<" type {"," modifier} ">" | "interface" "(" name ")" | "opaque" "(" name ")"
    modifier  = word {number {"|" number}}
    attribute = one-attr {"|" one-attr} ["where" condition {"," condition}]
    one-attr  = word | "i64" ... | dialect "." mnemonic | "enum" name
              | "array" ["<" attribute ">"] | "dense_array" "<" word ">" | "type" ["<" type ">"]
              | "interface" "(" name ")" | "opaque" "(" name ")"
    condition = word {number}
    literal   = number | string | "true" | "false" | name {"|" name} | "[" literal {"," literal} "]"
              | "opaque" ["(" string ")"]
    parameter = ["optional"] one-parameter ["=" literal]
    region    = ["variadic"] ("any" | ("blocks" | "min_blocks" | "max_blocks") number)
    successor = ["variadic"] "any"
    trait     = name ["(" item {"," item} ")"]
    flow      = "(" [role {"," role}] ")" "->" "(" [role {"," role}] ")" ["for" type]

A name with a capital letter is a constraint of the section `constraints`. `like<T>` is a T or a vector or tensor of it.

`parse_x(print_x(model)) == model` holds for every model class.
"""

from opspec.notation.attributes import parse_argument, parse_attribute, print_argument, print_attribute
from opspec.notation.flows import parse_flow, print_flow
from opspec.notation.formats import parse_format
from opspec.notation.lexer import NotationError
from opspec.notation.parameters import parse_parameter, print_parameter
from opspec.notation.shapes import (
    parse_region,
    parse_successor,
    print_region,
    print_successor,
)
from opspec.notation.traits import parse_trait, print_trait
from opspec.notation.types import parse_type, parse_value, print_type, print_value

__all__ = [
    "NotationError",
    "parse_argument",
    "parse_attribute",
    "parse_flow",
    "parse_format",
    "parse_parameter",
    "parse_region",
    "parse_successor",
    "parse_trait",
    "parse_type",
    "parse_value",
    "print_argument",
    "print_attribute",
    "print_flow",
    "print_parameter",
    "print_region",
    "print_successor",
    "print_trait",
    "print_type",
    "print_value",
]
