"""What can go wrong in the graph, from the root of every error that icsgraph raises on purpose.

IcsgraphError
├── StatementNotValid      a `.cypher` file does not say what it must: a defect of ours
├── RecordNotValid         a record cannot be a fact: an interval that is empty, a state that does not touch the next
├── WriteError
│   ├── StaleChange        a change starts from something that the graph does not hold now
│   ├── CodeTaken          two things in force would bear one code
│   ├── OutsideLife        a relationship reaches beyond the life of one of its ends
│   ├── GraphNotPrepared   the database has no constraints and no Graph node of ours yet
│   ├── KeyNameTaken       a key of that name was given before
│   ├── NoSuchKey          there is no key of that name
│   └── WriteLost          the database wrote fewer things than it was told to: a defect of ours
├── DerivationError        a rule's rows contradict each other or name what is not there
└── IntegrityViolated      the graph as it would be after the change breaks what must always hold
"""

from collections.abc import Sequence


class IcsgraphError(Exception):
    """Something that icsgraph can explain to whoever asked for it."""


class StatementNotValid(IcsgraphError):
    """A `.cypher` file is missing, or its header does not say what it must."""


class RecordNotValid(IcsgraphError):
    """A record cannot be a fact of the graph."""


class WriteError(IcsgraphError):
    """A change set could not be written, and nothing of it was."""


class StaleChange(WriteError):
    """Something else was written since the change was made; read again and make it anew."""


class CodeTaken(WriteError):
    """Two things in force would bear one code; the message is the database's, and names both."""


class OutsideLife(WriteError):
    """Relationships would reach beyond the lives of their ends; `offenders` names them."""

    def __init__(self, offenders: Sequence[str]) -> None:
        self.offenders = tuple(offenders)
        shown = "; ".join(self.offenders[:5])
        more = f"; and {len(self.offenders) - 5} more" if len(self.offenders) > 5 else ""
        super().__init__(f"{len(self.offenders)} relationship(s) outside the lives of their ends: {shown}{more}")


class GraphNotPrepared(WriteError):
    """The database was never prepared for this graph; `Writer.prepare` does it."""


class KeyNameTaken(WriteError):
    """A key of that name was given before; names are given once for all."""


class NoSuchKey(WriteError):
    """There is no key of that name."""


class WriteLost(WriteError):
    """The database wrote fewer things than it was told to."""


class DerivationError(IcsgraphError):
    """A rule's rows cannot be made into facts; the message names the rule and the row."""


class IntegrityViolated(IcsgraphError):
    """The graph breaks what must always hold; `violations` maps each broken check to its first offenders."""

    def __init__(self, violations: dict[str, list[str]]) -> None:
        self.violations = violations
        told = "; ".join(f"{name}: {', '.join(rows[:3])}" for name, rows in violations.items())
        super().__init__(f"the graph would not be sound: {told}")
