"""The catalogue: exercises, routines, videos, cards and sources."""
