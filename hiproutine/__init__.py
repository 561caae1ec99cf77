"""Guided hip mobility practice in the terminal: catalogue, coach, practice, history."""
