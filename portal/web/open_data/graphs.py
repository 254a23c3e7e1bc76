"""The catalogue as linked data, written by rdflib: public services (CPSV-AP 3.2) and where all data is (DCAT-AP-SE).

Loaded only where somebody asks for it (`portal/web/later.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.opening import WEEKDAYS
from portal.domain.catalogue.whole import Topic
from portal.domain.officials.skr import SkrList, SkrRow
from portal.domain.people.phone_numbers import dialled
from portal.web.open_data.places import Place
from portal.web.open_data.served import Published, served_of
from portal.web.shown.details import cost_of
from portal.web.shown.starting import how_it_begins
from portal.web.voices.voice import Voice

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
TIME = Namespace("http://www.w3.org/2006/time#")
_SWEDISH = URIRef("http://publications.europa.eu/resource/authority/language/SWE")
_PUBLIC = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
_SOCIETY = URIRef("http://publications.europa.eu/resource/authority/data-theme/SOCI")
_LOCAL = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
_SWEDEN = URIRef("http://sws.geonames.org/2661886/")
_DAYS = dict(zip(WEEKDAYS, ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"), strict=True))


def turtle(graph: Graph) -> bytes:
    """Return a graph as Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def rdf_xml(graph: Graph) -> bytes:
    """Return a graph as RDF/XML, which the national catalogue fetches."""
    return graph.serialize(format="pretty-xml", encoding="utf-8")


# ---------------------------------------------------------------------------------------------------- services


def services(kommun: Kommun, place: Place, voice: Voice, topics: Mapping[str, Topic], skr: SkrList) -> Graph:
    """Return what a kommun offers as public services (CPSV-AP), in Swedish."""
    writer = _Services(kommun, place, voice, Graph(bind_namespaces="core"))
    for prefix, space in (("cpsv", CPSV), ("cv", CV), ("dct", DCTERMS), ("skos", SKOS), ("time", TIME)):
        writer.graph.bind(prefix, space)
    rows = {row.id: row for area in skr.areas for row in area.rows()}
    for insats in kommun.insatser.values():
        writer.add(insats, topics, rows)
    return writer.graph


