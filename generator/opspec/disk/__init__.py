"""What stands on the disk: read without following links, and changed as a whole or not at all."""
