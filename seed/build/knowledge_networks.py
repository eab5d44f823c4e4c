"""Networks of knowledge services: what is reciprocal in them, and which services a source names as members."""

from dataclasses import dataclass

from seed.build.codes import Codes
from seed.build.draft import Draft, When
from seed.build.evidence import Stated, month, speaks_from, take
from seed.build.raw import RawFolder, RawRow

NETWORKS = "kls_networks"
_CONCEPT = "KnowledgeNetwork"

_KINDS = {"regional": "REGIONAL", "specialist": "SPECIALIST", "local": "LOCAL", "national": "NATIONAL"}

_LOANS, _OTHER, _NOT_SAID = "LOANS", "OTHER", "NOT_STATED"
_RECIPROCITIES = {
    **dict.fromkeys(
        (
            "seamless borrowing at any full member's library; inter-library document supply",
            "shared catalogue and borrowing across the region; OpenAthens, KnowledgeShare, building access and "
            "specialist support only from the home library",
            "reservations and borrowing across sites; GPs and other NHS staff outside the group are external members "
            "at 50 pounds a year",
            "staff and placement students of any of the seven trusts may use all seven; home library is the trust's "
            "own",
            "books requested from any participating library through one catalogue",
            "inter-library loans shared across the northern networks",
            "loans from any of the collaborating Kent libraries",
            "borrow and return at either site and between health libraries in Shropshire",
            "shared catalogue and loans between sites",
            "books and articles borrowed through another library of the group",
        ),
        _LOANS,
    ),
    **dict.fromkeys(
        (
            "access agreement between services in Cheshire and Merseyside",
            "shared current awareness and peer support",
            "shared catalogue (kss.koha-ptfs.co.uk)",
            "joined-up service to community-based staff whoever employs them",
            "shared repository of research and grey literature, not a membership scheme",
            "joint work between NHS and public libraries",
            "shared website and joint projects",
            "shared catalogues",
            "eligible bodies are treated as one organisation for copying",
            "reciprocal document supply between library networks",
        ),
        _OTHER,
    ),
    **dict.fromkeys(
        (
            *("not stated", "none stated; group of specialists", "not stated in the abstract"),
            "none stated; meeting of service managers",
        ),
        _NOT_SAID,
    ),
}
"""Whether the text says that members lend to each other's readers, that they share something else, or nothing."""

_MEMBERS: dict[str, tuple[tuple[str, str], ...]] = {
    "Health Libraries Midlands (HeLM)": (("South Warwickshire", "South Warwickshire University NHS FT Library"),),
    "BASE Library": (
        ("Sandwell and West Birmingham", "Sandwell and West Birmingham Hospitals library service (BASE)"),
    ),
    "North East joint library regulations": (
        ("County Durham and Darlington", "County Durham and Darlington NHS FT Library Services"),
        (
            "Cumbria, Northumberland, Tyne and Wear",
            "Cumbria, Northumberland, Tyne and Wear NHS FT Library Services",
        ),
        ("Gateshead", "Gateshead Health NHS FT Library and Knowledge Service"),
        ("Newcastle Hospitals", "Newcastle Hospitals NHS FT Library and Knowledge Service"),
        ("North Tees and Hartlepool", "North Tees and Hartlepool NHS FT Library and Knowledge Service"),
        ("Northumbria", "Northumbria Healthcare Library and Knowledge Service"),
        ("Tees, Esk and Wear Valleys", "Tees, Esk and Wear Valleys NHS FT Library and Knowledge Service"),
    ),
    "YorCat": (("Rotherham NHS FT", "Rotherham NHS Foundation Trust Library & Knowledge Service"),),
    "Kent, Surrey and Sussex shared library system": (
        ("Dartford and Gravesham", "Dartford and Gravesham NHS Trust library (Darent Valley Hospital)"),
    ),
    "Kent NHS libraries collaboration": (("Medway NHS FT", "Medway Library and Knowledge Services"),),
    "Surrey Heartlands place-based library project": (
        ("Epsom and St Helier", "Epsom and St Helier Library and Knowledge Service"),
        ("Ashford and St Peter's", "Ashford and St Peter's Library and Knowledge Service"),
        ("Surrey and Sussex Healthcare", "Surrey and Sussex Healthcare Library and Knowledge Service"),
        ("Royal Surrey", "Royal Surrey Library and Knowledge Service"),
        ("Frimley Health", "Frimley Health Library and Knowledge Services"),
    ),
    "West Midlands Evidence Repository (WMER)": (
        ("Walsall Healthcare", "Walsall Healthcare library and knowledge service"),
        ("Black Country Healthcare", "Black Country Healthcare library and knowledge service"),
    ),
    "Greater Manchester Health Library Partnership": (("Bolton NHS FT", "Bolton NHS FT Library Services"),),
    "Leeds Libraries for Health": (
        ("Leeds Teaching Hospitals", "Leeds Teaching Hospitals Library & Information Service"),
    ),
    "Thames Valley and Wessex Library Strategy Team": (
        ("Hampshire Healthcare", "Hampshire Healthcare Library Service"),
        ("Frimley Health", "Frimley Health Library and Knowledge Services"),
        ("Berkshire Healthcare", "Berkshire Healthcare library"),
        ("East Dorset", "East Dorset NHS Library and Knowledge Service"),
        ("Isle of Wight", "Isle of Wight NHS library and knowledge service"),
        ("Oxford Health", "Oxford Health NHS FT Library Service"),
        ("Portsmouth", "Portsmouth Hospitals library service"),
        ("Milton Keynes", "Milton Keynes University Hospital library and e-learning service"),
        ("Southampton", "Health Services Library, Southampton General Hospital"),
        ("Buckinghamshire", "Buckinghamshire Healthcare library services"),
        ("Dorset County", "Dorset County Hospital Library"),
        ("Bodleian Health Care", "Oxford Health Care Libraries (Bodleian)"),
        ("Royal Berkshire", "Royal Berkshire library and eLearning services"),
        ("Salisbury", "Salisbury NHS FT Library"),
    ),
    "Kent Surrey Sussex Joint Inter Lending and Document Delivery Group": (
        (
            "Kent County Council Public Health and Social Care Library",
            "Kent County Council Public Health and Social Care Library",
        ),
    ),
}
"""The services that a network's text names: the words of the text, and the name of the service."""

