"""The rules of applications: what holds for a kind."""

from portal.domain.applications.states import State
from portal.domain.applications.time_limits import Limit
from portal.domain.sentences import sentence
from tests.domain.applications.made_up import kind, rules


def test_a_kind_of_application_has_its_limits_and_one_that_is_gone_has_none() -> None:
    limit = Limit("done", sentence("Klart"), "20 kap. 3 §", State.CLOSED, months=4)
    known = rules(kind(limits=("done",)), time_limits={"done": limit})
    assert known.limits_of("help") == (limit,)
    assert known.limits_of("gone") == ()
