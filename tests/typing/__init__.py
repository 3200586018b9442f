"""Tests of the types that users of the generated bindings see."""
