"""The body of each exercise, drawn: a skeleton solved from angles and contacts, in cells of a terminal or as SVG.

Pure: it reads no file, knows no clock, no terminal and no Textual.
"""
