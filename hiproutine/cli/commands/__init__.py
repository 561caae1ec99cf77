"""One file a command: its arguments, what it does, and its helpers."""
