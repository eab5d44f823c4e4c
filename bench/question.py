"""`Question`: what is asked, in the words of each contestant; one TOML file of `workloads/` each.

The hand-written statements and the peer's dated documents write dates by abbreviations, so that each is read once:

| `@types(T)` | `T`, or with dates `T\\|T_ENDED\\|T_PLANNED` | `@labels(L)` likewise |
| `@where(x)` | nothing, or with dates `WHERE` x holds at `$asOf` | `@and(x)` the same after a condition |
| `@name(x)` | `x.name`, or with dates the name that x had at `$asOf` | |
| `@anchor(x, L)` | the node of label L with `$code`: by its own constraint, or with dates by `:Entity` and its life | |
| `@dates`, `@edges` | the peer's filter by `$asOf` of a node, and of a connection's relationships | |
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["Question", "questions"]

_PEER_DATES = "validFrom: { lte: $asOf }, OR: [{ validTo: { eq: null } }, { validTo: { gt: $asOf } }]"
_KNOWN = {"asks", "parameters", "ours", "peer", "peer_dated", "floor"}
_ABBREVIATION = re.compile(r"@(types|labels|where|and|name|anchor)\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `parameters` is a statement that gives the variables of each repetition, by `$asOf` of the dated.

    Where `has_dates` is false, the question has dates of its own, or its dated form is none of the peer's.
    """

    name: str
    asks: str
    parameters: str
    ours: str
    floor: str
    floor_dated: str | None
    peer: str | None
    peer_dated: str | None

    @property
    def has_dates(self) -> bool:
        """Whether it can be asked as of a date."""
        return self.floor_dated is not None


def questions() -> list[Question]:
    """Return all questions, in the order of their names."""
    folder = files("bench").joinpath("workloads")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    return [_read(name.removesuffix(".toml"), folder.joinpath(name).read_text(encoding="utf-8")) for name in names]


def _read(name: str, text: str) -> Question:
    said = tomllib.loads(text)
    if unknown := said.keys() - _KNOWN:
        raise ValueError(f"{name}.toml says {', '.join(sorted(unknown))}, which no question has.")
    peer_dated = said.get("peer_dated")
    return Question(
        name=name,
        asks=said["asks"],
        parameters=said["parameters"],
        ours=said["ours"],
        floor=_cypher(said["floor"], is_dated=False),
        floor_dated=_cypher(said["floor"], is_dated=True) if "$asOf" in said["ours"] else None,
        peer=said.get("peer"),
        peer_dated=None if peer_dated is None else _peer(peer_dated),
    )


def _peer(text: str) -> str:
    return text.replace("@edges", f"where: {{ edge: {{ {_PEER_DATES} }} }}").replace("@dates", _PEER_DATES)


def _cypher(text: str, *, is_dated: bool) -> str:
    def holds(variable: str) -> str:
        return f"{variable}.validFrom <= $asOf AND ({variable}.validTo IS NULL OR {variable}.validTo > $asOf)"

    def written(found: re.Match[str]) -> str:
        what, given = found[1], [one.strip() for one in found[2].split(",")]
        one = given[0]
        match what:
            case "types":
                return f"{one}|{one}_ENDED|{one}_PLANNED" if is_dated else one
            case "labels":
                return f"{one}|{one}Ended|{one}Planned" if is_dated else one
            case "where":
                return f"WHERE {holds(one)}" if is_dated else ""
            case "and":
                return f"AND {holds(one)}" if is_dated else ""
            case "name":
                return (
                    f"coalesce([({one})-[:HAS_STATE]->(state) WHERE {holds('state')} | state.name][0], {one}.name)"
                    if is_dated
                    else f"{one}.name"
                )
            case _:
                code = given[2] if len(given) > 2 else "$code"
                if is_dated:
                    return f"({one}:Entity {{id: '{given[1]}:' + {code}}}) WHERE {holds(one)}"
                return f"({one}:{given[1]} {{odsCode: {code}}})"

    return _ABBREVIATION.sub(written, text).strip()
