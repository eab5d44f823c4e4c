"""The readings of the raw files held against each other, once all are read."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from seed.build import commissioners, geocoded, networks, ods, patients, practices, trusts
from seed.build.claims import Claims, Word, differs
from seed.build.draft import Draft, When
from seed.build.eligibilities import ELIGIBILITY
from seed.build.eligibilities import Row as Statement
from seed.build.evidence import READ
from seed.build.knowledge import SERVICES, Service
from seed.build.ods import Membership, Network, Practice, Trust
from seed.build.practice_map import IN_NO_NETWORK, PracticeMap
from seed.build.raw import RawFolder

__all__ = ["of_commissioners", "of_knowledge_services", "of_networks", "of_practices", "of_trusts"]

_BOARD = "subIcbLocations.integratedCareBoards"
_REGION = f"{_BOARD}.nhsRegions"
_ACTIVE = "ACTIVE"


def of_practices(claims: Claims, raw: RawFolder, read: list[Practice], maps: tuple[PracticeMap, PracticeMap]) -> None:
    """Hold what the files say of practices against each other: epraccur, the maps, the geocoded copy of one."""
    held = [one for one in read if claims.draft.has("GPPractice", one.code)]
    january, august = maps
    for one in held:
        before, after = january.practices.get(one.code), august.practices.get(one.code)
        name, postcode = practices.between(one, before, after)
        for field, own, chosen in (("name", one.name, name), ("postcode", one.postcode, postcode)):
            if own != chosen:
                said, instead = Word(own, practices.EPRACCUR), Word(chosen, august.source)
                claims.against(("GPPractice", one.code), field, said, instead, "SAID_BEFORE_AND_AFTER")
        if one.closed is None and one.status == _ACTIVE and after is None:
            word, listed = Word(one.status, practices.EPRACCUR), Word("not listed", august.source)
            claims.against(("GPPractice", one.code), "odsStatus", listed, word, "NOT_CLOSURE")
    _hierarchy(claims, raw, held)
    _copy_of_map(claims, raw, august)


def _hierarchy(claims: Claims, raw: RawFolder, held: list[Practice]) -> None:
    """Hold epraccur's own board and region of a practice against those of the commissioner that it names too."""
    day = claims.sources[practices.EPRACCUR].as_at
    boards, regions = _at(claims.draft, "sub_icb_of.csv", day), _at(claims.draft, "in_region.csv", day)
    said = {row["code"]: row["icb"] for row in raw.again(practices.EPRACCUR, ods.ORGANISATION)}
    for one in held:
        board = boards.get(one.commissioner)
        if one.closed is not None or board is None:
            continue
        thing = ("GPPractice", one.code)
        chosen = Word(board, commissioners.COMMISSIONERS)
        if said[one.code] != board:
            claims.against(thing, _BOARD, Word(said[one.code], practices.EPRACCUR), chosen, "HIERARCHY")
        if one.region != regions[board]:
            chosen = Word(regions[board], "gp_reg_pat_prac_map_20260101")
            claims.against(thing, _REGION, Word(one.region, practices.EPRACCUR), chosen, "HIERARCHY")


def _copy_of_map(claims: Claims, raw: RawFolder, august: PracticeMap) -> None:
    copy = {row["PRACTICE_CODE"]: row for row in raw.again(geocoded.PRACTICES)}
    for field, column, attribute in (
        ("name", "PRACTICE_NAME", "name"),
        ("postcode", "PRACTICE_POSTCODE", "postcode"),
        ("subIcbLocations", "SUB_ICB_LOCATION_CODE", "location"),
        (_BOARD, "ICB_CODE", "board"),
        ("primaryCareNetworks", "PCN_CODE", "network"),
    ):
        claims.differing(
            "GPPractice",
            field,
            {code: Word(row[column], geocoded.PRACTICES) for code, row in copy.items()},
            {
                code: Word(getattr(listed, attribute) or IN_NO_NETWORK, august.source)
                for code, listed in august.practices.items()
            },
            "ORIGINAL",
        )


