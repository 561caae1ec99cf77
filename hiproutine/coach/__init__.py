"""The coach: what to do today, and why."""
