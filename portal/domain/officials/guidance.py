"""Whether what an insats says in words (guidance) contradicts what its conditions decide."""

import re
from collections.abc import Callable, Iterator
from re import Match

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.facts import Acute, Referral, Residence
from portal.domain.catalogue.insatser import GROWN_UP, Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.ways_in import Guardian
from portal.domain.findings import ERROR, Finding
from portal.domain.sentences import Sentence

Says = Callable[[Insats, Match[str]], str | None]
"""What is wrong with words that were found, and what to do; None where nothing is."""


def contradicting_guidance(kommun: Kommun) -> Iterator[Finding]:
    """Yield the guidance of the kommun's own insatser that a condition contradicts, with what to do."""
    for insats in kommun.insatser.values():
        for number, text in enumerate(insats.guidance if insats.by_law is None else (), start=1):
            for words, check in _CHECKS:
                found = words.search(text.text)
                wrong = found and check(insats, found)
                if found and wrong:
                    says = Sentence("{says}", (("says", f"says “{found[0]}”, but {wrong}"),))
                    file = f"kommuner/{kommun.id}/insatser/{insats.id}.yaml"
                    yield Finding(ERROR, file, f"guidance.{number}", says)


def _ages(insats: Insats) -> list[AgeRange]:
    """Return the bounded ages of all its rules, those of its parts and its target group."""
    rules = flatten((*insats.conditions, *(rule for part in insats.parts for rule in part.conditions)))
    found = [rule.ages for rule in rules if isinstance(rule, Age | RecipientAge | ChildAge | BabyMonths)]
    return found + ([insats.target_ages] if insats.target_ages is not None else [])


def _alone_from(insats: Insats) -> set[int]:
    """Return from which ages a guardian need not say yes; empty where none has to say anything."""
    return {rule.alone_from for one in insats.variants for rule in one.rules if isinstance(rule, Guardian)}


def _any_age(insats: Insats, found: Match[str]) -> str | None:
    if _ages(insats):
        return "a condition asks for an age: say which, or drop the condition"
    if _alone_from(insats):
        return "under an age guardians have to say yes: say so instead"
    return None


def _guardians_say(insats: Insats, found: Match[str]) -> str | None:
    ages, said = _alone_from(insats), int(found[1])
    if not ages or said in ages | {GROWN_UP}:
        return None
    return f"without_guardian_from says {', '.join(map(str, sorted(ages)))}: say the same age in both"


def _guardians_need_not(insats: Insats, found: Match[str]) -> str | None:
    ages, said = _alone_from(insats), int(found[1])
    if not ages or min(ages) <= said:
        return None
    return f"guardians have to say yes under {min(ages)}: change without_guardian_from or the guidance"


def _at_most(insats: Insats, found: Match[str]) -> str | None:
    highest = {ages.high for ages in _ages(insats) if ages.high is not None}
    said = int(found[2]) - (found[1] == "under")
    if not highest or said in highest:
        return None
    return f"the conditions end at {', '.join(map(str, sorted(highest)))}: say the same age in both"


def _referral_needed(insats: Insats, found: Match[str]) -> str | None:
    if insats.access == "referral" or any(isinstance(rule, Referral) for rule in flatten(insats.conditions)):
        return None
    return f"access is {insats.access}: write access: referral, or drop the sentence"


def _no_referral(insats: Insats, found: Match[str]) -> str | None:
    return "access is referral: drop the sentence, or change access" if insats.access == "referral" else None


def _everywhere(insats: Insats, found: Match[str]) -> str | None:
    rules = flatten(insats.conditions)
    if any(isinstance(rule, Residence) for rule in rules) and not any(isinstance(rule, Acute) for rule in rules):
        return "a condition asks where she lives: drop one of the two"
    return None


def _child_registered(insats: Insats, found: Match[str]) -> str | None:
    allowed = {one for rule in flatten(insats.conditions) if isinstance(rule, Residence) for one in rule.allowed}
    if allowed & {"child_registered", "child_only"}:
        return None
    return "no condition looks at the child's address: write residence: [child_registered]"


_CHECKS: tuple[tuple[re.Pattern[str], Says], ...] = (
    (re.compile(r"[Åå]ldern spelar ingen roll|[Oo]avsett ålder|[Aa]lla åldrar|hur gammal du än är"), _any_age),
    (re.compile(r"under (\d+) år(?: och \w+ \w+)? behöver (?:din|dina)? ?vårdnadshavare säga ja"), _guardians_say),
    (
        re.compile(r"(\d+)(?: ?[-–] ?\d+)? år(?: och \w+ \w+)? behöver (?:din|dina)? ?vårdnadshavare inte"),
        _guardians_need_not,
    ),
    (re.compile(r"ska (?:inte )?vara (under|högst) (\d+) år"), _at_most),
    (re.compile(r"[Dd]u behöver (?:en )?remiss|[Rr]emiss krävs"), _referral_needed),
    (re.compile(r"(?:behöver|kräver) (?:du )?ingen remiss|utan remiss"), _no_referral),
    (re.compile(r"var du än bor|[Dd]et spelar ingen roll var du bor"), _everywhere),
    (re.compile(r"barnet som (?:ska|måste) vara folkbokfört"), _child_registered),
)
"""Words of Swedish guidance, and whether a condition contradicts them."""
