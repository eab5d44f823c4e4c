"""What was held at a past sequence (`knownAt`): how the text of a date becomes the text of a date and a knowledge.

A relationship that is no longer held lies as `T_SUPERSEDED` with the `recordedTo` at which it ceased to be. A node has
only its present values, with the `recordedFrom` of the state that it shows; its other states hang on `HAS_STATE`, those
no longer held on `HAS_STATE_SUPERSEDED`, and a node made in error bears no label but `Entity`. So whether it existed,
its life and its values at a sequence are told from the states that were held then (`lay`), and labels tell nothing.

The graph's own texts, in which types and lives are written out (`T|T_ENDED|T_PLANNED`, `n.validFrom`), are rewritten
for a knowledge (`rewritten`): what they say of the graph as it lies now, they then say of it as it lay. A text that
can't be is refused, never answered with what is held now.
"""

import re
from collections.abc import Callable

from resolvers.errors import PlanError

__all__ = [
    "TODAY",
    "NotTold",
    "exists",
    "expanded",
    "held",
    "lay",
    "lives",
    "of_now",
    "recorded",
    "rescoped",
    "rewritten",
    "sequence_of",
    "values",
]

TODAY = "today"  # the parameter of the day that decides which of its states a node shows
_STATES = "HAS_STATE|HAS_STATE_SUPERSEDED"
_IMMUTABLE = "id|code|scheme|value"  # the last two are of identifiers, which have no clocks
_NO_ENTITY = frozenset({"State", "Source", "Scope", "ChangeSet", "Term", "Identifier", "Graph", "Postcode"})


class NotTold(PlanError):
    """A text of the graph that can't be asked of a past knowledge."""


def sequence_of(name: str) -> str:
    """Return the clause that binds `name` to the sequence meant by the parameter of that name.

    An instant means the last change set that was recorded at or before it; null before the first.
    """
    return (
        f"CALL () {{ RETURN coalesce(${name}.sequence, head(COLLECT {{ MATCH (told:ChangeSet)"
        f" WHERE told.recordedAt <= ${name}.instant RETURN told.sequence ORDER BY told.sequence DESC LIMIT 1 }}))"
        f" AS {name} }}"
    )


def recorded(sequence: str) -> str:
    """Return the expression of when a change set was recorded."""
    return f"head(COLLECT {{ MATCH (told:ChangeSet {{sequence: {sequence}}}) RETURN told.recordedAt }})"


def held(variable: str, known: str) -> str:
    """Return the predicate that a relationship or state was held at the sequence."""
    return f"{variable}.recordedFrom <= {known} AND coalesce({known} < {variable}.recordedTo, true)"


def exists(node: str, known: str) -> str:
    """Return the predicate that anything was held of an entity at the sequence."""
    states = f"({node})-[:{_STATES}]->(held:State WHERE {held('held', known)})"
    return f"(coalesce({node}.recordedFrom <= {known}, false) OR EXISTS {{ {states} }})"


def lives(node: str, known: str, day: str) -> str:
    """Return the predicate that an entity was in force at the date, by what was held at the sequence."""
    shown = f"{node}.stateFrom <= ${day} AND coalesce(${day} < coalesce({node}.stateTo, {node}.validTo), true)"
    states = f"({node})-[:{_STATES}]->(held:State WHERE {held('held', known)} AND {_dates('held', day)})"
    return f"(coalesce({node}.recordedFrom <= {known} AND {shown}, false) OR EXISTS {{ {states} }})"


