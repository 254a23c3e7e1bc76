"""A made-up kind of application, and a form that can be sent."""

from dataclasses import replace
from typing import Any

from portal.domain.applications.forms import Form
from portal.domain.applications.kinds import ApplicationKind, Fact
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, State
from portal.domain.catalogue.answers import Option
from portal.domain.sentences import sentence
from tests.domain.build import kommun
from tests.domain.made_up import NOW

FACTS = (
    Fact("what", "choice", sentence("Vad?"), sentence("Därför."), True, (Option("a", sentence("A")),)),
    Fact("soon", "yes_no", sentence("Bråttom?"), sentence("Därför.")),
    Fact("rent", "number", sentence("Hyra?"), sentence("Därför."), low=0, high=9000),
    Fact("until", "date", sentence("När?"), sentence("Därför.")),
    Fact("more", "text", sentence("Mer?"), sentence("Därför.")),
)

KIND = ApplicationKind(
    "help", sentence("Hjälp"), sentence("Hjälp."), "11 kap. 1 §", unit="adults", consent="sol", facts=FACTS
)


def kind(**changes: Any) -> ApplicationKind:
    """Return the kind, with changes."""
    return replace(KIND, **changes)


def form(**changes: Any) -> Form:
    """Return a form that can be sent, with changes."""
    given: dict[str, Any] = {
        "for_whom": "self",
        "name": "Exempel Exempelsson",
        "ways": ("call",),
        "phone": "070-174 06 05",
        "language": "ar",
        "wants": "Jag behöver hjälp hemma.",
        "facts": {"what": "a"},
    }
    return Form(**{**given, **changes})


def application(**changes: Any) -> Application:
    """Return an application that is sent, with changes."""
    given: dict[str, Any] = {
        "id": "a1",
        "kommun": "lillby",
        "unit": "adults",
        "kind": "help",
        "state": State.SENT,
        "lang": "ar",
        "version": 1,
        "made_at": NOW,
        "changed_at": NOW,
        "sent_at": NOW,
        "reference": "A-482-177-364",
    }
    return Application(**{**given, **changes})


def rules(*kinds: ApplicationKind, **changes: Any) -> ApplicationRules:
    """Return rules of these kinds, in the made-up kommun, with changes."""
    given: dict[str, Any] = {"time_limits": {}, "keeping": {}, "phrases": {}, **changes}
    return ApplicationRules({"lillby": kommun()}, {one.id: one for one in kinds}, **given)
