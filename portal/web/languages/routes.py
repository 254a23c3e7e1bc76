"""What is true of the texts in this language, each beside its Swedish, and saying that one is wrong."""

import re
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from portal.actions.languages.reports import report_translation
from portal.domain.languages.reports import FAULTS, Report
from portal.domain.sentences import Sentence
from portal.store.languages.extraction import PORTAL, insats_texts, question_texts
from portal.web.portal import catalogue, current_kommun, current_language, current_voice, fragments, now, pages
from portal.web.storage import current_storage
from portal.web.voices.voice import SWEDISH

blueprint = Blueprint("languages", __name__)

OF_QUESTIONS, OF_PAGES = "questions", "pages"


@blueprint.get("")
def translation() -> Response:
    """Show who has read the texts of this language, and the texts of one thing to choose the wrong one among."""
    of = request.args.get("of", "")
    texts = _texts(of)
    if texts is None:
        abort(404)
    kommun = current_kommun()
    return pages().page(
        "languages/translation.html",
        of=of,
        texts=[(number, *_shown(text)) for number, text in enumerate(texts)],
        faults=_faults(),
        told=request.args.get("told") == "1",
        truths=[(name, texts.truth) for name, texts in zip(("kommun", "portal"), fragments().texts, strict=True)],
        insatser=[insats for insats in kommun.insatser.values() if insats.by_law is None],
    )


@blueprint.post("")
def report() -> Response:
    """Count that somebody finds a text wrong; the text is named by its place on the page."""
    of, fault = request.form.get("of", ""), request.form.get("fault", "")
    texts = _texts(of)
    place = request.form.get("text", "")
    if texts is None or fault not in _faults() or not place.isdecimal() or len(place) > 4 or int(place) >= len(texts):
        abort(400)
    domain = PORTAL if of in (OF_QUESTIONS, OF_PAGES) else current_kommun().id
    told = Report(current_language().tag, domain, texts[int(place)].text, fault)
    report_translation(current_storage(), told, now().date())
    address = f"{fragments().context['base']}/translation?told=1&of={of}"
    return Response(status=303, headers={"Location": address})


def _faults() -> dict[str, Sentence]:
    """Return what can be wrong, the usual first; the Swedish itself cannot differ from the Swedish."""
    return {fault: says for fault, says in FAULTS.items() if fault != "meaning" or not current_language().is_source}


def _texts(of: str) -> list[Sentence] | None:
    """Return the texts of one thing, each once; of nothing none, and None where there is no such thing."""
    if not of:
        return []
    if of == OF_QUESTIONS:
        said = (text for question in catalogue().questions.values() for text, _ in question_texts(question))
        return _once(said)
    if of == OF_PAGES:
        return _once(Sentence(text) for text in fragments().texts[-1].pages)
    insats = current_kommun().insatser.get(of)
    return None if insats is None or insats.by_law else _once(text for text, _ in insats_texts(insats))


def _shown(text: Sentence) -> tuple[Markup, str]:
    """Return a text as it is said and in Swedish, with the kommun's names in its gaps and … in the others."""
    kommun = current_kommun()
    known = {"kommun": kommun.name, "neighbours": " / ".join(kommun.neighbours)}
    gaps = {gap: known.get(gap, "…") for gap in re.findall(r"\{(\w+)\}", text.text)}
    return current_voice().html_once(text, **gaps), SWEDISH.words(text, **gaps)


def _once(texts: Iterator[Sentence]) -> list[Sentence]:
    return [text for text in dict.fromkeys(texts) if text.text]
