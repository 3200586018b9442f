"""JSON Schemas, for editors."""
