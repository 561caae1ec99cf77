"""The conditions of the screening by kind: for each its question, its sentence, and the rules by which it grades."""
