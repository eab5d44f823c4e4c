"""Settings are read whole from the environment, and a bad one is explained."""

from pathlib import Path

import pytest

from server.errors import BadSetting
from server.settings import Settings, listing


def test_an_empty_environment_gives_the_defaults() -> None:
    """Nothing has to be set, and an empty variable counts as not set."""
    settings = Settings.from_environment({"HOME": "/home/somebody", "ICSGRAPH_PORT": ""})

    assert (settings.host, settings.port, settings.connection) == ("127.0.0.1", 8000, None)


def test_what_the_environment_says_is_taken() -> None:
    """Each kind of value is read: a number, a path, an address."""
    settings = Settings.from_environment(
        {"ICSGRAPH_PORT": "0", "ICSGRAPH_DATA": "/somewhere", "NEO4J_URI": "neo4j+s://graph.example"}
    )

    assert (settings.port, settings.data, settings.neo4j_uri) == (0, Path("/somewhere"), "neo4j+s://graph.example")


def test_several_pages_may_be_named() -> None:
    """With commas between them, and with or without a slash at the end."""
    settings = Settings.from_environment({"ICSGRAPH_CORS_ORIGINS": "https://a.example/, http://localhost:5173"})

    assert settings.cors_origins == ("https://a.example", "http://localhost:5173")


def test_data_and_cache_follow_the_xdg_folders() -> None:
    """The user's folders are those that the environment given names, not those of this process."""
    settings = Settings.from_environment({"XDG_DATA_HOME": "/kept", "XDG_CACHE_HOME": "/fetched"})

    assert (settings.data, settings.cache) == (Path("/kept/icsgraph"), Path("/fetched/icsgraph"))


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("ICSGRAPH_PORT", "http", "a whole number from 0 to 65535"),
        ("ICSGRAPH_PORT", "65536", "a whole number from 0 to 65535"),
        ("ICSGRAPH_PORT", "-1", "a whole number from 0 to 65535"),
        ("ICSGRAPH_MAX_DEPTH", "1_0", "a whole number from 5 to 500"),
        ("ICSGRAPH_MAX_PAGE", "٣", "a whole number from 1 to 10000"),
        ("ICSGRAPH_MAX_PAGE", "9" * 5000, "a whole number from 1 to 10000"),
        ("NEO4J_URI", "http://127.0.0.1:7474", "an address like bolt://host:7687"),
        ("NEO4J_URI", "bolt://", "an address like bolt://host:7687"),
        ("ICSGRAPH_DOCUMENTS_ONLY", "perhaps", "yes or no"),
        ("ICSGRAPH_CORS_ORIGINS", "example.org", "addresses of pages like https://example.org"),
        ("ICSGRAPH_CORS_ORIGINS", "https://example.org/page", "addresses of pages like https://example.org"),
        ("ICSGRAPH_CORS_ORIGINS", "*, https://example.org", "addresses of pages like https://example.org"),
        ("ICSGRAPH_MAVEN_REPOSITORY", "ftp://example", "an address that begins with https:// or http://"),
    ],
)
def test_a_bad_value_is_one_sentence(variable: str, value: str, allowed: str) -> None:
    """The sentence names the variable, what it was, and what is allowed."""
    with pytest.raises(BadSetting) as raised:
        Settings.from_environment({variable: value})

    sentence = str(raised.value)
    assert sentence.startswith(f"{variable} is {value!r}, but must be {allowed}")
    assert "\n" not in sentence


def test_the_password_may_lie_in_a_file(tmp_path: Path) -> None:
    """The file's line end is not part of the password."""
    (tmp_path / "password").write_text("a secret\n", encoding="utf-8")

    settings = Settings.from_environment(
        {"NEO4J_URI": "bolt://host", "NEO4J_PASSWORD_FILE": str(tmp_path / "password")}
    )

    assert settings.connection is not None
    assert settings.connection.password == "a secret"  # noqa: S105 - the test's own


@pytest.mark.parametrize("also", [{}, {"NEO4J_PASSWORD": "x"}])
def test_a_password_file_that_cannot_be_used_is_explained(tmp_path: Path, also: dict[str, str]) -> None:
    """A missing file, and a password given twice, are each a sentence."""
    with pytest.raises(BadSetting, match="NEO4J_PASSWORD_FILE"):
        Settings.from_environment({"NEO4J_PASSWORD_FILE": str(tmp_path / "missing"), **also})


def test_a_page_is_not_larger_than_the_largest() -> None:
    """Two settings that contradict each other are refused together."""
    with pytest.raises(BadSetting, match="ICSGRAPH_DEFAULT_PAGE is 20, but must not be more than ICSGRAPH_MAX_PAGE"):
        Settings.from_environment({"ICSGRAPH_DEFAULT_PAGE": "20", "ICSGRAPH_MAX_PAGE": "10"})


def test_the_password_is_never_printed() -> None:
    """Neither the settings nor the connection show it."""
    settings = Settings.from_environment({"NEO4J_URI": "bolt://host", "NEO4J_PASSWORD": "hush"})

    assert "hush" not in repr(settings)
    assert "hush" not in repr(settings.connection)


def test_every_setting_is_listed_with_a_sentence() -> None:
    """What people read comes from the class itself."""
    variables = [variable for variable, _, _ in listing()]

    assert len(set(variables)) == len(variables) > 30
    assert all(explanation.endswith(".") for _, _, explanation in listing())
