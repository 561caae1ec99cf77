"""Doing it: the session as a timeline, and the player that moves along it."""
