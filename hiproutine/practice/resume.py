"""What was broken off: the one session that can still be gone on with, and the others put into the history."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import Session, find
from hiproutine.errors import HiproutineError
from hiproutine.history.store import LeftOver, Store
from hiproutine.practice.session_log import planned
from hiproutine.practice.timeline import compile_session


class Resumable(NamedTuple):
    """A left-over and the session that it is of."""

    left: LeftOver
    session: Session


def tidy(store: Store, catalogue: Catalogue, now: datetime) -> Resumable | None:
    """The newest unfinished session that can still be resumed; any other becomes a record of what was done."""
    found: Resumable | None = None
    for left in store.left_over():
        session = again(catalogue, left) if found is None and left.fresh(now) else None
        if session:
            found = Resumable(left, session)
        else:
            with suppress(OSError):  # it stays in its journal, which counts all the same
                store.close(left)
    return found


def again(catalogue: Catalogue, left: LeftOver) -> Session | None:
    """The session of a journal, if the catalogue still makes the very same one."""
    try:
        session = find(catalogue, left.opening.plan)
    except HiproutineError:
        return None
    return session if tuple(planned(compile_session(session))) == left.planned else None
