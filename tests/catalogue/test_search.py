"""Finding by typed words: how well a word fits, and what comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.search import BEGINNING, INSIDE, MISSING, TYPO, WHOLE, Index, score, words

WORDS = st.text("abcdefgh", min_size=6, max_size=10)


@pytest.mark.parametrize(
    ("typed", "word", "fits"),
    [
        ("bridge", "bridge", WHOLE),
        ("bri", "bridge", BEGINNING),
        ("b", "bridge", BEGINNING),
        ("idg", "bridge", INSIDE),
        ("r", "bridge", 0),
        ("brigde", "bridge", TYPO),
        ("brijge", "bridge", TYPO),
        ("briddge", "bridge", TYPO),
        ("bidge", "bridge", TYPO),
        ("vridge", "bridge", TYPO),
        ("ridgex", "bridge", 0),
        ("brde", "bridge", MISSING),
        ("brg", "bridge", MISSING),
        ("flxr", "flexor", MISSING),
        ("hmstrng", "hamstring", MISSING),
        ("gbr", "bridge", 0),
        ("bre", "banded-bridges", 0),
        ("pigeon", "bridge", 0),
    ],
)
def test_how_well_a_word_fits(typed: str, word: str, fits: int) -> None:
    assert score(typed, word) == fits


@given(WORDS, st.data())
def test_one_typo_anywhere_is_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    for typed in (head + tail, head + "x" + tail, word[:at] + "x" + word[at:], head + tail[0] + letter + tail[1:]):
        assert score(typed, word) > 0, typed


@given(WORDS, st.data())
def test_missing_letters_are_forgiven_as_long_as_half_are_there(word: str, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.integers(1, len(word) - 1), min_size=len(word) // 2))
    typed = word[0] + "".join(word[at] for at in sorted(kept))
    assert score(typed, word) > 0


def test_case_and_accents_do_not_matter() -> None:
    assert words("Étirement du PSOAS, à genoux") == words("etirement du psoas a genoux")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("figure four", "supine-figure-four"),
        ("lying fgure four", "supine-figure-four"),
        ("reclined pigeon", "supine-figure-four"),
        ("glute bridge", "glute-bridge"),
        ("brigde", "glute-bridge"),
        ("couch strech", "couch-stretch"),
        ("hamstrng strap", "supine-hamstring-strap"),
        ("warning", "edu-red-flags"),
        ("kinstretch class", "VHfaGtkJz2o"),
    ],
)
def test_what_was_meant_comes_first(catalogue: Catalogue, typed: str, first: str) -> None:
    assert Index(catalogue).find(typed, 10).ids[0] == first


def test_labels_of_muscles_and_areas_are_found_as_well_as_their_words(catalogue: Catalogue) -> None:
    index = Index(catalogue)
    for typed in ("deep rotators", "piriformis", "outside of hip", "inner thigh"):
        assert index.find(typed, 10).ids, typed
    found = index.find("buttock", 100).ids
    assert {each.id for each in catalogue.exercises.values() if "buttock" in each.areas} <= set(found)


def test_every_word_has_to_fit_and_the_best_are_kept(catalogue: Catalogue) -> None:
    index = Index(catalogue)
    assert index.find("bridge kettlebell", 10).total == 0
    found = index.find("stretch", 3)
    assert (len(found.ids), found.total > 20) == (3, True)
    assert index.find("stretch", 100, {"couch-stretch"}).ids == ("couch-stretch",)
    assert index.find("  ", 10).ids == ()


def test_the_quick_way_finds_all_that_any_word_fits(catalogue: Catalogue) -> None:
    index = Index(catalogue)
    every = list(index._by_word)
    for word in every[::7]:
        for typed in {word, word[:1], word[:3], word[1:], word[1:4], word[:2] + word[3:], word[1::-1] + word[2:]} - {
            ""
        }:
            fits = {name for other in every if score(typed, other) for _, ids in index._by_word[other] for name in ids}
            assert set(index._scored(typed)) == fits, typed
