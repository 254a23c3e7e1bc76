"""The translations of a language: gettext files, brought up to the Swedish texts, with what is true of each text."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.plural import to_gettext

from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import (
    MISSING,
    REVIEWED,
    STALE,
    STATES,
    TRANSLATED,
    WRITTEN,
    Review,
    Truth,
    mark_of,
    review_in,
)
from portal.domain.languages.wording import (
    SCRIPTS,
    Term,
    Wording,
    is_said_alike,
    problems,
    terms_left_out,
    wordings_met,
)
from portal.store.languages.extraction import FIXED, SAFETY, domains, extract
from portal.store.languages.menu import TRANSLATIONS, Language
from portal.store.languages.po import read, write

_ALIKE = 0.6
"""How like its old version a changed text must be (0 to 1) for the old translation to say nearly the same."""


def po_path(folder: Path, language: Language, domain: str) -> Path:
    """Return where the translations of a domain into a language stand."""
    return folder / language.tag / "LC_MESSAGES" / f"{domain}.po"


def write_templates(knowledge: Knowledge, folder: Path = TRANSLATIONS) -> list[Path]:
    """Write the template of every domain."""
    written = []
    for domain in domains(knowledge.catalogue):
        target = folder / f"{domain}.pot"
        write(extract(knowledge, domain), target)
        written.append(target)
    return written


def update(knowledge: Knowledge, languages: Iterable[Language], folder: Path = TRANSLATIONS) -> list[Path]:
    """Bring templates and languages up to the Swedish texts; a changed text makes its translation stale."""
    written = write_templates(knowledge, folder)
    translated = [language for language in languages if not language.is_source]
    for domain in domains(knowledge.catalogue):
        template = extract(knowledge, domain)
        for language in translated:
            path = po_path(folder, language, domain)
            write(merged(template, path, language), path)
            written.append(path)
    return written


def merged(template: Catalog, path: Path, language: Language) -> Catalog:
    """Return a language's translations laid over the template."""
    found = read(path, language.babel) if path.exists() else Catalog(locale=language.babel, fuzzy=False)
    before = {_key(message): message for message in found if message.id}
    # Babel takes the template's own messages over: without a copy one language's old text lands in the next.
    found.update(deepcopy(template), no_fuzzy_matching=True, update_header_comment=True)
    found.mime_headers = [("Plural-Forms", plural_forms(language))]
    gone = [found for key, found in before.items() if template.get(key) is None and is_whole(found, language)]
    for message in found:
        asked = template.get(message.id)
        if message.id and asked is not None:
            _keep(message, before.get(_key(message)), asked)
            if not is_whole(message, language):
                _take_over(message, gone)
    _tidy_head(found)
    found.fuzzy = False
    found.obsolete.clear()
    return found


def _tidy_head(catalog: Catalog) -> None:
    """Take away what editors write in the head of a file: dates, and the name of whoever saved it last."""
    fresh = Catalog(locale=catalog.locale)
    catalog.creation_date = catalog.revision_date = FIXED
    catalog.last_translator, catalog.language_team = fresh.last_translator, fresh.language_team
    catalog.project, catalog.version = fresh.project, fresh.version
    catalog.msgid_bugs_address, catalog.charset = fresh.msgid_bugs_address, fresh.charset


def _keep(message: Message, before: Message | None, asked: Message) -> None:
    """Keep what is known of a translation, and what the template says of its text."""
    message.flags = set(asked.flags)
    message.user_comments = list(before.user_comments) if before is not None else []
    message.previous_id = []
    # The key is the singular alone: its plural may be another than the one that was translated.
    if before is not None and (before.fuzzy or _ids(before) != _ids(message)):
        message.flags.add("fuzzy")
        message.previous_id = list(before.previous_id if before.fuzzy else _ids(before))


def _take_over(message: Message, gone: list[Message]) -> None:
    """Take the translation of the text that stood in this place before, as a stale one."""
    places = set(message.auto_comments) - {SAFETY}
    best, likeness = None, _ALIKE
    for old in gone:
        if places & set(old.auto_comments) and old.pluralizable == message.pluralizable:
            ratio = SequenceMatcher(None, _translated(old)[0], _ids(message)[0], autojunk=False).ratio()
            if ratio >= likeness:
                best, likeness = old, ratio
    if best is None:
        return
    message.string = best.string
    if _translated(best) != _ids(message):
        message.flags.add("fuzzy")
        message.previous_id = list(_translated(best))


def _translated(message: Message) -> tuple[str, ...]:
    """Return the Swedish text that a translation was made of, which a stale one remembers."""
    return tuple(message.previous_id) if message.fuzzy and message.previous_id else _ids(message)


def plural_forms(language: Language) -> str:
    """Return the rule of CLDR: Babel's own table for gettext is wrong for Arabic from 11 upwards."""
    return to_gettext(Locale.parse(language.babel).plural_form)