@dataclass(frozen=True)
class _Services:
    kommun: Kommun
    place: Place
    voice: Voice
    graph: Graph

    def _node(self, kind: URIRef, name: str) -> URIRef:
        node = URIRef(f"{self.place.page(self.kommun.id)}#{name}")
        self.graph.add((node, RDF.type, kind))
        return node

    def _text(self, node: URIRef, about: URIRef, text: str) -> None:
        self.graph.add((node, about, Literal(text, lang="sv")))

    def add(self, insats: Insats, topics: Mapping[str, Topic], rows: Mapping[str, SkrRow]) -> None:
        """Add one insats with all that belongs to it."""
        graph, words = self.graph, self.voice.words
        service = URIRef(f"{self.place.insats(self.kommun.id, insats.id)}#service")
        graph.add((service, RDF.type, CPSV.PublicService))
        graph.add((service, DCTERMS.identifier, Literal(f"{self.kommun.id}/{insats.id}")))
        self._text(service, DCTERMS.title, words(insats.name))
        self._text(service, DCTERMS.description, " ".join(words(one) for one in (insats.summary, *insats.happens)))
        graph.add((service, CV.hasCompetentAuthority, self._authority()))
        graph.add((service, DCTERMS.spatial, self._area()))
        graph.add((service, DCTERMS.language, _SWEDISH))
        graph.add((_SWEDISH, RDF.type, DCTERMS.LinguisticSystem))
        contact = self.kommun.contact_of(insats)
        graph.add((service, CV.contactPoint, self._contact(contact)))
        graph.add((service, CV.hasChannel, self._channel(insats)))
        for word in insats.search:
            self._text(service, DCAT.keyword, words(word))
        for topic in sorted(insats.topics):
            graph.add((service, CV.thematicArea, self._concept("topic", topic, words(topics[topic].name))))
        for row in insats.skr:
            if row in rows:
                graph.add((service, CV.isClassifiedBy, self._concept("skr", row, rows[row].name)))
        for number, rule in enumerate(insats.rules):
            requirement = self._node(CV.Requirement, f"{insats.id}-requirement-{number}")
            graph.add((requirement, DCTERMS.identifier, Literal(f"{insats.id}-{number}")))
            self._text(requirement, DCTERMS.title, words(rule.rule))
            graph.add((service, CV.holdsRequirement, requirement))
        self._add_cost(service, insats)

    def _add_cost(self, service: URIRef, insats: Insats) -> None:
        if insats.cost.kind == "not_stated":
            return
        cost = self._node(CV.Cost, f"{insats.id}-cost")
        self.graph.add((cost, DCTERMS.identifier, Literal(f"{insats.id}-cost")))
        self._text(cost, DCTERMS.description, " ".join(self.voice.words(said) for said in cost_of(insats.cost)))
        self.graph.add((service, CV.hasCost, cost))

    def _authority(self) -> URIRef:
        authority = self._node(CV.PublicOrganisation, "kommun")
        self._text(authority, SKOS.prefLabel, self.kommun.full_name)
        self.graph.add((authority, DCTERMS.spatial, self._area()))
        return authority

    def _area(self) -> URIRef:
        area = self._node(DCTERMS.Location, "area")
        self._text(area, SKOS.prefLabel, self.kommun.name)
        return area

    def _concept(self, scheme: str, name: str, label: str) -> URIRef:
        concept = self._node(SKOS.Concept, f"{scheme}-{name}")
        self._text(concept, SKOS.prefLabel, label)
        self.graph.add((concept, SKOS.notation, Literal(name)))
        return concept

    def _channel(self, insats: Insats) -> URIRef:
        channel = self._node(CV.Channel, f"{insats.id}-channel")
        self.graph.add((channel, DCTERMS.identifier, Literal(f"{insats.id}-channel")))
        self._text(channel, DCTERMS.description, self.voice.words(how_it_begins(insats)))
        return channel

    def _contact(self, contact: Contact) -> URIRef:
        """Return a contact; one that stands there already is not written again."""
        graph, reached = self.graph, self.kommun.reached_by(contact)
        node = self._node(CV.ContactPoint, f"contact-{contact.id}")
        self._text(node, DCTERMS.title, self.voice.words(contact.unit))
        if reached.phone:
            graph.add((node, CV.telephone, Literal(dialled(reached.phone))))
        if contact.email or reached.email:
            graph.add((node, CV.email, Literal(contact.email or reached.email)))
        for number, one in enumerate(self.kommun.answering(contact).hours):
            hours = self._node(TIME.TemporalEntity, f"contact-{contact.id}-hours-{number}")
            self._text(
                hours, DCTERMS.description, f"{_DAYS[WEEKDAYS[one.weekday]]} {one.opens:%H:%M}–{one.closes:%H:%M}"
            )
            graph.add((node, CV.openingHours, hours))
        for closure in self.kommun.closures_of(contact):
            closed = self._node(TIME.TemporalEntity, f"contact-{contact.id}-closed-{closure.id}")
            self._text(closed, DCTERMS.description, f"Stängt {closure.first_on}–{closure.last_on}: {closure.reason}")
            graph.add((node, CV.specialOpeningHoursSpecification, closed))
        return node


# ------------------------------------------------------------------------------------------ the catalogue of data


def catalogue(kommuner: Iterable[Kommun], place: Place, published: Published) -> Graph:
    """Return the catalogue of data sets (DCAT-AP-SE): one for each kommun, with every way to fetch it."""
    graph = Graph(bind_namespaces="core")
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD), ("skos", SKOS)):
        graph.bind(prefix, space)
    whole = URIRef(f"{place.root}dcat.ttl#catalogue")
    graph.add((whole, RDF.type, DCAT.Catalog))
    _titled(graph, whole, "Insatsportalen", "Stöd som kommuner erbjuder, och hur man kontaktar dem.")
    graph.add((whole, DCTERMS.license, _licence(graph, published)))
    graph.add((whole, DCTERMS.language, _swedish(graph)))
    home = URIRef(place.root)
    graph.add((whole, FOAF.homepage, home))
    graph.add((home, RDF.type, FOAF.Document))
    owners = [(kommun, _owner(graph, place, kommun)) for kommun in kommuner]
    together = owners[0][1] if len(owners) == 1 else _agent(graph, f"{place.root}dcat.ttl#publisher", "Insatsportalen")
    graph.add((whole, DCTERMS.publisher, together))
    service = _service(graph, place, published)
    graph.add((whole, DCAT.service, service))
    for kommun, owner in owners:
        dataset = _dataset(graph, kommun, place, published, service)
        graph.add((dataset, DCTERMS.publisher, owner))
        graph.add((whole, DCAT.dataset, dataset))
        graph.add((service, DCAT.servesDataset, dataset))
    return graph


