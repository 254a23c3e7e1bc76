"""Templates in one language: fixed texts are translated while a template is compiled, and then cost nothing."""

from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from portal.domain.people.phone_numbers import dialled
from portal.web.voices.isolation import typed_html
from portal.web.voices.voice import Voice


class _Folding(NodeTransformer):
    """Puts the translation of a fixed text into the template while it is compiled."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that the visitor looks for
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "plain") or not node.args:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const):
            return node
        if node.kwargs:
            node.node.name = "fill" if node.node.name == "_" else "fill_plain"
            return node
        if node.node.name == "plain":
            return nodes.Const(self._voice.plain_fixed(text.value))
        return nodes.MarkSafe(nodes.Const(str(self._voice.fixed(text.value))))


class LanguageEnvironment(Environment):
    """Flask's templates in one language."""

    def __init__(self, app: Flask, voice: Voice) -> None:
        options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "auto_reload": False}
        super().__init__(app, **options, **app.jinja_options)
        self.voice = voice
        self.filters["dialled"] = dialled
        self.globals.update(
            fill=self._fill,
            fill_plain=self._fill_plain,
            ngettext=voice.ngettext,
            language=voice.language,
            day=voice.day,
            mark=voice.mark,
            as_typed=typed_html,
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        folded = _Folding(self.voice).visit(tree)
        assert isinstance(folded, nodes.Template)  # noqa: S101 - the transformer never replaces the root
        return folded

    def _fill(self, text: str, **gaps: Any) -> Markup:
        return self.voice.fill(text, gaps)

    def _fill_plain(self, text: str, **gaps: Any) -> str:
        voice = self.voice
        return voice.plain_fixed(text).format(**{name: voice.mark_plain(str(value)) for name, value in gaps.items()})
