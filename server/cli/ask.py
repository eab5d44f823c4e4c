"""`icsgraph ask`: which knowledge and library service covers this, on what basis, since when, and how do we know.

The question goes to the graph as the same GraphQL document that anybody can send, so that the terminal and the API
answer alike.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from server.cli.asking import api, data_of
from server.cli.environment import current_settings
from server.cli.formats import Columns, Format, FormatOption, OutputOption, checked, put, written
from server.origin import Origin, neo4j
from server.settings import Settings

__all__ = ["COLUMNS", "QUERY", "ask", "commands", "render", "rows_of"]

commands = typer.Typer(add_completion=False)

QUERY = """\
query Ask($of: String!, $asOf: Date, $group: StaffGroup) {
  coverage(of: $of, asOf: $asOf, group: $group) {
    code
    asOf
    outcome
    subject {
      id
      code
      name
      __typename
      ... on PrimaryCareNetwork { town postcode }
      ... on GPPractice { postcode }
      ... on NHSTrust { postcode }
    }
    services {
      service { code name }
      rule
      group
      terms
      extent
      share
      practices { code name }
      validity { from fromPrecision to toPrecision }
      quote
      url
      evidenceDate
      path { code name __typename }
      sources { code title }
    }
    rules {
      rule
      isLocal
      outcome
      service { code name }
      group
      terms
      reason
      missing
      settles
      quote
      url
      evidenceDate
    }
    nearest(first: 3) { service { code name } distanceKilometres basis }
    absent { field reason since settles }
  }
}
"""
"""The main question, as anybody can send it to the API."""

COLUMNS: Columns = {
    **dict.fromkeys(("code", "name", "as_of", "outcome", "rule", "rule_outcome"), str),
    "is_local": bool,
    **dict.fromkeys(("service_code", "service_name", "group", "terms", "extent"), str),
    "share": float,
    **dict.fromkeys(("valid_from", "valid_from_precision", "valid_to", "evidence_date", "quote", "url"), str),
    **dict.fromkeys(("reason", "missing", "settles"), str),
}
"""The columns of CSV and Parquet."""
_OUTCOMES = {
    "COVERED": ("Covered by a local knowledge and library service.", "bold green"),
    "PARTLY_COVERED": ("Covered in part by a local knowledge and library service.", "bold yellow"),
    "UNKNOWN": (
        "Not known: sources speak of a service, or of where this is, only from a later date on.",
        "bold yellow",
    ),
    "GAP": ("Gap: no local knowledge and library service is known to cover it.", "bold red"),
    "NOT_FOUND": ("Nothing with this code is in force on that date.", "bold red"),
}
_RULES = {
    "HOST": "it hosts the service",
    "AGREEMENT": "by agreement",
    "PUBLISHED_ELIGIBILITY": "the service's own page says that it serves them",
    "TRAINING_HUB": "a knowledge specialist in the training hub of their system or place",
}
_GROUPS = {
    "own_staff": "its own staff",
    "other_trust": "its staff, as those of another trust",
    "community_trust": "its community staff",
    "mental_health_trust": "its mental health staff",
    "ambulance": "its ambulance staff",
    "gp_practices": "general practices and their staff",
    "pcn_staff": "staff of the network",
    "icb_staff": "staff of the integrated care board",
    "public_health": "public health staff of the council",
}
_TERMS = {
    "FREE": "free of charge",
    "SLA": "under a service level agreement",
    "ON_REQUEST": "on request",
    "UNKNOWN": "terms not stated by the source",
}
_NO_LOCAL_TERMS = {"CHARGED": "against a charge", "REFERENCE_ONLY": "for reference on the spot only"}
_OUTCOME_OF_RULE = {"APPLIES": "applies", "DOES_NOT_APPLY": "does not apply", "UNKNOWN": "not known"}


@commands.command("ask")
def ask(
    code: Annotated[str, typer.Argument(help="An ODS or ONS code, like U41591 or E10000025.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The date of the answer, like 2026-04-01; today if left out."),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", metavar="GROUP", help="Only for this group of staff, like gp_practices or own_staff."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    chosen: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Say which knowledge and library service covers an organisation or area, and how we know; if none, why not.

    Columns of CSV and Parquet, a row for each rule and service: code, name, as_of, outcome, rule, rule_outcome,
    is_local, service_code, service_name, group, terms, extent, share, valid_from, valid_from_precision, valid_to,
    evidence_date, quote, url, reason, missing, settles.
    """
    chosen = checked(Format.JSON if as_json else chosen)
    settings = current_settings()
    with neo4j(settings) as origin:
        asked = {
            "of": code.strip() if "-" in code else code.strip().upper(),
            "asOf": as_of,
            "group": group and group.strip().upper().replace("-", "_"),
        }
        answer = asyncio.run(_answer(settings, origin, asked))
    coverage = data_of(answer)["coverage"]
    if chosen is Format.JSON:
        put(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE), output)
    elif chosen is not Format.TABLE:
        put(written(rows_of(coverage), COLUMNS, chosen), output)
    elif output is None:
        Console(highlight=False).print(render(answer), crop=False)
    else:
        with output.open("w", encoding="utf-8") as file:
            Console(highlight=False, file=file).print(render(answer), crop=False)


