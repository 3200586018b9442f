"""One file for each command: its flags, and what it says of what it did. It is loaded when the command is asked for."""
