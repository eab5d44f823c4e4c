"""Facts of integrated care boards that pages give: website, headquarters, population. No column of people is read."""

import re
from dataclasses import dataclass

from seed.build.evidence import take, year
from seed.build.raw import RawFolder, RawRow

FACTS = "icb_facts"

_EXACT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{4,})(?: \([^()]*\))?")
_MILLIONS = re.compile(r"(\d+(?:\.\d+)?) million")
_VAGUE = re.compile(r"(?:about|around|just over|more than|nearly|over) [^;]+")
_SEVERAL = re.compile(r"[^;]+;[^;]+")
# The clause of a note that says where the population is from: "population from 2022 launch note".
_POPULATION_FROM = re.compile(r"(?:^|; )population(?: and single place)? from ([^;(]+?)(?: \((\d{4})\))?(?=;|$)")
_YEAR_FIRST = re.compile(r"(\d{4}) ")
_WEBSITE_FROM = {
    "website from a public GitHub file listing the 42 ICB websites": (
        "a public list of the websites of the 42 boards; the site itself was not opened"
    ),
    "website: host named in a public GitHub test file": "named in a public test file; the site itself was not opened",
    "website inferred from the address of a test page": "inferred from the address of a test page",
}
_NAMED = "the website is named by "


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What pages say of one board: values by column, and what they do not say."""

    row: RawRow
    values: dict[str, str]
    absences: tuple[str, ...]


def read(raw: RawFolder) -> dict[str, BoardFacts]:
    """Read the facts of boards, by ODS code; chairs and chief executives are counted and left out, unread."""
    columns = (
        *("icb", "chair", "chief_executive", "population", "places_count", "headquarters", "website", "source_url"),
        *("source_date", "note", "icb_ods_code", "vintage", "registered_patients_202608", "registered_patients_basis"),
        *("headquarters_basis", "headquarters_source_url", "website_source_url", "population_source_url"),
    )
    found = {}
    for row in raw.headed(FACTS, columns):
        code = row.needed("icb_ods_code")
        row.set_aside("chair", "chief_executive", reason="names of people are not held")
        row.set_aside("icb", "places_count", "vintage", "registered_patients_202608", "registered_patients_basis")
        found[code] = _facts(row)
    return found


def _facts(row: RawRow) -> BoardFacts:
    """Take the facts out of a row. Its note names people: two kinds of clause are looked for, and the rest is left."""
    note = row.take("note")
    if note:
        row.file.columns["note", "notes name people; only what they say of website and population is read"] += 1
    website, website_page = row.take("website"), row.take("website_source_url")
    headquarters = row.take("headquarters")
    values = {
        "website": website,
        "website_basis": _website_basis(note, website_page) if website else "",
        "headquarters": headquarters,
        "headquarters_basis": row.take("headquarters_basis"),
        "headquarters_url": row.take("headquarters_source_url"),
    }
    absences = []
    if not website:
        absences.append("website|NOT_PUBLISHED|the board's own page")
    if not headquarters:
        absences.append("headquarters|NOT_PUBLISHED|an ODS extract that holds the address of the board itself")
    population, missing = _population(row, note)
    row.finish()
    return BoardFacts(row, values | population, (*absences, *missing))


def _website_basis(note: str, page: str) -> str:
    said = next((basis for clause, basis in _WEBSITE_FROM.items() if clause in note), "")
    return said or (f"{_NAMED}{page}" if page else "")


def _population(row: RawRow, note: str) -> tuple[dict[str, str], list[str]]:
    """Return the population as a number where the text is one, its text, its page and that page's date."""
    text, page, own_page = row.take("population"), row.take("population_source_url"), row.needed("source_url")
    dated = take(row, "source_date")
    if not text:
        return {}, ["population|NOT_PUBLISHED|a page of the board that gives its population"]
    named = _POPULATION_FROM.search(note)
    if named:
        first = _YEAR_FIRST.match(named[1])
        basis, stated = named[1], named[2] or (first[1] if first else "")
        dated = year(int(stated)) if stated else None
    elif page:
        basis, dated = page, None
    else:
        basis = own_page
    values = {"population_as_stated": text, "population_basis": basis}
    absences = []
    if dated:
        values |= {"population_date": dated.day.isoformat(), "population_date_precision": dated.precision}
    else:
        absences.append("populationDate|NOT_PUBLISHED|the date of the page that gives the population")
    exact, millions = _EXACT.fullmatch(text), _MILLIONS.fullmatch(text)
    if exact:
        values["population"] = exact[1].replace(",", "")
    elif millions:
        values["population"] = str(round(float(millions[1]) * 1_000_000))
    elif _SEVERAL.fullmatch(text):
        absences.append("population|CONTRADICTED|a mid-year estimate of ONS for the area of the board")
    elif _VAGUE.fullmatch(text):
        absences.append("population|NOT_PUBLISHED|a mid-year estimate of ONS for the area of the board")
    else:
        raise row.odd("population", text, "is neither a number nor a phrase that is understood")
    return values, absences
