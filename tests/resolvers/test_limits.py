"""What a document may be, and how it is told that it is too much."""

import pytest
from graphql import get_introspection_query, parse

from resolvers.errors import MalformedDocument
from resolvers.limits import DocumentLimits, check

_LIMITS = DocumentLimits(tokens=4000, depth=4, aliases=2, root_fields=3, directives=2, cost=1)


@pytest.mark.parametrize(
    ("text", "code", "sent", "cut"),
    [
        ("{ o a { a { a { a { a } } } } }", "TOO_DEEP", 5, "a.a.a.a.a"),
        ("{ k: a { ...A } } fragment A on T { b { l: b { b { b } } } }", "TOO_DEEP", 5, "k.b.l.b.b"),
        ("{ a: x b: x c: x }", "TOO_MANY_ALIASES", 3, "a"),
        ("{ x { ...A } y { ...A } z { ...A } } fragment A on T { a: b }", "TOO_MANY_ALIASES", 3, "x.a"),
        ("{ x y { o ... on T { p { a: b c: d } q: r } } }", "TOO_MANY_ALIASES", 3, "y.p.a"),
        ("{ a b c d }", "TOO_MANY_ROOT_FIELDS", 4, "d"),
        ("{ ...A ...A } fragment A on Query { a k: b }", "TOO_MANY_ROOT_FIELDS", 4, "k"),
        ("{ a @x @y @z }", "TOO_MANY_DIRECTIVES", 3, "a"),
    ],
)
def test_what_is_too_much_is_refused_with_the_figures(text: str, code: str, sent: int, cut: str) -> None:
    """A fragment counts as often as it is spread, so it hides nothing; the field to cut is named by its path."""
    with pytest.raises(MalformedDocument) as error:
        check(parse(text), _LIMITS)

    assert (error.value.code, error.value.details["sent"]) == (code, sent)
    assert error.value.details["allowed"] == sent - 1
    assert error.value.details["cut"] == ".".join(map(str, error.value.path)) == cut


def test_no_more_is_to_be_left_out_than_must_be() -> None:
    """Four of six aliases are too many: the deepest field with as many is named, and not the one around it."""
    with pytest.raises(MalformedDocument) as error:
        check(parse("{ a { b { c: x d: x e: x f: x } } g: h { i: x } }"), _LIMITS)

    assert error.value.path == ("a", "b")


def test_a_cycle_of_fragments_ends() -> None:
    """Validation says what is wrong with it; measuring it must not hang."""
    check(parse("{ a { ...A } } fragment A on T { b { ...B } } fragment B on T { c { ...A } }"), _LIMITS)
    with pytest.raises(MalformedDocument) as error:
        check(
            parse("{ a { ...A } } fragment A on T { b { x: y ...B } } fragment B on T { c: z { d: y ...A } }"), _LIMITS
        )
    assert len(error.value.path) <= _LIMITS.depth + 1


def test_doubling_fragments_are_measured_in_a_moment() -> None:
    """Thirty fragments, each spreading the next one twice, stand for a thousand million fields."""
    text = "{ a { ...F0 } } " + " ".join(
        f"fragment F{number} on T {{ x{number} ...F{number + 1} ...F{number + 1} }}" for number in range(30)
    )

    with pytest.raises(MalformedDocument):
        check(parse(text + " fragment F30 on T { a: b }"), _LIMITS)


def test_the_introspection_that_tools_send_is_within_the_defaults() -> None:
    """Code generators and explorers work out of the box."""
    check(parse(get_introspection_query()), DocumentLimits(4000, 20, 60, 30, 60, 50_000))