def _titled(graph: Graph, node: URIRef, title: str, description: str) -> None:
    graph.add((node, DCTERMS.title, Literal(title, lang="sv")))
    graph.add((node, DCTERMS.description, Literal(description, lang="sv")))


def _typed(graph: Graph, node: URIRef, kind: URIRef) -> URIRef:
    """Return a value of a code list with its class: those who check look only at the data itself."""
    graph.add((node, RDF.type, kind))
    return node


def _coded(graph: Graph, node: URIRef, label: str) -> URIRef:
    graph.add((node, SKOS.prefLabel, Literal(label, lang="sv")))
    return _typed(graph, node, SKOS.Concept)


def _swedish(graph: Graph) -> URIRef:
    return _typed(graph, _SWEDISH, DCTERMS.LinguisticSystem)


def _licence(graph: Graph, published: Published) -> URIRef:
    return _typed(graph, URIRef(published.licence), DCTERMS.LicenseDocument)


def _agent(graph: Graph, address: str, name: str) -> URIRef:
    agent = _typed(graph, URIRef(address), FOAF.Agent)
    graph.add((agent, FOAF.name, Literal(name, lang="sv")))
    graph.add((agent, DCTERMS.type, _coded(graph, _LOCAL, "Kommun")))
    return agent


def _owner(graph: Graph, place: Place, kommun: Kommun) -> URIRef:
    return _agent(graph, f"{place.page(kommun.id)}#publisher", kommun.full_name)


def _contact(graph: Graph, place: Place, published: Published) -> URIRef:
    contact = _typed(graph, URIRef(f"{place.root}dcat.ttl#contact"), VCARD.Organization)
    _typed(graph, contact, VCARD.Kind)
    graph.add((contact, VCARD.fn, Literal("Insatsportalen", lang="sv")))
    graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{published.email}")))
    return contact


def _service(graph: Graph, place: Place, published: Published) -> URIRef:
    service = _typed(graph, URIRef(f"{place.root}dcat.ttl#api"), DCAT.DataService)
    _titled(graph, service, "Insatsportalens API", "Alla stöd, frågor och grupper som JSON, på varje språk.")
    graph.add((service, DCAT.endpointURL, URIRef(f"{place.root}api/v1")))
    graph.add((service, DCAT.endpointDescription, URIRef(f"{place.root}api/v1/openapi.json")))
    graph.add((service, DCTERMS.license, _licence(graph, published)))
    graph.add((service, DCTERMS.accessRights, _typed(graph, _PUBLIC, DCTERMS.RightsStatement)))
    if published.email:
        graph.add((service, DCAT.contactPoint, _contact(graph, place, published)))
    return service


def _dataset(graph: Graph, kommun: Kommun, place: Place, published: Published, service: URIRef) -> URIRef:
    dataset = _typed(graph, URIRef(f"{place.root}dcat.ttl#{kommun.id}"), DCAT.Dataset)
    said = f"Stöd som {kommun.full_name} erbjuder: vad det är, vem det är för och hur man kontaktar dem."
    _titled(graph, dataset, f"Stöd i {kommun.full_name}", said)
    graph.add((dataset, DCTERMS.accessRights, _typed(graph, _PUBLIC, DCTERMS.RightsStatement)))
    graph.add((dataset, DCTERMS.language, _swedish(graph)))
    graph.add((dataset, DCTERMS.spatial, _typed(graph, _SWEDEN, DCTERMS.Location)))
    graph.add((dataset, DCAT.theme, _coded(graph, _SOCIETY, "Befolkning och samhälle")))
    page = _typed(graph, URIRef(place.page(kommun.id, "insatser")), FOAF.Document)
    graph.add((dataset, DCAT.landingPage, page))
    for word in ("socialtjänst", "insatser", kommun.name):
        graph.add((dataset, DCAT.keyword, Literal(word, lang="sv")))
    if published.email:
        graph.add((dataset, DCAT.contactPoint, _contact(graph, place, published)))
    for number, one in enumerate(served_of(kommun.id)):
        found = _typed(graph, URIRef(f"{dataset}-{number}"), DCAT.Distribution)
        graph.add((found, DCTERMS.title, Literal(one.title, lang="sv")))
        graph.add((found, DCAT.accessURL, URIRef(place.root + one.path)))
        graph.add((found, DCTERMS["format"], Literal(one.mime)))
        graph.add((found, DCTERMS.license, _licence(graph, published)))
        graph.add((found, DCAT.accessService, service))
        graph.add((dataset, DCAT.distribution, found))
    return dataset
