"""The command line: its commands, and the only place that wires all packages together."""
