"""Pages of shipped sessions, made once each."""

import json
import re
from functools import cache
from typing import Any

from hiproutine.catalogue import cache as catalogues
from hiproutine.catalogue.figures import Figures
from hiproutine.coach.session import find
from hiproutine.page.document import Content, page
from hiproutine.page.session_data import all_exercises
from hiproutine.paths import shipped
from hiproutine.practice.resume import Course, course
from hiproutine.practice.safety import warning_signs
from hiproutine.settings.model import Manner, Settings

VOICED = Settings().manner._replace(guide="full", familiar=frozenset())
"""Led by a voice that explains everything."""
SESSION = "four-everyday"
_CATALOGUE = catalogues.load(shipped(), None).catalogue
EXERCISES = _CATALOGUE.exercises
_FIGURES = Figures(shipped(), shipped() / "none", _CATALOGUE.exercises)


@cache
def course_of(plan: str, manner: Manner = VOICED) -> Course:
    return course(find(_CATALOGUE, plan), manner)


@cache
def content(plan: str, manner: Manner = VOICED) -> Content:
    session, timeline, _ = course_of(plan, manner)
    names = [exercise.id for exercise in all_exercises(timeline, EXERCISES)]
    figures = {name: figure for name in names if (figure := _FIGURES.find(name))}
    signs = warning_signs(_CATALOGUE)
    return Content(session, timeline, figures, {}, (), signs, f"hiproutine log {plan} --result", EXERCISES)


@cache
def page_of(plan: str, manner: Manner = VOICED, *, served: bool = False) -> str:
    return page(content(plan, manner), served=served)


def segments_of(data: Any) -> list[list[Any]]:
    """Return the rows of a page's session, each with its step after its length."""
    return [[row[0], number, *row[1:]] for number, step in enumerate(data["steps"]) for row in rows(data, step)]


def rows(data: Any, step: Any) -> list[Any]:
    """Return the rows of a step, without what differs when it is made shorter."""
    return [data["rows"][row][:8] for row in step["segments"]]


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])