def lay(node: str, known: str) -> str:
    """Return the map of what lay on a node at the sequence, null where nothing did.

    The values of the state that it showed, its life, and `states`, which are all states of that life.
    """
    shown = (
        f"{node} {{.*, validFrom: {node}.stateFrom,"
        f" validFromPrecision: coalesce({node}.stateFromPrecision, {node}.validFromPrecision),"
        f" validTo: coalesce({node}.stateTo, {node}.validTo),"
        f" validToPrecision: coalesce({node}.stateToPrecision, {node}.validToPrecision)}}"
    )
    beside = f"[({node})-[:{_STATES}]->(held:State) WHERE {held('held', known)} | held {{.*}}]"
    on_day = f"head([one IN known WHERE one.validFrom <= ${TODAY} AND coalesce(${TODAY} < one.validTo, true)])"
    # Of a life that is over the last, of one that is to come the first.
    nearest = (
        "reduce(far = known[0], one IN known |"
        f" CASE WHEN (one.validFrom > far.validFrom) = (far.validFrom <= ${TODAY}) THEN one ELSE far END)"
    )
    ends = (
        "reduce(two = [shown, shown], one IN known | [CASE WHEN one.validFrom < two[0].validFrom THEN one ELSE two[0]"
        " END, CASE WHEN one.validFrom > two[1].validFrom THEN one ELSE two[1] END])"
    )
    return (
        f"head([known IN [{beside} + CASE WHEN {node}.recordedFrom <= {known} THEN [{shown}] ELSE [] END]"
        f" WHERE known <> [] | head([shown IN [coalesce({on_day}, {nearest})] | head([ends IN [{ends}] | shown {{.*,"
        f" id: {node}.id, code: {node}.code,"
        " validFrom: ends[0].validFrom, validFromPrecision: ends[0].validFromPrecision,"
        " validTo: ends[1].validTo, validToPrecision: ends[1].validToPrecision,"
        " stateFrom: shown.validFrom, stateFromPrecision: shown.validFromPrecision,"
        " stateTo: shown.validTo, stateToPrecision: shown.validToPrecision, states: known}])])])"
    )


def values(life: str, day: str) -> str:
    """Return the map of the values at the date, of a node of which `life` is what lay on it; it bears `life` too."""
    on_day = f"head([one IN {life}.states WHERE {_dates('one', day)}])"
    return f"head([one IN [coalesce({on_day}, {life})] | one {{.*, life: {life}}}])"


_PLACEHOLDER = re.compile(r"\{(tell|tell_where|and|if_told|told|life|lives)(?::((?:\w|\{\w+\})+(?:\.\w+)*))?\}")
_UNTOLD = re.compile(r"\{untold:([^{}]+)\}")


def of_now(template: str, covers: Callable[[str], str]) -> str:
    """Return a template without what it says for a past knowledge alone."""
    if "{" not in template:
        return template
    template = _UNTOLD.sub("", template).replace("{known}", "null")

    def said(found: re.Match[str]) -> str:
        kind, of = found[1], found[2]
        if kind == "lives":
            return covers(of)
        return " AND" if kind == "tell_where" else of if kind in {"if_told", "told", "life"} else ""

    return _PLACEHOLDER.sub(said, template)


def rescoped(text: str, known: str) -> str:
    """Return the text with the sequence in the scope of its every subquery."""
    return re.sub(
        r"CALL \(([^()]*)\) \{", lambda found: f"CALL ({', '.join(filter(None, (found[1], known)))}) {{", text
    )


def expanded(text: str, known: str, day: str) -> str:
    """Return the text with what stands for more written out: `<exists:n>`, `<lay:n>`, `<lives:n>`."""
    written = {
        "exists": lambda node: exists(node, known),
        "lay": lambda node: lay(node, known),
        "lives": lambda node: lives(node, known, day),
    }
    return re.sub(r"<(exists|lay|lives):(\w+)>", lambda one: written[one[1]](one[2]), text)


def rewritten(text: str, known: str, day: str) -> str:
    """Return the text of what is held now as the text of what was held at the sequence.

    Raises:
        NotTold: it asks what can't be told of a past knowledge.
    """
    return _Rewriting(text, known, day).result()


def _dates(variable: str, day: str) -> str:
    return f"{variable}.validFrom <= ${day} AND coalesce(${day} < {variable}.validTo, true)"


