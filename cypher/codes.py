"""Codes of ours for things that nobody gave one: readable words made of their names."""

import re
import unicodedata

__all__ = ["slug"]


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens, without what stands in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")
