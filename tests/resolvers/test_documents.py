"""What is said of a document or of variables that do not fit the schema."""

from typing import Any

import pytest

from tests.reading import Asking

_LITERAL = '{ coverage(of: "U41591", group: NOBODY) { outcome } }'
_VARIABLE = 'query($group: StaffGroup) { coverage(of: "U41591", group: $group) { outcome } }'


@pytest.mark.parametrize(("document", "variables"), [(_LITERAL, {}), (_VARIABLE, {"group": "NOBODY"})])
async def test_a_value_that_an_enum_has_not_is_answered_with_those_it_has(
    ask: Asking, document: str, variables: dict[str, Any]
) -> None:
    """The message says what was sent, what is allowed and what to do, and the list is there for programs."""
    error = await ask.error(document, **variables)

    assert "NOBODY" in error["message"]
    assert "Send one of" in error["message"]
    assert "GP_PRACTICES" in error["extensions"]["allowed"]
