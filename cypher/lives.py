"""A relationship lies within both its ends' lives: what ends with a node, and what a change may not say.

Pure. When a node's life becomes shorter its relationships are clipped to it in the same change set; a relationship that
a change itself says must lie within the lives as they will be, or nothing is written. SUCCEEDED_BY and
CLAIMED_ABOUT join things of different lives and are left alone, unless one of its ends is withdrawn.
"""

from collections.abc import Callable, Iterable, Sequence

from cypher.change import IDENTIFIER_TYPE, STANDALONE_TYPES, Change, LinkKey, LinkRecord, NodeRecord, change
from cypher.errors import OutsideLife
from cypher.held import Held
from cypher.validity import Validity, intersection

__all__ = ["check_lives", "clippings"]


def clippings(changes: Sequence[Change], held: Held, *, left_to_rules: Callable[[LinkRecord], bool]) -> list[Change]:
    """Return what else changes because nodes' lives do; `left_to_rules` tells which links are derived anew anyway."""
    said: set[LinkKey] = {
        record.identity for one in changes for record in (one.before, one.after) if isinstance(record, LinkRecord)
    }
    lives: dict[str, Validity | None] = {}
    for one in changes:
        if isinstance(one.before, NodeRecord):
            after = one.after.life if isinstance(one.after, NodeRecord) else None
            if after != one.before.life:
                lives[one.before.id] = after
    result: list[Change] = []
    for node in lives:
        for link in list(held.links_at(node)):
            if link.identity in said or left_to_rules(link):
                continue
            said.add(link.identity)
            result.extend(_clip(link, lives))
    return result


def _clip(link: LinkRecord, lives: dict[str, Validity | None]) -> Iterable[Change]:
    validity: Validity | None = link.validity
    for end in (link.start, link.end):
        if end not in lives or validity is None:
            continue
        life = lives[end]
        if life is None:
            validity = None
        elif link.type not in STANDALONE_TYPES and not validity.within(life):
            validity = intersection(validity, life)
    after = None if validity is None else link.during(validity)
    if after is not None and after.identity != link.identity:
        pair = (change(link, None), change(None, after))
    else:
        pair = (change(link, after), None)
    return (one for one in pair if one is not None)


def check_lives(changes: Iterable[Change], life_of: Callable[[str], Validity | None]) -> None:
    """Raise OutsideLife where a relationship would reach beyond the life of an end, or join what is not there."""
    offenders: list[str] = []
    for one in changes:
        link = one.after
        if not isinstance(link, LinkRecord):
            continue
        for end in (link.start, link.end):
            if link.type == IDENTIFIER_TYPE and end == link.end:
                continue
            life = life_of(end)
            if life is None:
                offenders.append(f"{link}: there is no {end}")
            elif link.type not in STANDALONE_TYPES and not link.validity.within(life):
                offenders.append(f"{link}: {end} lives {life.valid_from}..{life.valid_to or ''}")
    if offenders:
        raise OutsideLife(offenders)
