"""Cues made audible: tones, speech and the programs that play them. Knows no screen and no path of its own."""
