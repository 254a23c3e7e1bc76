"""What a lawful catalogue is: findings as a list, each with its place and its paragraph (SoL 2025:400 unless named)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.facts import BornAbroad, Residence, Situation
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.findings import ERROR, WARNING, Finding
from portal.domain.sentences import Sentence, counted, sentence

IN_FORCE = date(2025, 7, 1)
"""When the law came into force."""


def examine(kommun: Kommun) -> Iterator[Finding]:
    """Yield what is unlawful or doubtful in the catalogue of a kommun."""
    for insats in kommun.insatser.values():
        if insats.by_law is None:
            found = _Insats(kommun, insats)
            yield from found.way_in()
            yield from found.never_direct()
            yield from found.guardian()
            yield from found.documentation()
            yield from found.villkor()
            yield from found.acute()
            yield from found.decision()
    yield from _same_reasons(kommun)
    yield from _of_the_kommun(kommun)


NEVER_DIRECT: Mapping[str, tuple[str, str]] = {
    # form → paragraph, what it is
    "contact_person": ("11 kap. 5 § 1", "kontaktperson"),
    "contact_family": ("11 kap. 5 § 1", "kontaktfamilj"),
    "family_home": ("11 kap. 5 § 2", "familjehem"),
    "lvm_home": ("11 kap. 5 § 3", "LVM-hem"),
    "youth_home": ("11 kap. 5 § 4", "särskilt ungdomshem"),
    "special_housing": ("11 kap. 5 § 6", "bostad i särskilt boende"),
    "financial": ("12 kap. 1 §", "ekonomiskt bistånd"),
    "lss": ("7 § LSS", "insats enligt LSS"),
}


_SOUNDS_LIKE = re.compile(
    r"kontaktperson|kontaktfamilj|familjehem|jourhem|lvm|ungdomshem|hvb|hem för vård|stödboende|skyddat boende"
    r"|jourboende|akutboende|särskilt boende|gruppbostad|ekonomiskt bistånd|försörjningsstöd|\blss\b",
    re.IGNORECASE,
)


_ENACTED = {"full": "14 kap. 3 §", "advice": "14 kap. 4 §", "no_identity": "14 kap. 5 §"}


_PLACED_UNTIL = 20
"""11 kap. 5 § 5 speaks of children and of those who are 18–20."""


class _Insats:
    """One insats under examination."""

    def __init__(self, kommun: Kommun, insats: Insats) -> None:
        self._kommun, self._insats = kommun, insats
        self._is_direct = insats.route == "direct"

    def _finding(self, severity: str, place: str, says: Sentence, paragraph: str | None) -> Finding:
        file = f"kommuner/{self._kommun.id}/insatser/{self._insats.id}.yaml"
        return Finding(severity, file, place, says, paragraph)

    def _error(self, place: str, says: Sentence, paragraph: str) -> Finding:
        return self._finding(ERROR, place, says, paragraph)

    def _warning(self, place: str, says: Sentence, paragraph: str | None) -> Finding:
        return self._finding(WARNING, place, says, paragraph)

    def way_in(self) -> Iterator[Finding]:
        """Examine how it begins: by contact, by application, or by a court or authority."""
        insats = self._insats
        if insats.route == "assessed" and (insats.application is None) == (insats.started_by is None):
            says = sentence("Stöd som prövas har antingen ett slags ansökan eller någon annan som startar det.")
            yield self._error("application", says, "11 kap. 1 §")
        if self._is_direct and (insats.application or insats.started_by):
            yield self._error("application", sentence("Ingen ansöker om stöd utan behovsprövning."), "11 kap. 5 §")
        if self._is_direct and insats.access == "referral":
            says = sentence("Remiss krävs. Pröva om det är ett enkelt villkor eller i själva verket en behovsprövning.")
            yield self._warning("access", says, "11 kap. 5 §")

    def never_direct(self) -> Iterator[Finding]:
        """Examine what may never be given without a needs assessment."""
        insats = self._insats
        if not self._is_direct:
            return
        never = NEVER_DIRECT.get(insats.form or "none")
        if never is not None:
            paragraph, what = never
            yield self._error("route", sentence("Alltid behovsprövat: {what}.", what=what), paragraph)
        if insats.form == "round_the_clock" and self._youngest() <= _PLACED_UNTIL:
            says = sentence("Vård dygnet runt av barn och av unga till och med 20 år är alltid behovsprövad.")
            yield self._error("route", says, "11 kap. 5 § 5")
        if insats.form is None and _SOUNDS_LIKE.search(insats.name.text):
            says = sentence("Namnet liknar något som alltid är behovsprövat. Ange i {field} vad det är.", field="form")
            yield self._error("form", says, "11 kap. 5 §")

    def _youngest(self) -> int:
        lows = [rule.ages.low or 0 for rule in self._insats.conditions if isinstance(rule, Age | RecipientAge)]
        return max(lows, default=0)

    def guardian(self) -> Iterator[Finding]:
        """Examine from which age a child may come without a guardian."""
        alone = self._insats.without_guardian_from
        if alone is None:
            return
        if not self._is_direct:
            says = sentence("Åldern gäller bara stöd utan behovsprövning. För stöd som prövas gäller 21 kap. 1 §.")
            yield self._error("without_guardian_from", says, "21 kap. 1 §")
        elif alone < 15:
            says = sentence("Barn under 15 år får aldrig stödet utan vårdnadshavares samtycke.")
            yield self._error("without_guardian_from", says, "21 kap. 2 §")
        elif alone > 17:
            says = sentence("Skriv en ålder från 15 till 17 år, eller lämna fältet tomt.")
            yield self._error("without_guardian_from", says, "21 kap. 2 §")
        elif self._insats.decision.date is None:
            says = sentence("Från {n} år utan vårdnadshavare: nämnden ska ha beslutat att det är lämpligt.", n=alone)
            yield self._warning("without_guardian_from", says, "21 kap. 2 §")

    def documentation(self) -> Iterator[Finding]:
        """Examine what is written down, and the paragraph it rests on."""
        found, insats = self._insats.documentation, self._insats
        wanted = _ENACTED.get(found.regime)
        if wanted and (found.enacted is None or not (wanted in found.enacted or "LSS" in found.enacted)):
            says = sentence("Ange den paragraf i lagen som gäller ({wanted}) bredvid källans.", wanted=wanted)
            yield self._error("documentation.enacted", says, wanted)
        if found.regime == "no_identity" and insats.route == "assessed":
            says = sentence("Bara stöd utan behovsprövning kan undantas från att dokumentera vem personen är.")
            yield self._error("documentation.regime", says, "14 kap. 5 §")
        if found.regime == "no_identity" and self._is_direct:
            if insats.special_reasons is None:
                says = sentence("Undantag för identitet kräver särskilda skäl. Inga står för just den här insatsen.")
                yield self._warning("special_reasons", says, "14 kap. 5 §")
            if "home" in insats.how.places:
                says = sentence("Stödet ges i hemmet. Där passar undantag för identitet inte.")
                yield self._warning("documentation.regime", says, "14 kap. 5 §")
        if found.cited and found.enacted and _numbers(found.cited) - _numbers(found.enacted):
            says = sentence("Källan anger {cited}. I lagen är det {enacted}.", cited=found.cited, enacted=found.enacted)
            yield self._warning("documentation.cited", says, found.enacted)

    def villkor(self) -> Iterator[Finding]:
        """Examine whether the villkor are lawful for members of the kommun, and agree with the target group."""
        insats = self._insats
        if not self._is_direct:
            return
        for rule in flatten(insats.conditions):
            if isinstance(rule, BornAbroad):
                says = sentence("Villkoret skiljer på invånare efter födelseland. Ange de sakliga skälen.")
                yield self._warning("conditions", says, "2 kap. 3 § kommunallagen")
            if isinstance(rule, Residence) and rule.allowed == ("registered",):
                says = sentence("Bara folkbokförda får stödet. Lagen ser till var man bor. Pröva om villkoret behövs.")
                yield self._warning("conditions", says, "29 kap. 1 §")
        ages = [rule.ages for rule in insats.conditions if isinstance(rule, Age | RecipientAge | ChildAge | BabyMonths)]
        if insats.target_ages is not None and insats.target_ages not in ages:
            says = sentence("Målgruppen och villkoren säger olika åldrar. Bestäm vilken som gäller.")
            yield self._warning("target_ages", says, "11 kap. 5 §")

    def acute(self) -> Iterator[Finding]:
        """Examine that no acute need is stopped by where somebody lives."""
        insats = self._insats
        if not self._is_direct or not any(isinstance(rule, Residence) for rule in insats.conditions):
            return
        situations = [rule for rule in insats.conditions if isinstance(rule, Situation)]
        crisis = any(("wellbeing", "crisis") in rule.names for rule in situations)
        shelter = "housing" in insats.topics and all(("housing", "tonight") in rule.names for rule in situations)
        at_risk = any(("parenting", "police_interview") in rule.names for rule in situations)
        if crisis or shelter or at_risk or "violence" in insats.topics:
            says = sentence("Bostadsorten stoppar den som har ett akut behov. Sätt {acute} bredvid.", acute="acute")
            yield self._error("conditions", says, "29 kap. 4 §")

    def decision(self) -> Iterator[Finding]:
        """Examine the nämnd's decision."""
        decision = self._insats.decision
        if not self._is_direct:
            return
        if not decision.board:
            yield self._error("decision", sentence("Nämnden ska ha beslutat om insatsen."), "11 kap. 5 §")