async def _answer(settings: Settings, origin: Origin, variables: Mapping[str, str | None]) -> dict[str, Any]:
    async with api(settings, origin) as ask_:
        return await ask_(QUERY, variables)


def rows_of(coverage: Mapping[str, Any]) -> list[dict[str, str | int | float | bool | None]]:
    """Return one row for each service that covers the subject, and one for each other thing that a rule says."""
    subject = coverage["subject"] or {"name": None}
    common = {"code": coverage["code"], "name": subject["name"], "as_of": coverage["asOf"]}
    said = [{**one, "outcome": "APPLIES", "isLocal": True} for one in coverage["services"]]
    said += [one for one in coverage["rules"] if not (one["isLocal"] and one["outcome"] == "APPLIES")]
    rows: list[dict[str, str | int | float | bool | None]] = []
    for one in said:
        validity, service = one.get("validity") or {}, one["service"] or {}
        rows.append(
            {
                **common,
                "outcome": coverage["outcome"],
                "rule": one["rule"],
                "rule_outcome": one["outcome"],
                "is_local": one["isLocal"],
                "service_code": service.get("code"),
                "service_name": service.get("name"),
                "group": one["group"],
                "terms": one["terms"],
                "extent": one.get("extent"),
                "share": one.get("share"),
                "valid_from": validity.get("from"),
                "valid_from_precision": validity.get("fromPrecision"),
                "valid_to": validity.get("to"),
                "evidence_date": one["evidenceDate"],
                "quote": one["quote"],
                "url": one["url"],
                "reason": one.get("reason"),
                "missing": one.get("missing"),
                "settles": one.get("settles"),
            }
        )
    return rows


def render(answer: Mapping[str, Any]) -> RenderableType:
    """Return the API's answer to `QUERY` for people.

    First the outcome, then each service with its proof, then each rule with what is missing; for a gap, whom to ask.
    """
    coverage = answer["data"]["coverage"]
    parts: list[RenderableType] = [_subject(coverage), _outcome(coverage)]
    parts.extend(Text(f"{one['reason']}: {one['settles'] or ''}".rstrip(": ")) for one in coverage["absent"])
    for service in coverage["services"]:
        parts.extend(("", _service(service)))
    for heading, is_local in (("Rules", True), ("Beside a local service", False)):
        rules = [rule for rule in coverage["rules"] if rule["isLocal"] is is_local]
        if rules:
            parts.extend(("", Text(heading, style="bold"), *(_rule(rule) for rule in rules)))
    if coverage["outcome"] == "GAP" and coverage["nearest"]:
        parts.extend(("", Text("Nearest services to ask", style="bold"), _nearest(coverage["nearest"])))
    attribution = answer.get("extensions", {}).get("attribution", ())
    if attribution:
        parts.extend(("", Text(" ".join(attribution), style="dim")))
    return Group(*parts)


def _subject(coverage: Mapping[str, Any]) -> Text:
    subject = coverage["subject"]
    if subject is None:
        return Text(f"{coverage['code']} on {coverage['asOf']}", style="bold")
    where = ", ".join(subject[name] for name in ("town", "postcode") if subject.get(name))
    text = Text.assemble((subject["name"], "bold"), f" ({_words(subject['__typename'])} {subject['code']})")
    return text.append(f", {where}" if where else "").append(f", on {coverage['asOf']}")


