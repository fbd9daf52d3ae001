"""The configuration is read under the names users expect, and a wrong one is refused in one clear line."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.settings import ConfigurationError, Settings

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SECRET = "very-secret-value"
SUCCESSOR = "CONNECTIONS__SERVICE_CONNECTION__SETTINGS__"
APP = "11111111-2222-3333-4444-555555555555"
IDENTITY = {"MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET, "MicrosoftAppTenantId": "the-tenant"}


def read(folder: Path, **environ: str) -> Settings:
    return Settings.read({"BOT_DATA_DIR": str(folder), **environ})


def refusal(folder: Path, **environ: str) -> str:
    """The one line a wrong setting is refused with."""
    with pytest.raises(ConfigurationError) as caught:
        read(folder, **environ)
    line = str(caught.value)
    assert "\n" not in line
    assert SECRET not in line
    return line


def test_without_any_setting_the_service_runs_on_loopback_and_a_file(tmp_path: Path) -> None:
    """I5: works with no cloud key."""
    settings = read(tmp_path)
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.database_url == f"sqlite:///{tmp_path}/bot.sqlite3"
    assert (settings.app_id, settings.allowed_origins, settings.testers) == ("", (), ())
    assert (settings.contact, settings.public_url, settings.log_level) == (None, None, "INFO")


def test_nothing_but_what_was_given_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1234")
    assert read(tmp_path).port == 3978


def test_every_setting_is_read_under_its_name(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        **IDENTITY,
        PORT="8080",
        MicrosoftAppType="singletenant",
        BOT_ENCRYPTION_KEYS=f"{KEY}, {KEY}",
        DIRECT_LINE_SECRET="direct-line-secret",
        DIRECT_LINE_TOKEN_SECONDS="1800",
        ALLOWED_ORIGINS="https://www.Example.com/, http://localhost:5000",
        PUBLIC_URL="https://bot.example.com/csp/",
        BOT_TESTERS="dl_1, dl_2",
        BOT_CONTACT="partners@example.com",
        BOT_MAX_BODY="65536",
        BOT_WATCH_CATALOGS="1",
        BOT_FEEDBACK_DAYS="30",
        TRUSTED_PROXIES="2",
        LOG_LEVEL="debug",
    )
    assert (settings.host, settings.port) == ("0.0.0.0", 8080)
    assert (settings.app_id, settings.app_password) == (APP, SECRET)
    assert (settings.app_type, settings.tenant_id) == ("SingleTenant", "the-tenant")
    assert settings.encryption_keys == (KEY, KEY)
    assert (settings.direct_line_secret, settings.direct_line_token_seconds) == ("direct-line-secret", 1800)
    assert settings.allowed_origins == ("https://www.example.com", "http://localhost:5000")
    assert settings.public_url == "https://bot.example.com/csp"
    assert settings.watch_catalogs
    assert (settings.testers, settings.contact) == (("dl_1", "dl_2"), "partners@example.com")
    assert (settings.max_body, settings.feedback_days) == (65536, 30)
    assert (settings.trusted_proxies, settings.log_level) == (2, "DEBUG")


def test_a_host_that_was_given_stands(tmp_path: Path) -> None:
    assert read(tmp_path, HOST="0.0.0.0").host == "0.0.0.0"
    assert read(tmp_path, HOST="127.0.0.1", **IDENTITY).host == "127.0.0.1"


def test_the_successor_sdks_names_are_understood(tmp_path: Path) -> None:
    """I2: expected names."""
    names = {"CLIENTID": APP, "CLIENTSECRET": SECRET, "TENANTID": "the-tenant"}
    settings = read(tmp_path, **{SUCCESSOR + name: value for name, value in names.items()})
    assert (settings.app_id, settings.app_password, settings.tenant_id) == (APP, SECRET, "the-tenant")


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    settings = read(tmp_path, PORT="", MicrosoftAppId=" ", MicrosoftAppPassword="", DATABASE_URL="")
    assert (settings.port, settings.app_id) == (3978, "")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgresql://u:p@db.example.com:5432/bot", "postgresql://u:p@db.example.com:5432/bot"),
        ("postgres://u@db/bot?sslmode=require", "postgresql://u@db/bot?sslmode=require"),
        ("postgresql+asyncpg://u@db/bot", "postgresql://u@db/bot"),
        ("postgresql+psycopg2://u@db/bot", "postgresql://u@db/bot"),
    ],
)
def test_database_urls_are_brought_into_one_form(tmp_path: Path, given: str, understood: str) -> None:
    assert read(tmp_path, DATABASE_URL=given).database_url == understood


def test_a_file_for_the_database_may_lie_anywhere(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/elsewhere/data.db"
    assert read(tmp_path, DATABASE_URL=url).database_url == f"sqlite:///{tmp_path}/elsewhere/data.db"
    assert (tmp_path / "elsewhere").is_dir()


def test_the_direct_line_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    secret = read(tmp_path).direct_line_secret
    assert len(secret) >= 32
    assert read(tmp_path).direct_line_secret == secret
    assert stat.S_IMODE((tmp_path / "direct-line.secret").stat().st_mode) == 0o600


def test_a_folder_is_needed_only_where_something_is_kept_in_it() -> None:
    url = "postgresql://u@db/bot"
    settings = read(Path("/proc/none"), DATABASE_URL=url, DIRECT_LINE_SECRET="direct-line-secret")
    assert settings.database_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("DATABASE_URL", f"mysql://u:{SECRET}@db/bot"),
        ("DATABASE_URL", f"postgresql://u:{SECRET}@db"),
        ("DATABASE_URL", f"postgresql://u:{SECRET}@db:port/bot"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "bot.sqlite3"),
        ("BOT_ENCRYPTION_KEYS", SECRET),
        ("BOT_ENCRYPTION_KEYS", f"{KEY},{SECRET}"),
        ("DIRECT_LINE_SECRET", SECRET[:7]),
        ("DIRECT_LINE_TOKEN_SECONDS", "0"),
        ("DIRECT_LINE_TOKEN_SECONDS", "soon"),
        ("ALLOWED_ORIGINS", "https://good.example,example.com"),
        ("ALLOWED_ORIGINS", "https://example.com/path"),
        ("ALLOWED_ORIGINS", "https://example.com:99999"),
        ("ALLOWED_ORIGINS", "*"),
        ("PUBLIC_URL", "bot.example.com"),
        ("PUBLIC_URL", f"https://user:{SECRET}@bot.example.com"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "all"),
        ("MicrosoftAppType", "Tenant"),
        ("MicrosoftAppId", "my-bot"),
        ("MicrosoftAppId", f"{APP}, {APP}"),
        ("MicrosoftAppTenantId", "https://login.example/tenant"),
        ("MicrosoftAppTenantId", "../other"),
        ("BOT_CONTACT", "call us"),
        ("BOT_MAX_BODY", "1"),
        ("BOT_FEEDBACK_DAYS", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("BOT_WATCH_CATALOGS", "perhaps"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    """I2: one clear line, no secret printed."""
    line = refusal(tmp_path, **{name: value})
    assert line.startswith(f"{name} must be ")
    assert line.endswith(".")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"MicrosoftAppPassword": SECRET}, "MicrosoftAppId"),
        ({"MicrosoftAppTenantId": "t"}, "MicrosoftAppId"),
        ({SUCCESSOR + "CLIENTSECRET": SECRET}, "MicrosoftAppId"),
        ({"MicrosoftAppId": APP}, "MicrosoftAppPassword"),
        ({"MicrosoftAppId": APP, "MicrosoftAppTenantId": "t"}, "MicrosoftAppPassword"),
        ({"MicrosoftAppId": APP, "MicrosoftAppType": "MultiTenant"}, "MicrosoftAppPassword"),
        ({"MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET}, "MicrosoftAppTenantId"),
        ({"MicrosoftAppId": APP, "MicrosoftAppType": "UserAssignedMSI"}, "MicrosoftAppTenantId"),
    ],
)
def test_half_an_identity_stops_the_start(tmp_path: Path, given: dict[str, str], missing: str) -> None:
    """I2: a half-set identity never means no authentication."""
    assert refusal(tmp_path, **given).startswith(f"{missing} is missing: ")


@pytest.mark.parametrize(
    "given",
    [
        {"MicrosoftAppType": "MultiTenant", "MicrosoftAppId": APP, "MicrosoftAppPassword": SECRET},
        {"MicrosoftAppType": "UserAssignedMSI", "MicrosoftAppId": APP, "MicrosoftAppTenantId": "t"},
        {"MicrosoftAppType": "SingleTenant"},
        IDENTITY,
    ],
)
def test_a_whole_identity_or_none_is_taken(tmp_path: Path, given: dict[str, str]) -> None:
    assert read(tmp_path, **given).app_id == given.get("MicrosoftAppId", "")


def test_a_place_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    """I2: one clear line."""
    file = tmp_path / "file"
    file.touch()
    assert refusal(file / "var").startswith("BOT_DATA_DIR must be ")
    assert refusal(Path("/proc/none")).startswith("BOT_DATA_DIR must be ")
    assert refusal(tmp_path, DATABASE_URL=f"sqlite:///{file}/bot.db").startswith("DATABASE_URL must be ")
    assert refusal(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}").startswith("DATABASE_URL must be ")
    (tmp_path / "direct-line.secret").mkdir()
    assert refusal(tmp_path).startswith("BOT_DATA_DIR must be ")


def test_a_damaged_secret_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "direct-line.secret").touch()
    assert "direct-line.secret is empty" in refusal(tmp_path)


def test_settings_can_be_printed_without_telling_a_secret(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        **IDENTITY,
        BOT_ENCRYPTION_KEYS=KEY,
        DIRECT_LINE_SECRET=SECRET,
        DATABASE_URL=f"postgresql://u:{SECRET}@db/bot",
    )
    assert SECRET not in f"{settings!r} {settings!s}"
    assert KEY not in f"{settings!r} {settings!s}"
