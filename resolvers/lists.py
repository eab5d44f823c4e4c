"""How an argument that is a list of codes or ids is checked and bound, each of them like one sent alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resolvers.errors import Location, MalformedArgument
from resolvers.plan import Bound, Circumstances
from resolvers.selection import Argument

__all__ = ["ListParameter"]


@dataclass(frozen=True, slots=True)
class ListParameter:
    """A list, at most as long as a page; `check` gives the parameter's value for one text, by its place in the list."""

    name: str
    argument: Argument | None
    key: str
    location: Location
    check: Callable[[str, str], str]

    def bind(self, variables: Mapping[str, object], circumstances: Circumstances, bound: Bound) -> None:
        given = self.argument.bound(variables) if self.argument else None
        texts = [str(one) for one in given] if isinstance(given, list | tuple) else []
        named = self.argument.name if self.argument else ""
        allowed = circumstances.pages.maximum
        if len(texts) > allowed:
            raise MalformedArgument(
                f"{self.key}({named}:) was sent {len(texts)} of them; at most {allowed} are allowed."
                " Send several requests.",
                "TOO_MANY_CODES",
                locations=[self.location],
                details={"argument": named, "sent": len(texts), "allowed": allowed},
            )
        bound.parameters[self.name] = [self.check(text, f"{named}[{at}]") for at, text in enumerate(texts)]
        for at, text in enumerate(texts):
            bound.codes[f"{self.name}.{at}"] = text