def _outcome(coverage: Mapping[str, Any]) -> Text:
    sentence, style = _OUTCOMES.get(coverage["outcome"], (coverage["outcome"], "bold"))
    return Text(sentence, style=style)


def _service(service: Mapping[str, Any]) -> RenderableType:
    validity = service["validity"]
    rows = [
        ("rule", f"{service['rule']}: {_RULES.get(service['rule'], '')}".rstrip(": ")),
        ("for", _GROUPS.get(service["group"], service["group"].replace("_", " "))),
        ("terms", _TERMS.get(service["terms"], service["terms"])),
        ("since", _since(validity)),
        ("until", _dated(validity["to"], validity["toPrecision"]) if validity["to"] else ""),
        ("extent", _extent(service)),
        ("evidence", _evidence(service)),
        ("by way of", "; ".join(f"{one['name']} ({one['code']})" for one in service["path"])),
        ("sources", "; ".join(one["title"] for one in service["sources"])),
    ]
    return Group(Text(service["service"]["name"], style="bold"), _grid(rows), *_page(service["url"]))


def _rule(rule: Mapping[str, Any]) -> RenderableType:
    heading = f"{rule['rule']} {_OUTCOME_OF_RULE.get(rule['outcome'], rule['outcome'])}"
    if rule["service"]:
        heading += f": {rule['service']['name']}"
    if rule["outcome"] == "APPLIES":
        applies = Padding(Text(heading), (0, 0, 0, 2), expand=False)
        if rule["isLocal"]:  # the proof stands above, with the service
            return applies
        return Group(applies, _grid([("evidence", _evidence(rule))]), *_page(rule["url"]))
    rows = [
        ("terms", _NO_LOCAL_TERMS.get(rule["terms"] or "", "")),
        ("missing", rule["missing"]),
        ("reason", rule["reason"]),
        ("evidence", _evidence(rule)),
        ("settled by", rule["settles"]),
    ]
    return Group(Padding(Text(heading), (0, 0, 0, 2), expand=False), _grid(rows), *_page(rule["url"]))


def _page(url: str | None) -> list[Text]:
    """Return the address of a page on a line of its own, in one piece, so that it can be copied."""
    return [Text(f"  {url}", style="dim", no_wrap=True, overflow="ignore")] if url else []


def _nearest(nearest: Sequence[Mapping[str, Any]]) -> RenderableType:
    return _grid(
        [(f"{one['distanceKilometres']:.1f} km", f"{one['service']['name']}. {one['basis']}") for one in nearest]
    )


def _grid(rows: Iterable[tuple[str, str | None]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        if text:
            # Text and not markup: a quote of a page may hold square brackets.
            table.add_row(Text(name), Text(text))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _extent(service: Mapping[str, Any]) -> str:
    if service["extent"] != "PART":
        return ""
    if service["share"] is None:
        return "a part of it"
    named = ", ".join(f"{one['name']} ({one['code']})" for one in service["practices"])
    return f"{service['share']:.0%} of its practices: {named}"


def _evidence(said: Mapping[str, Any]) -> str:
    quote = f"“{said['quote']}”" if said["quote"] else ""
    if said["evidenceDate"]:
        return f"{quote} ({said['evidenceDate']})".strip()
    return f"{quote} (the page has no date)" if quote else ""


def _since(validity: Mapping[str, Any]) -> str:
    return _dated(validity["from"], validity["fromPrecision"])


def _dated(day: str, precision: str | None) -> str:
    match precision:
        case "YEAR":
            return day[:4]
        case "MONTH":
            return day[:7]
        case "NO_LATER_THAN":
            return f"{day} at the latest"
        case "UNKNOWN":
            return f"about {day}"
        case _:
            return day


def _words(name: str) -> str:
    """Return a type's name as words: `GPPractice` is a GP practice."""
    return {
        "GPPractice": "GP practice",
        "PrimaryCareNetwork": "primary care network",
        "NHSTrust": "NHS trust",
        "NHSRegion": "NHS region",
        "SubICBLocation": "sub-ICB location",
        "IntegratedCareBoard": "integrated care board",
        "LocalAuthority": "local authority",
        "ClinicalCommissioningGroup": "clinical commissioning group",
    }.get(name, name)
