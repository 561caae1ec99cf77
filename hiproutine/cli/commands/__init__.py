"""One module per command, with its arguments, its action and its helpers."""
