"""`PersistedDocuments`: documents that the server knows, so that a client sends an id instead of the text.

An id is `sha256:` and the SHA-256 of the document's text in UTF-8, in hexadecimal; so a manifest cannot name a document
wrongly, and Apollo's `extensions.persistedQuery.sha256Hash` is the same id without its prefix. A manifest is a JSON
object from id to text. `server/documents.json` is the one that is shipped; a deployment may add its own.
"""

import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Self

import orjson

from server.errors import BadSetting

__all__ = ["PREFIX", "PersistedDocuments", "document_id"]

PREFIX = "sha256:"
_HEXADECIMAL = re.compile(r"[0-9a-f]{64}")


def document_id(text: str) -> str:
    """Return the id of a document."""
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()


class PersistedDocuments:
    """The documents of the manifests, by id; where `are_all` is true, no others are answered."""

    def __init__(self, documents: Mapping[str, str], *, are_all: bool = False) -> None:
        self._documents = dict(documents)
        self.are_all = are_all

    @classmethod
    def of(cls, own: Path | None, *, are_all: bool) -> Self:
        """Read the manifest that is shipped, and a deployment's own.

        Raises:
            BadSetting: its own cannot be read, is no manifest, or has a document under another id than its own.
        """
        documents: dict[str, str] = orjson.loads(files("server").joinpath("documents.json").read_bytes())
        return cls({**documents, **(_read(own) if own is not None else {})}, are_all=are_all)

    @staticmethod
    def is_id(sent: str) -> bool:
        """Return whether a text has the form of an id."""
        return sent.startswith(PREFIX) and _HEXADECIMAL.fullmatch(sent[len(PREFIX) :]) is not None

    def get(self, sent: str) -> str | None:
        """Return the document with that id, or None where it is not known."""
        return self._documents.get(sent)

    def allows(self, text: str) -> bool:
        """Return whether a document's text is answered: any, or only those that are known."""
        return not self.are_all or document_id(text) in self._documents


def _read(path: Path) -> dict[str, str]:
    def bad(why: str) -> BadSetting:
        return BadSetting(f"ICSGRAPH_DOCUMENTS_FILE is '{path}', {why}.")

    try:
        manifest = orjson.loads(path.read_bytes())
    except OSError as error:
        raise bad(f"which cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise bad("which is not JSON in UTF-8") from error
    if not isinstance(manifest, dict) or not all(isinstance(text, str) for text in manifest.values()):
        raise bad('but must hold one JSON object, like {"sha256:…": "query Name { … }"}')
    for given, text in manifest.items():
        if given != document_id(text):
            raise bad(f"which has a document as {given[:100]!r} whose id is {document_id(text)!r}")
    return manifest
