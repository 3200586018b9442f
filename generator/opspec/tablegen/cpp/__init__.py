"""The C++ expressions that TableGen files write defaults in: read, and evaluated as a compiler would."""