_WHOLE = frozenset({"North East joint library regulations"})
"""Networks whose members are all named."""

_MERGED = {"merged into HeLM by February 2022": (month(2022, 2), "Health Libraries Midlands (HeLM)")}
"""What a note says of the end: by when, and into what."""


@dataclass(frozen=True, slots=True)
class Network:
    """A row of the file."""

    row: RawRow
    name: str
    kind: str
    region: str
    members_text: str
    reciprocal: str
    reciprocity: str
    note: str
    url: str
    dated: Stated | None


def read(raw: RawFolder) -> list[Network]:
    """Read the networks."""
    columns = (
        *("network", "region", "member_services", "what_is_reciprocal", "source_url", "source_date", "note", "kind"),
    )
    found = []
    for row in raw.headed(NETWORKS, columns):
        reciprocal = row.needed("what_is_reciprocal")
        found.append(
            Network(
                row,
                name=row.needed("network"),
                kind=row.choose("kind", _KINDS),
                region=row.needed("region"),
                members_text=row.needed("member_services"),
                reciprocal=reciprocal,
                reciprocity=row.choose_value("what_is_reciprocal", reciprocal, _RECIPROCITIES),
                note=row.take("note"),
                url=row.needed("source_url"),
                dated=take(row, "source_date"),
            )
        )
        row.finish()
    return found


def place(draft: Draft, rows: list[Network], services: dict[str, str], codes: Codes) -> None:
    """Add the networks and the members that a source names; `services` are codes by name."""
    for one in rows:
        life = speaks_from(one.dated, ())
        merged = next((merger for words, merger in _MERGED.items() if words in one.note), None)
        if merged:
            life = life.ended(merged[0].day, "NO_LATER_THAN")
        code = codes.of(_CONCEPT, one.name)
        draft.state(
            _CONCEPT,
            code,
            {
                "name": one.name,
                "kind": one.kind,
                "region": one.region,
                "members_text": one.members_text,
                "reciprocal": one.reciprocal,
                "reciprocity": one.reciprocity,
                "note": one.note,
                "url": one.url,
                "evidence_date": one.dated.day.isoformat() if one.dated else "",
                "evidence_date_precision": one.dated.precision if one.dated else "",
            },
            life,
            NETWORKS,
            absences=tuple(_absences(one)),
        )
        _join(draft, one, code, life, services)
        one.row.place()
    for one in rows:
        for words, (by, into) in _MERGED.items():
            if words in one.note:
                before, after = ((_CONCEPT, codes.of(_CONCEPT, name)) for name in (one.name, into))
                when = When(by.day, "NO_LATER_THAN")
                draft.link("SUCCEEDED_BY", before, after, when, NETWORKS, values={"kind": "MERGER"})


def _absences(one: Network) -> list[str]:
    found = []
    if one.name not in _WHOLE:
        settles = "a list of its members" if one.name not in _MEMBERS else "a list of all its members"
        found.append(f"members|NOT_PUBLISHED|{settles}")
    if one.reciprocity == _NOT_SAID:
        found.append("reciprocal|NOT_PUBLISHED|a page that says what its members do for each other's readers")
    if one.dated is None:
        found.append("evidenceDate|NOT_PUBLISHED|a date on the page")
    return found


def _join(draft: Draft, one: Network, code: str, life: When, services: dict[str, str]) -> None:
    for words, name in _MEMBERS.get(one.name, ()):
        if words not in one.members_text:
            raise one.row.odd("member_services", one.members_text, f"names {words} no longer")
        if name not in services:
            raise one.row.odd("member_services", words, f"{name} is no service of the graph")
        joined = draft.link("NETWORK_MEMBER", ("KnowledgeService", services[name]), (_CONCEPT, code), life, NETWORKS)
        if joined is None:
            one.row.quarantine_part(one.name, f"{name} is not known of the time when the network was")
