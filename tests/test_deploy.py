"""The recipes: what they say to people, and what they must never write down."""

from pathlib import Path

from portal.store.languages.menu import TRANSLATIONS, load_languages
from portal.store.languages.po import read

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
SAYS = ("Försök igen om en stund. Du kan också ringa kommunen.", "Ring 112 om du är i fara nu.")


def test_who_comes_while_no_host_answers_is_told_what_to_do_in_every_language() -> None:
    head, _, page = (DEPLOY / "region/proxy/503.http").read_bytes().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 503 ")
    assert b"Cache-Control: no-store" in head
    assert len(head) + len(page) < 14_600
    text = page.decode()
    for tag in load_languages():
        if tag == "sv-simple":  # what is said is as simple in Swedish
            continue
        texts = read(TRANSLATIONS / tag / "LC_MESSAGES/messages.po") if tag != "sv" else None
        for said in SAYS:
            found = said if texts is None else getattr(texts.get(said), "string", "")
            assert found, (tag, said)
            assert str(found) in text, (tag, said)


def test_no_proxy_of_a_recipe_keeps_a_log_or_tells_an_address() -> None:
    proxy = (DEPLOY / "region/proxy/haproxy.cfg").read_text(encoding="utf-8")
    assert "no log" in proxy
    assert "option forwardfor" not in proxy
    assert "http-request set-header X-Request-Id %[unique-id]" in proxy
    assert "log\n" not in (DEPLOY / "one-kommun/Caddyfile").read_text(encoding="utf-8").split("#", 1)[0]