def of_networks(
    claims: Claims,
    raw: RawFolder,
    read: list[Network],
    memberships: list[Membership],
    maps: tuple[PracticeMap, PracticeMap],
    practices_read: list[Practice],
) -> None:
    """Hold what the files say of networks and their members against each other."""
    january, august = maps
    _members(claims, memberships, january)
    _partners(claims, raw, practices_read)
    own = {one.code: Word(one.name, networks.EPCN) for one in read if one.closed is None}
    names = {code: Word(name, january.source) for code, name in january.networks.items()}
    claims.differing("PrimaryCareNetwork", "name", names, own, "REGISTER_NAMES")
    copy = {row["pcn_code"]: row for row in raw.again(geocoded.NETWORKS)}
    for field, column, attribute in (
        ("name", "pcn_name", "name"),
        ("postcode", "postcode", "postcode"),
        ("town", "town", "town"),
        ("parentSubIcbLocations", "sub_icb_code", "parent"),
    ):
        claims.differing(
            "PrimaryCareNetwork",
            field,
            {code: Word(row[column], geocoded.NETWORKS) for code, row in copy.items()},
            {one.code: Word(getattr(one, attribute), networks.EPCN) for one in read},
            "ORIGINAL",
        )
    _parents(claims, {one.code: one.parent for one in read}, january)
    _parents(claims, _at(claims.draft, "parented_by.csv", august.day), august)
    for one in read:
        if one.closed is None and one.code not in august.networks:
            named, still = Word("not named", august.source), Word("open", networks.EPCN)
            claims.against(("PrimaryCareNetwork", one.code), "validity", named, still, "NOT_CLOSURE")


def _members(claims: Claims, memberships: list[Membership], january: PracticeMap) -> None:
    """Hold the map of January against the memberships of its day, which are dated."""
    held: dict[str, set[str]] = defaultdict(set)
    for one in memberships:
        if one.joined <= january.day and (one.left is None or one.left >= january.day):
            held[one.practice].add(one.network)
    for code, listed in sorted(january.practices.items()):
        if claims.draft.has("GPPractice", code) and listed.network not in (held.get(code) or {""}):
            said = Word(listed.network or IN_NO_NETWORK, january.source)
            chosen = Word(" ".join(sorted(held.get(code, ()))) or IN_NO_NETWORK, networks.PARTNERS)
            claims.against(("GPPractice", code), "primaryCareNetworks", said, chosen, "DATED")


def _partners(claims: Claims, raw: RawFolder, read: list[Practice]) -> None:
    """Hold what the membership file repeats of a practice against epraccur, which is of the same day."""
    current = [row for row in raw.again(networks.PARTNERS, ods.PARTNER) if not row["left"]]
    for field, column, attribute in (
        ("name", "practice_name", "name"),
        ("subIcbLocations", "practice_sub_icb", "commissioner"),
    ):
        claims.differing(
            "GPPractice",
            field,
            {row["practice"]: Word(row[column], networks.PARTNERS) for row in current},
            {one.code: Word(getattr(one, attribute), practices.EPRACCUR) for one in read},
            "ORIGINAL",
        )


