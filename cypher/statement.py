"""One Cypher text with the header that documents it.

A file begins with its header, comment lines of `// key: value`; a line `//   more` goes on with the value above it:

    // asks: which organisations bear this code
    // takes: code: STRING
    // gives: id: STRING, name: STRING
    MATCH …

`asks`, `takes` and `gives` are always there (`nothing` where there is nothing); `rule`, `reads`, `writes`, `composes`,
`members`, `holds`, `basis` and `after` where they apply. `after` names the statement that this one goes on from: its
text without the last RETURN stands before this one's. A file of several statements has a line `// part: name` before
the header of each.

A line `// here: name` in a text stands for the text of another statement, where that begins with a line that finds
something by a parameter, without that line: what it would find is there already.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile

from cypher.errors import StatementNotValid

__all__ = ["Column", "Statement", "in_one_record", "load", "names", "opening", "parts", "taking_one_map"]

_KEYS = ("asks", "takes", "gives", "rule", "reads", "writes", "composes", "members", "holds", "after", "basis")
_HERE = re.compile(r"^( *)// here: (\S+)$", re.MULTILINE)
_NEEDED = ("asks", "takes", "gives")
_HEADER = re.compile(r"// ([a-z]+): (\S.*)")
_MORE = re.compile(r"// {2,}(\S.*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A parameter or a column of the answer; `type` as Cypher names it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher text and what its header says of it.

    `rule` is the code of the rule that it is; `reads` names what the text looks at (relationship types and labels,
    without status), `writes` what is made of it, `composes` which end of the relationship is a whole of members,
    `members` which statement lists those members, `holds` what an integrity check is the test of, `basis` the law,
    guidance or source that a rule rests on. `after` names the statement that the text goes on from, and `own` is the
    text without what that one gives.
    """

    name: str
    part: str | None
    text: str
    asks: str
    takes: tuple[Column, ...]
    gives: tuple[Column, ...]
    rule: str | None = None
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    composes: str | None = None
    members: str | None = None
    holds: str | None = None
    basis: str | None = None
    after: str | None = None
    own: str = ""


def load(name: str, part: str | None = None) -> Statement:
    """Return the statement of `cypher/<name>.cypher`, or one part of it.

    Raises:
        StatementNotValid: there is no such file or part, or its header breaks the rules above.
    """
    statements = _file(name)
    if part not in statements:
        have = ", ".join(str(one) for one in statements)
        raise StatementNotValid(f"cypher/{name}.cypher has no part {part!r}, only {have}")
    return statements[part]


def parts(name: str) -> tuple[str | None, ...]:
    """Return the names of the parts of a file; `(None,)` where it has none."""
    return tuple(_file(name))


def names(folder: str) -> tuple[str, ...]:
    """Return the names of all statement files in a folder of `cypher/`, sorted."""
    inside = files("cypher").joinpath(folder)
    if not inside.is_dir():
        return ()
    return tuple(
        sorted(
            f"{folder}/{one.name.removesuffix('.cypher')}" for one in inside.iterdir() if one.name.endswith(".cypher")
        )
    )


@cache
def _file(name: str) -> dict[str | None, Statement]:
    path = files("cypher").joinpath(f"{name}.cypher")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise StatementNotValid(f"there is no cypher/{name}.cypher") from error
    return parse(name, text)


def parse(name: str, text: str) -> dict[str | None, Statement]:
    """Return the statements of a file's text by their parts; a file without parts has the one part None."""
    chunks: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in text.splitlines():
        if line.startswith("// part: "):
            chunks.append((line.removeprefix("// part: ").strip(), []))
        else:
            chunks[-1][1].append(line)
    whole = chunks.pop(0)
    if not chunks:
        chunks = [whole]
    elif any(line.strip() for line in whole[1]):
        raise StatementNotValid(f"cypher/{name}.cypher has text before its first part")
    statements = {part: _statement(name, part, lines) for part, lines in chunks}
    if len(statements) != len(chunks):
        raise StatementNotValid(f"cypher/{name}.cypher has a part twice")
    return statements


def _statement(name: str, part: str | None, lines: list[str]) -> Statement:
    where = f"cypher/{name}.cypher" + (f", part {part}" if part else "")
    header: dict[str, str] = {}
    last = ""
    written = list(takewhile(lambda line: line.startswith("//"), lines))
    for line in written:
        more = _MORE.fullmatch(line)
        found = _HEADER.fullmatch(line)
        if more and last:
            header[last] += f" {more[1].strip()}"
        elif found and found[1] in _KEYS and found[1] not in header:
            last = found[1]
            header[last] = found[2].strip()
        else:
            raise StatementNotValid(
                f"{where}: {line!r} is no header line, or is there twice; keys are {', '.join(_KEYS)}"
            )
    own = _HERE.sub(_embedded, "\n".join(lines[len(written) :]).strip())
    for key in _NEEDED:
        if key not in header:
            raise StatementNotValid(f"{where}: the header does not say what it {key}")
    if not own:
        raise StatementNotValid(f"{where}: there is no Cypher")
    after = header.get("after")
    return Statement(
        name=name,
        part=part,
        text=f"{opening(after)}\n{own}" if after else own,
        asks=header["asks"],
        takes=tuple(_columns(where, header["takes"])),
        gives=tuple(_columns(where, header["gives"])),
        rule=header.get("rule"),
        reads=tuple(_list(header.get("reads", ""))),
        writes=tuple(_list(header.get("writes", ""))),
        composes=header.get("composes"),
        members=header.get("members"),
        holds=header.get("holds"),
        basis=header.get("basis"),
        after=after,
        own=own,
    )


def opening(name: str) -> str:
    """Return the text of a statement without its last RETURN, for statements that go on from it."""
    before, found, _ = load(name).text.rpartition("\nRETURN ")
    if not found:
        raise StatementNotValid(f"cypher/{name}.cypher does not end with a RETURN line")
    return before


def _embedded(found: re.Match[str]) -> str:
    lines = load(found[2]).text.splitlines()
    return "\n".join(found[1] + line for line in (lines[1:] if "$" in lines[0] else lines))


@cache
def taking_one_map(statement: Statement) -> str:
    """Return a statement's text with its parameters as the entries of one, the map `$given`.

    Neo4j keeps a plan for each length of each list that it is given (none, one, up to ten, up to a hundred, …) and
    plans anew for the next: for a rule half a second, on a database just started several. Into a map it doesn't look.
    """
    taken = "|".join(column.name for column in statement.takes)
    return re.sub(rf"\$({taken})\b", r"$given.\1", statement.text) if taken else statement.text


@cache
def in_one_record(statement: Statement) -> str:
    """Return a statement's text, taking one map, with its rows as lists in one record `rows`, and dates as text."""
    columns = ", ".join(
        f"toString({column.name})" if column.type == "DATE" else column.name for column in statement.gives
    )
    return f"CALL () {{\n{taking_one_map(statement)}\n}}\nRETURN collect([{columns}]) AS rows\n"


def _list(text: str) -> Iterable[str]:
    return (one.strip() for one in text.split(",") if one.strip())


def _columns(where: str, text: str) -> Iterable[Column]:
    if text == "nothing":
        return
    for one in re.split(r",\s*(?![^<]*>)", text):
        name, colon, type_ = one.partition(":")
        if not colon or not type_.strip() or not _NAME.fullmatch(name.strip()):
            raise StatementNotValid(f"{where}: {one!r} is not `name: TYPE`")
        yield Column(name.strip(), type_.strip())