def _key(message: Message) -> str:
    return _ids(message)[0]


def _ids(message: Message) -> tuple[str, ...]:
    """Return the Swedish text of a message, or both its forms."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    """Return the translation of a message, or all its forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def number_of_forms(language: Language) -> int:
    """Return how many plural forms a language has, by CLDR."""
    return len({*Locale.parse(language.babel).plural_form.tags, "other"})


def is_whole(message: Message, language: Language) -> bool:
    """Return whether a message has its translation, with every plural form of the language."""
    forms = forms_of(message)
    return len(forms) == (number_of_forms(language) if message.pluralizable else 1) and all(forms)


# ------------------------------------------------------------------------------------------ what is true of a text


def review_of(message: Message) -> Review | None:
    """Return the review of a translation as it stands now, or None: a changed text has none."""
    mark = mark_of((*_ids(message), *forms_of(message)))
    reviews = [found for found in map(review_in, message.user_comments) if found is not None and found.mark == mark]
    return max(reviews, key=lambda review: review.on, default=None)


def state_of(message: Message, language: Language) -> str:
    """Return the state of one text in a language: one of STATES."""
    if not is_whole(message, language):
        return MISSING
    if message.fuzzy:
        return STALE
    if review_of(message) is not None:
        return REVIEWED
    return WRITTEN if language.is_written or WRITTEN in message.user_comments else TRANSLATED


def truth_of(catalog: Catalog, language: Language) -> Truth:
    """Return what is true of a domain's texts in a language."""
    messages = [message for message in catalog if message.id]
    states = [state_of(message, language) for message in messages]
    reviews = [review for message in messages if not message.fuzzy and (review := review_of(message)) is not None]
    return Truth(
        tuple((state, states.count(state)) for state in STATES),
        tuple(dict.fromkeys(review.by for review in reviews)),
        max((review.on for review in reviews), default=None),
    )


def note_review(path: Path, language: Language, by: str, on: date, only: Iterable[str] = ()) -> int:
    """Note in a file that somebody has reviewed its texts, or only those that contain a word; return how many."""
    catalog, wanted = read(path, language.babel), [word.casefold() for word in only]
    noted = 0
    for message in catalog:
        texts = (*_ids(message), *forms_of(message))
        if not message.id or message.fuzzy or not is_whole(message, language):
            continue
        if wanted and not any(word in text.casefold() for word in wanted for text in texts):
            continue
        kept = [note for note in message.user_comments if review_in(note) is None]
        message.user_comments = [*kept, Review(by, on, mark_of(texts)).note]
        noted += 1
    _tidy_head(catalog)
    write(catalog, path)
    return noted


# --------------------------------------------------------------------------------------------------- checks


def missing(knowledge: Knowledge, language: Language, domain: str, folder: Path = TRANSLATIONS) -> list[str]:
    """Return the Swedish texts of a domain that have no current translation into a language."""
    if language.is_source:
        return []
    current = merged(extract(knowledge, domain), po_path(folder, language, domain), language)
    return [_key(message) for message in current if message.id and (message.fuzzy or not is_whole(message, language))]


def wrong(
    language: Language,
    domain: str,
    terms: Iterable[Term] = (),
    folder: Path = TRANSLATIONS,
    wordings: Iterable[Wording] = (),
) -> Iterator[tuple[str, str]]:
    """Yield each translation that breaks a rule of script, gaps or words: the Swedish text, and what is wrong."""
    path, script, known, bad = (
        po_path(folder, language, domain),
        SCRIPTS[language.script],
        tuple(terms),
        tuple(wordings),
    )
    if language.is_source or not path.exists():
        return
    for message in read(path, language.babel):
        if message.id and not message.fuzzy and is_whole(message, language):
            for says in problems(_ids(message), forms_of(message), script):
                yield _key(message), says
            for left_out in terms_left_out(_ids(message)[-1], forms_of(message), known):
                yield _key(message), f"does not say {left_out}"
            for says in wordings_met(_ids(message)[-1], forms_of(message), bad):
                yield _key(message), says


def said_differently(
    language: Language, domains_of: Iterable[str], folder: Path = TRANSLATIONS
) -> Iterator[tuple[str, str, str]]:
    """Yield each text that two domains translate differently: the domain of each, and the Swedish text."""
    first: dict[str, tuple[str, tuple[str, ...]]] = {}
    for domain in domains_of:
        path = po_path(folder, language, domain)
        for message in () if language.is_source or not path.exists() else read(path, language.babel):
            if message.id and not message.fuzzy and is_whole(message, language):
                other, forms = first.setdefault(_key(message), (domain, forms_of(message)))
                if not is_said_alike(forms, forms_of(message)):
                    yield other, domain, _key(message)
