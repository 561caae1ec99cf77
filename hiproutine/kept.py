"""The former name of `cache`."""

from hiproutine.cache import read, stamp, write

__all__ = ["read", "stamp", "write"]
