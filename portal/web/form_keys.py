"""The keys of the forms on a page: made by the portal, read from the body of a form and from nowhere else."""

from portal.domain.sentences import sentence
from portal.store.form_keys import FormKey, new_form_key, read_form_key
from portal.web.portal import now
from portal.web.storage import current_storage

OPEN_TOO_LONG = sentence("Sidan har varit öppen länge. Det du skrev står kvar. Titta igenom och skicka igen.")


def new_key(form: str) -> str:
    """Return a key for a form that is shown now."""
    return new_form_key(current_storage().vault, form, now()).text


def key_from(sent: str, form: str, *others: str) -> FormKey:
    """Return the key that came with a form, or a new one where that was none of ours for this form, nor for others."""
    vault = current_storage().vault
    read = (read_form_key(vault, one, sent, now()) for one in (form, *others))
    return next((key for key in read if key is not None), None) or new_form_key(vault, form, now())
