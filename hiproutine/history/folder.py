"""The former place of what is in `past` and `summaries`."""

from hiproutine.history.past import in_force, union
from hiproutine.history.summaries import Content, content

__all__ = ["Content", "content", "in_force", "union"]
