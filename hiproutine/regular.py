"""A former part of `files`."""

from hiproutine.files import read_regular

__all__ = ["read_regular"]