def _parents(claims: Claims, parents: dict[str, str], practice_map: PracticeMap) -> None:
    """Hold a network's parent against the sub-ICB location that commissions more of its practices, if one does."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for listed in practice_map.practices.values():
        members[listed.network][listed.location] += 1
    for code, parent in sorted(parents.items()):
        commissioned = members[code]
        most = max(commissioned, key=lambda location: (commissioned[location], location), default=parent)
        if commissioned[most] > commissioned[parent]:
            said = f"{most}: it commissions {commissioned[most]} of {commissioned.total()} practices"
            chosen = Word(parent, networks.EPCN)
            thing = ("PrimaryCareNetwork", code)
            claims.against(thing, "parentSubIcbLocations", Word(said, practice_map.source), chosen, "STATED")


def of_trusts(claims: Claims, raw: RawFolder, later: list[Trust]) -> None:
    """Hold the typed and geocoded copy of the trusts against the file of which it is one."""
    copy = {row["code"]: row for row in raw.again(geocoded.TRUSTS)}
    for field, column, attribute in (
        ("name", "name", "name"),
        ("postcode", "postcode", "postcode"),
        ("integratedCareBoards", "icb", "board"),
    ):
        claims.differing(
            "NHSTrust",
            field,
            {code: Word(row[column], geocoded.TRUSTS) for code, row in copy.items()},
            {one.code: Word(getattr(one, attribute), trusts.LATER) for one in later},
            "ORIGINAL",
        )


def of_commissioners(claims: Claims, raw: RawFolder, counts: dict[str, dict[str, str]]) -> None:
    """Hold statuses of groups against their succession, and repeated counts of patients against the count."""
    for row in raw.again(commissioners.COMMISSIONERS):
        code = row["Commissioner_Code"]
        if not claims.draft.has("ClinicalCommissioningGroup", code) or row["Commissioner_Type"] == "Sub-ICB Location":
            continue
        end = claims.draft.life("ClinicalCommissioningGroup", code).end
        if row["Status"] == "Active" and end is not None:
            said, chosen = Word("Active", commissioners.COMMISSIONERS), Word(f"ended {end}", "succ_20260503")
            claims.against(("ClinicalCommissioningGroup", code), "validity", said, chosen, "DATED")
    facts = raw.again("icb_facts")
    repeated = {row["icb_ods_code"]: Word(row["registered_patients_202608"], "icb_facts") for row in facts}
    counted = {code: Word(count, patients.PATIENTS) for code, count in counts["ICB"].items()}
    claims.differing("IntegratedCareBoard", "registeredPatients", repeated, counted, "ORIGINAL")


def of_knowledge_services(
    claims: Claims, services: list[Service], codes: dict[str, str], statements: Iterable[Statement], raw: RawFolder
) -> None:
    """Hold what pages say of hosts against the register, and against what other pages of the service say."""
    registered = {row["code"]: row["name"] for row in claims.draft.rows["trusts.csv"]}  # the last state of each
    by_name = {one.name: one for one in services}
    for one in services:
        if one.is_past or not one.host_code:
            continue
        ended = claims.draft.life("NHSTrust", one.host_code).end
        if ended is not None and ended <= READ:
            said, chosen = Word(one.host_code, SERVICES), Word(one.host_current_code, trusts.LATER)
            claims.against(("KnowledgeService", codes[one.name]), "hosts", said, chosen, "DATED")
        elif not one.evidence and _is_whole_name(one.host) and differs(one.host, registered[one.host_code]):
            # The page has no date, and so speaks from the day on which it was read.
            said, chosen = Word(one.host, SERVICES), Word(registered[one.host_code], trusts.LATER)
            claims.against(("NHSTrust", one.host_code), "name", said, chosen, "REGISTER_NAMES")
    hosts: dict[str, set[str]] = defaultdict(set)
    for statement, row in zip(statements, raw.again(ELIGIBILITY), strict=True):
        hosts[statement.service].add(row["host_ods_code"])
    for name, found in sorted(hosts.items()):
        service = by_name.get(name)
        if service is None or not service.host_code:
            continue
        for host in sorted(found - {"", service.host_code, service.host_current_code}):
            said, chosen = Word(host, ELIGIBILITY), Word(service.host_code, SERVICES)
            claims.against(("KnowledgeService", codes[name]), "hosts", said, chosen, "STATED")


def _is_whole_name(host: str) -> bool:
    """Whether a page's text is the name of a trust, and not a short one or a remark."""
    return host.endswith(("NHS Trust", "NHS Foundation Trust"))


def _at(draft: Draft, file: str, day: date) -> dict[str, str]:
    """Return where each start of a table of relationships leads to on a day."""
    return {row["start"]: row["end"] for row in draft.rows[file] if _holds(row, day)}


def _holds(row: dict[str, str], day: date) -> bool:
    end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return When(date.fromisoformat(row["valid_from"]), end=end).holds(day)
