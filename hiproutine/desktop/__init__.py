"""The desktop environment. Knows no screen of ours and no session."""
