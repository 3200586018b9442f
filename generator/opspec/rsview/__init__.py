"""What a dialect looks like in Rust, for melior: items, signatures, bodies and tests, as values."""
