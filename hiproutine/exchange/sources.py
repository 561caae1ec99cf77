"""The former name of `formats`."""

from hiproutine.exchange.formats import files, program_of

__all__ = ["files", "program_of"]