def _numbers(paragraph: str) -> set[str]:
    return set(re.findall(r"\d+", paragraph))


def _same_reasons(kommun: Kommun) -> Iterator[Finding]:
    told = Counter(insats.special_reasons for insats in kommun.insatser.values() if insats.special_reasons)
    for insats in kommun.insatser.values():
        if insats.special_reasons and told[insats.special_reasons] > 1:
            says = sentence("Samma särskilda skäl står för flera insatser. Skälen ska gälla en insats i taget.")
            file = f"kommuner/{kommun.id}/insatser/{insats.id}.yaml"
            yield Finding(WARNING, file, "special_reasons", says, "14 kap. 5 §")


def _of_the_kommun(kommun: Kommun) -> Iterator[Finding]:
    file = f"kommuner/{kommun.id}/kommun.yaml"
    for number, says in enumerate(kommun.doubtful_villkor, start=1):
        told = sentence("Villkoret ”{villkor}” kräver en bedömning. Det ska vara ett enkelt faktum.", villkor=says)
        yield Finding(WARNING, file, f"doubtful_villkor.{number}", told, "11 kap. 5 §")
    for decision in kommun.decisions.values():
        if decision.number is None or decision.date is None:
            told = sentence("Nämndens beslut saknar diarienummer eller datum i källan.")
            yield Finding(WARNING, file, f"decisions.{decision.id}", told, "11 kap. 5 §")
        elif decision.date < IN_FORCE:
            told = sentence("Beslutet är äldre än lagen. Pröva om det behöver fattas på nytt.")
            yield Finding(WARNING, file, f"decisions.{decision.id}", told, "11 kap. 5 §")
    for insats in kommun.insatser.values():
        if insats.by_law is not None and insats.route != "assessed":
            told = sentence("Källan säger inget om {name}, som varje kommun ska erbjuda.", name=insats.name)
            yield Finding(WARNING, file, f"law.{insats.id}", told, insats.by_law)
    unfollowed = sum(not insats.follow_up for insats in kommun.own_insatser)
    if unfollowed:
        told = counted(
            "Källan säger inte hur {n} insats ska följas upp.",
            "Källan säger inte hur {n} insatser ska följas upp.",
            unfollowed,
        )
        yield Finding(WARNING, file, "follow_up", told, "5 kap. 2 §")
    yield from _unconfirmed(kommun, file)


def _unconfirmed(kommun: Kommun, file: str) -> Iterator[Finding]:
    if kommun.contact_centre in kommun.contacts and kommun.contacts[kommun.contact_centre].confirmed is None:
        told = sentence("Kommunen har inte bekräftat numret till kontaktcenter.")
        yield Finding(WARNING, file, f"contacts.{kommun.contact_centre}", told, "6 kap. 2 §")
    if kommun.emergency_duty is None:
        told = sentence("Numret till socialjouren saknas. Skriv det om det finns.")
        yield Finding(WARNING, file, "emergency_duty", told, "29 kap. 4 §")
    elif kommun.emergency_duty.confirmed is None:
        told = sentence("Kommunen har inte bekräftat numret till socialjouren.")
        yield Finding(WARNING, file, "emergency_duty", told, "29 kap. 4 §")
