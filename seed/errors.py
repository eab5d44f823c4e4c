"""What can be wrong with a source or a table.

IcsgraphError
└── SeedError
    ├── SourceChanged        a raw file is not the one that sources.yml describes
    ├── SourceMissing        a raw file, or its description, is not there
    ├── SourceNotUnderstood  a raw file holds a column or category that its reader does not know
    ├── TableNotValid        a tidy table breaks its own layout
    └── CountNotMet          a source or table holds more or fewer than it must
"""

from cypher.errors import IcsgraphError


class SeedError(IcsgraphError):
    """The graph cannot be made from what lies in the folder."""


class SourceChanged(SeedError):
    """A raw file's checksum is not the one that was written down when it was read."""


class SourceMissing(SeedError):
    """A raw file that a reader needs, or the description of one, is not there."""


class CountNotMet(SeedError):
    """A source or table holds more or fewer of something than it must."""


class _AtValue(SeedError):
    """An error at one value of one file, which it names."""

    def __init__(self, file: str, line: int, column: str, value: str, what: str) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.what = what
        super().__init__(f"{file}, line {line}, column {column}, value {value!r}: {what}")


class SourceNotUnderstood(_AtValue):
    """A raw file holds something that its reader has no meaning for."""


class TableNotValid(_AtValue):
    """A tidy table holds a value that its layout does not allow."""
