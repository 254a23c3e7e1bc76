"""Fields of forms that more than one page writes."""

from collections.abc import Iterable

from markupsafe import Markup


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return hidden fields that carry those names and values."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup("").join(field.format(name, value) for name, value in pairs)