_RELATIONSHIP = re.compile(r"\[(\w*):([A-Z_]+(?:\|[A-Z_]+)*)(\s+WHERE\b)?(\s*\*)?")
_ONE_LABEL = re.compile(r"\(\w*:(\$|\w+\b(?!\|))")
_SEVERAL_LABELS = re.compile(r"\(\w*:(\w+(?:\|\w+)+)")
_LABELS = re.compile(r"(\(?)\b(\w*):((\w+)\|\4Ended(?:\|\w+)*)(\s+WHERE\b)?")
_VALUES_INLINE = re.compile(r"(?<!\w)\((?!COLLECT|EXISTS|COUNT)\w*(?::Entity)? \{(?!id:|code:|\.)")
_EVERY_STATUS, _BEGUN = frozenset({"", "Ended", "Planned"}), frozenset({"", "Ended"})
_OTHER_STATES = re.compile(r"(OPTIONAL )?MATCH \((\w+)(:Entity)?\)-\[:HAS_STATE\]->\((\w+)(?::State)?\)")


class _Rewriting:
    """One text on its way. What is put in stands as `<kind:variable>` until all is read, so that it is not read too."""

    def __init__(self, text: str, known: str, day: str) -> None:
        self._text = re.sub(r"\s*\n\s*\|", "|", text)  # types and labels over several lines
        self._known = known
        self._day = day
        self._names = 0
        self._bound: set[str] = set()

    def result(self) -> str:
        if untold := _UNTOLD.search(self._text):
            raise NotTold(untold[1])
        if _VALUES_INLINE.search(self._text):
            raise NotTold("It finds by values as they are now.")
        if re.search(r"\bCALL db\.|-\[\w*\]-", self._text):
            raise NotTold("It is found among all that is held now.")
        now = [label for label in _ONE_LABEL.findall(self._text) if label != "Entity" and label not in _NO_ENTITY]
        if now:
            raise NotTold(f"It reads {', '.join(now)} as it is now.")
        nodes = self._nodes()
        self._bound = set(re.findall(r"\{tell(?:_where)?:(\w+)\}", self._text))
        text = re.sub(r" USING INDEX \w+:\w+\([\w, ]+\)", "", self._text)  # which tells of what lies there now
        text = re.sub(r"size\(labels\((\w+)\)\) > 1", r"<exists:\1>", text)
        text = _OTHER_STATES.sub(self._other_states, text)
        text = _LABELS.sub(self._labels, text)
        left = {label for labels in _SEVERAL_LABELS.findall(text) for label in labels.split("|")}
        if left - {"Entity", "Identifier"}:
            raise NotTold(f"It finds by labels as they are now: {', '.join(sorted(left))}.")
        for node in nodes:
            text = self._reads(text, node)
        text = _PLACEHOLDER.sub(self._placed, text)
        text = _RELATIONSHIP.sub(self._relationship, text)
        text = re.sub(r"\{covers:(\w+)\}", lambda one: self._covers(one[1], nodes), text)
        return expanded(text, self._known, self._day)

    def _placed(self, found: re.Match[str]) -> str:
        """Return what a placeholder stands for: `tell` binds what lay on a node once, for all that is read of it."""
        kind, of = found[1], found[2]
        return {
            "tell": f" WITH *, <lay:{of}> AS told_{of}",
            "tell_where": f" WITH *, <lay:{of}> AS told_{of} WHERE",
            "and": f", told_{of}",
            "if_told": f"CASE WHEN told_{of} IS NOT NULL THEN {of} END",
            "told": f"told_{of}",
            "life": f"head([entity IN [{of}] | <lay:entity>])",
            "lives": f"head([entity IN [{of}] | <lives:entity>])",
        }[kind]

    def _nodes(self) -> list[str]:
        """Return the variables of entities: those that stand in a pattern, and bear no label of anything else."""
        labelled = dict(re.findall(r"\((\w+):(\w+)", self._text))
        bare = re.findall(r"[->]\s*\((\w+)\)|\((\w+)\)\s*(?:-\[|<-)", self._text)
        states = {found[4] for found in _OTHER_STATES.finditer(self._text)}
        named = dict.fromkeys([*labelled, *(one or other for one, other in bare)])
        nodes = [name for name in named if labelled.get(name) not in _NO_ENTITY and name not in states]
        both = [name for name in nodes if re.search(rf"\[{name}:", self._text)]
        if both:
            raise NotTold(f"Its text names both an entity and a relationship {both[0]}.")
        return nodes

    def _other_states(self, found: re.Match[str]) -> str:
        optional, node, label, state = found.groups()
        if optional:
            raise NotTold("Its values at the date are looked up in a way that a past knowledge does not allow.")
        match = f"MATCH ({node}:Entity) " if label else ""
        others = "[one IN life.states WHERE one.validFrom <> life.stateFrom]"
        life = f"told_{node}" if node in self._bound else f"<lay:{node}>"
        return f"{match}UNWIND head([life IN [{life}] WHERE life IS NOT NULL | {others}]) AS {state} WITH *"

    def _relationship(self, found: re.Match[str]) -> str:
        name, types, has_where, has_steps = found.groups()
        bases = [one.removesuffix("_ENDED") for one in types.split("|") if one.endswith("_ENDED")]
        if not bases or "SUPERSEDED" in types:
            raise NotTold(f"It follows {types} as it is now.")
        if has_steps:
            raise NotTold(f"It follows {bases[0]} over any number of steps.")
        name = name or self._name()
        every = "|".join([types, *(f"{one}_SUPERSEDED" for one in bases)])
        return f"[{name}:{every} WHERE {held(name, self._known)}{' AND' if has_where else ''}"

    def _labels(self, found: re.Match[str]) -> str:
        bracket, name, labels, _, has_where = found.groups()
        kinds: dict[str, set[str]] = {}
        for label in labels.split("|"):
            ending = next((one for one in ("Ended", "Planned") if label.endswith(one)), "")
            kinds.setdefault(label.removesuffix(ending), set()).add(ending)
        statuses = {frozenset(one) for one in kinds.values()}
        if statuses not in ({_EVERY_STATUS}, {_BEGUN}):
            raise NotTold(f"It finds by labels as they are now: {', '.join(labels.split('|'))}.")
        name = name or self._name()
        either = " OR ".join(f"{name}.id STARTS WITH '{kind}:'" for kind in kinds)
        is_one = f"({either})" if len(kinds) > 1 else either
        if statuses == {_BEGUN}:
            is_one += f" AND <lay:{name}>.validFrom <= ${TODAY}"
        if not bracket:
            return f"{is_one} AND <exists:{name}>"
        return f"({name}:Entity WHERE {is_one}{' AND' if has_where else ''}"

    def _covers(self, variable: str, nodes: list[str]) -> str:
        return f"<lives:{variable}>" if variable in nodes else f"({_dates(variable, self._day)})"

    def _reads(self, text: str, node: str) -> str:
        """Return the text in which what is read of a node, save what never changes, is read of what lay on it."""
        read = rf"(?!(?:{_IMMUTABLE})\b)(?=\w)"
        if re.search(rf"(?<![\w.<:]){node} \{{\.", text):
            raise NotTold(f"It takes {node} as it is now.")
        text = re.sub(rf"\b(\w+)\.{node}\.{read}", rf"head([entity IN [\1.{node}] | <lay:entity>]).", text)
        text = re.sub(rf"\bproperties\({node}\)", f"<lay:{node}>", text)
        life = f"told_{node}" if node in self._bound else f"<lay:{node}>"
        return re.sub(rf"(?<![\w.<:]){node}\.{read}", f"{life}.", text)

    def _name(self) -> str:
        self._names += 1
        return f"anyOf{self._names}"
