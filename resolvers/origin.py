"""How the place that distances are measured from is checked and bound: a code, a point, or a postcode."""

from collections.abc import Mapping
from dataclasses import dataclass

from resolvers.arguments import checked_any_code
from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.postcodes import checked_postcode
from resolvers.selection import Argument

__all__ = ["OriginParameter"]

_ORIGINS = "code, point, postcode"
_ALLOWED = "latitude -90 to 90 and longitude -180 to 180"


@dataclass(frozen=True, slots=True)
class OriginParameter:
    """Exactly one of a code, a point and a postcode, as a map of `code`, `latitude`, `longitude` and `postcode`."""

    name: str
    argument: Argument | None
    key: str
    location: Location

    def bind(self, variables: Mapping[str, object], _: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        named = self.argument.name if self.argument else ""
        sent = {name: one for name, one in given.items() if one is not None} if isinstance(given, Mapping) else {}
        if len(sent) != 1:
            raise self._mistake(f"{named} takes exactly one of code, point and postcode", "ONE_CODE_NEEDED", _ORIGINS)
        origin = {"code": None, "latitude": None, "longitude": None, "postcode": None}
        point = sent.get("point")
        if "postcode" in sent:
            postcode = checked_postcode(str(sent["postcode"]), self.key, f"{named}.postcode", self.location)
            bound.parameters[self.name] = {**origin, "postcode": postcode}
            return
        if not isinstance(point, Mapping):
            code = checked_any_code(str(sent["code"]), self.key, f"{named}.code", self.location)
            bound.parameters[self.name] = {**origin, "code": code}
            return
        latitude, longitude = float(point["latitude"]), float(point["longitude"])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            what = f"{named}.point is {latitude}, {longitude}, which is not {_ALLOWED}"
            raise self._mistake(what, "POINT_OUT_OF_RANGE", _ALLOWED)
        bound.parameters[self.name] = {**origin, "latitude": latitude, "longitude": longitude}

    def _mistake(self, what: str, code: str, allowed: str) -> MalformedArgument:
        return MalformedArgument(
            f"{self.key}: {what}.",
            code,
            locations=[self.location],
            details={"argument": self.argument.name if self.argument else "", "allowed": allowed},
        )
