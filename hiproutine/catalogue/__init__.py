"""What exists: exercises, routines, videos, cards, sources."""
