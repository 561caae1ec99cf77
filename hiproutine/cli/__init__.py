"""The command line: one program, many commands, and the only place that puts the rooms of the house together."""
