"""What a search is made with: read once, with an end, and nothing of what anybody types in it."""

from dataclasses import replace

from flask import Flask

from portal.domain.catalogue.queries import words_of
from portal.web.portal import pages_of
from portal.web.shown.searches import MOST_INDEXES, Searches


def test_indexes_are_made_once_and_have_an_end(app: Flask) -> None:
    pages = pages_of(app)
    searches = Searches(pages.portal.catalogue.words)
    kommun = pages.portal.catalogue.kommuner["mellerud"]
    voice = pages.rooms["en"].voice_of(kommun)
    query = words_of("fös")
    for number in range(MOST_INDEXES):
        hits = searches.hits(query, [], replace(kommun, id=f"kommun-{number}"), voice, "")
        assert [hit.insats for hit in hits] == ["fos"]
        assert len(searches._indexes) <= MOST_INDEXES
    kept = dict(searches._indexes)
    searches.hits(words_of("hemlig"), [], replace(kommun, id=f"kommun-{MOST_INDEXES - 1}"), voice, "")
    assert searches._indexes == kept
    assert "hemlig" not in repr(vars(searches._indexes[f"kommun-{MOST_INDEXES - 1}", "en"]))


def test_a_language_that_the_words_do_not_have_is_looked_in_as_it_is(app: Flask) -> None:
    pages = pages_of(app)
    searches = Searches(replace(pages.portal.catalogue.words, tongues={}))
    kommun = pages.portal.catalogue.kommuner["lekeberg"]
    hits = searches.hits(words_of("cope"), [], kommun, pages.rooms["fi"].voice_of(kommun), "")
    assert [hit.insats for hit in hits] == ["cope-3-12"]
    assert searches.lexicon.meant(words_of("våld"))[0].topic == "violence"
