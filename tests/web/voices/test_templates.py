"""Templates in one language: what is fixed is translated once, what is typed is escaped."""

import pytest
from flask import Flask
from markupsafe import Markup

from portal.web.voices.voice import Voice
from tests.web.voices.speaking import arabic, compiled, english, rendered


def test_a_fixed_text_is_translated_while_the_template_is_compiled(app: Flask) -> None:
    source = compiled(app, english(), '<b>{{ _("Nästa") }}</b><i title="{{ plain("Nästa") }}">')
    assert "<b>Next</b>" in source
    assert "Nästa" not in source


def test_a_fixed_text_is_isolated_in_html_and_in_attributes(app: Flask) -> None:
    said = rendered(app, arabic(), '<b title="{{ plain("Ring 112 nu") }}">{{ _("Ring 112 nu") }}</b>')
    assert 'title="اتصل الآن: \u20680100-12 34 56\u2069"' in said
    assert '>اتصل الآن: <bdi dir="ltr">0100-12 34 56</bdi><' in said


def test_what_fills_a_gap_is_isolated_too(app: Flask) -> None:
    said = rendered(app, arabic(), '{{ _("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg")
    assert said == 'الدعم في <bdi dir="ltr" lang="sv">Lekeberg</bdi>'
    assert rendered(app, arabic(), '{{ plain("Hitta stöd i {kommun}", kommun=name) }}', name="Lekeberg") == (
        "الدعم في \u2068Lekeberg\u2069"
    )


def test_what_fills_a_gap_is_escaped_once(app: Flask, voice: Voice) -> None:
    for mark in ("_", "plain"):
        said = rendered(app, voice, f'{{{{ {mark}("Hitta stöd i {{kommun}}", kommun=name) }}}}', name="<b>&</b>")
        assert "<b>" not in said.replace('<bdi dir="ltr" lang="sv">b</bdi>', "")
        assert "&amp;" in said
        assert "&amp;amp;" not in said


def test_ready_html_in_a_gap_stays_as_it_is(app: Flask, voice: Voice) -> None:
    clock = Markup('<bdi dir="ltr">16:00</bdi>')
    assert clock in rendered(app, voice, '{{ _("Hitta stöd i {kommun}", kommun=clock) }}', clock=clock)


def test_a_fixed_text_is_escaped_in_html_and_in_attributes(app: Flask) -> None:
    said = rendered(app, english(), '<b title="{{ plain("Skolan & mer") }}">{{ _("Skolan & mer") }}</b>')
    assert said == '<b title="School &amp; more">School &amp; more</b>'


def test_a_template_knows_its_language(app: Flask, voice: Voice) -> None:
    assert rendered(app, voice, "{{ language.tag }} {{ language.direction }}") in ("en ltr", "ar rtl")


def test_a_text_that_is_not_fixed_cannot_be_translated_and_fails_loudly(app: Flask) -> None:
    with pytest.raises(Exception, match="'_' is undefined"):
        rendered(app, english(), "{{ _(name) }}", name="Nästa")
