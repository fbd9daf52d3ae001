"""The configuration: read once from the environment, checked, and refused in one clear line."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)


class ConfigurationError(Exception):
    """The service cannot start with these settings. One line; it never holds a secret."""

    @classmethod
    def missing(cls, name: str, reason: str) -> Self:
        return cls(f"{name} is missing: {reason}.")

    @classmethod
    def wrong(cls, name: str, wanted: str) -> Self:
        return cls(f"{name} must be {wanted}.")


def _separated(value: Any) -> Any:
    return tuple(part for part in re.split(r"[\s,;]+", value) if part) if isinstance(value, str) else value


def _require(pattern: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return value

    return AfterValidator(check)


def _address(value: str) -> SplitResult:
    parts = urlsplit(value.rstrip("/"))
    # Reading the port refuses one that is no port.
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.port == 0:
        raise ValueError
    if parts.query or parts.fragment:
        raise ValueError
    return parts


def _origin(value: str) -> str:
    parts = _address(value.lower())
    if parts.path:
        raise ValueError
    return parts.geturl()


def _public_url(value: str) -> str:
    return _address(value).geturl()


def _key(value: str) -> str:
    try:
        size = len(base64.urlsafe_b64decode(value))
    except (binascii.Error, ValueError):
        size = 0
    if size != 32:
        raise ValueError
    return value


def _database(value: str) -> str:
    """The URL without a driver's name: which driver is used is the store's own choice."""
    scheme, separator, rest = value.partition("://")
    family = {"postgres": "postgresql"}.get(scheme.partition("+")[0], scheme.partition("+")[0])
    if family == "sqlite" and separator and rest.lstrip("/") not in {"", ":memory:"}:
        return f"sqlite://{rest}"
    if family == "postgresql" and urlsplit(f"//{rest}").path.strip("/"):
        _ = urlsplit(f"//{rest}").port
        return f"postgresql://{rest}"
    raise ValueError


Several = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_separated)]
Origin = Annotated[str, AfterValidator(_origin)]
Key = Annotated[str, AfterValidator(_key)]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_separated)]
Keys = Annotated[tuple[Key, ...], NoDecode, BeforeValidator(_separated)]
AppType = Literal["SingleTenant", "UserAssignedMSI", "MultiTenant"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
SUCCESSOR = "CONNECTIONS__SERVICE_CONNECTION__SETTINGS__"


def _spelt(*known: str) -> BeforeValidator:
    """Takes one of the known words in any case."""
    words = {word.lower(): word for word in known}
    return BeforeValidator(lambda value: words.get(value.lower(), value) if isinstance(value, str) else value)


def _setting(name: str, wanted: str, *, successor: str | None = None, **more: Any) -> Any:
    names = (name,) if successor is None else (name, SUCCESSOR + successor)
    return Field(validation_alias=AliasChoices(*names), description=wanted, **more)


class Settings(BaseSettings):
    """Every setting under the name users expect; its description completes "NAME must be ..."."""

    model_config = SettingsConfigDict(
        frozen=True, populate_by_name=True, extra="ignore", validate_default=False
    )

    port: int = _setting("PORT", "a port number from 1 to 65535", default=3978, ge=1, le=65535)
    #: Loopback only, until a bot identity guards the door.
    host: str = _setting("HOST", "an address to listen on, such as 127.0.0.1 or 0.0.0.0", default="")
    data_dir: Path = _setting("BOT_DATA_DIR", "a folder that can be written", default=Path("var"))
    #: Checkouts of the localized documentation, by language.
    docs_dir: Path | None = _setting("DOCS_DIR", "a folder that can be read", default=None)
    database_url: Annotated[str, AfterValidator(_database)] = _setting(
        "DATABASE_URL",
        "sqlite:///path/to/file or postgresql://user:password@host:5432/database",
        default="",
        repr=False,
    )
    encryption_keys: Keys = _setting(
        "BOT_ENCRYPTION_KEYS",
        "keys of 32 bytes in URL-safe base64, separated by commas, the newest first",
        default=(),
        repr=False,
    )
    direct_line_secret: str = _setting(
        "DIRECT_LINE_SECRET", "at least 8 characters long", default="", min_length=8, repr=False
    )
    direct_line_token_seconds: int = _setting(
        "DIRECT_LINE_TOKEN_SECONDS", "a number of seconds up to 86400 (a day)", default=3600, ge=1, le=86400
    )
    allowed_origins: Origins = _setting(
        "ALLOWED_ORIGINS", "origins such as https://www.example.com, separated by commas", default=()
    )
    public_url: Annotated[str, AfterValidator(_public_url)] | None = _setting(
        "PUBLIC_URL",
        "the address people reach this service at, such as https://bot.example.com",
        default=None,
    )
    #: How many proxies of ours a request comes through: so many addresses of X-Forwarded-For are believed.
    trusted_proxies: int = _setting(
        "TRUSTED_PROXIES", "a number of proxies from 0 to 9", default=0, ge=0, le=9
    )
    app_id: Annotated[str, _require(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|")] = _setting(
        "MicrosoftAppId",
        "the bot's application id, such as 00000000-0000-0000-0000-000000000000",
        successor="CLIENTID",
        default="",
    )
    app_password: str = _setting(
        "MicrosoftAppPassword", "a client secret", successor="CLIENTSECRET", default="", repr=False
    )
    app_type: Annotated[AppType, _spelt("SingleTenant", "UserAssignedMSI", "MultiTenant")] = _setting(
        "MicrosoftAppType", "SingleTenant, UserAssignedMSI or MultiTenant", default="SingleTenant"
    )
    # It becomes a part of the address that our own tokens are fetched from.
    tenant_id: Annotated[str, _require(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?|")] = _setting(
        "MicrosoftAppTenantId", "a tenant's id or domain", successor="TENANTID", default=""
    )
    reminder_days: int = _setting(
        "BOT_REMINDER_DAYS", "a number of days from 0 (no reminders) to 60", default=7, ge=0, le=60
    )
    #: Ids of the users who may use the tools for translators.
    testers: Several = _setting("BOT_TESTERS", "user ids separated by commas", default=())
    #: For translators at work: an edited catalog is spoken within a second.
    watch_catalogs: bool = _setting("BOT_WATCH_CATALOGS", "1 or 0", default=False)
    contact: Annotated[str, _require(r"[^@\s]+@[^@\s]+\.[^@\s]+|https?://\S+")] | None = _setting(
        "BOT_CONTACT", "an e-mail address or a URL where people can reach you", default=None
    )
    max_body: int = _setting(
        "BOT_MAX_BODY", "a number of bytes from 4096 to 16777216", default=262144, ge=4096, le=16777216
    )
    #: Questions without an answer, votes and comments are deleted after so many days.
    feedback_days: int = _setting(
        "BOT_FEEDBACK_DAYS", "a number of days from 1 to 3650", default=365, ge=1, le=3650
    )
    log_level: Annotated[LogLevel, BeforeValidator(lambda value: str(value).upper())] = _setting(
        "LOG_LEVEL", "DEBUG, INFO, WARNING, ERROR or CRITICAL", default="INFO"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The environment comes in through `read`, which is given it.
        return (init_settings,)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """The settings of this environment, checked. Makes the data folder and the Direct Line secret."""
        source = EnvSettingsSource(cls)
        source.env_vars = {name.lower(): value.strip() for name, value in environ.items() if value.strip()}
        try:
            settings = cls(**source())
        except ValidationError as error:
            raise _in_one_line(cls, error) from None
        _check_identity(settings)
        return settings._completed()

    def _completed(self) -> Self:
        url = self.database_url or f"sqlite:///{self.data_dir / 'bot.sqlite3'}"
        if url.startswith("sqlite"):
            name = "DATABASE_URL" if self.database_url else "BOT_DATA_DIR"
            _check_writable(name, Path(url.removeprefix("sqlite:///").partition("?")[0]))
        return self.model_copy(
            update={
                "database_url": url,
                "host": self.host or ("0.0.0.0" if self.app_id else "127.0.0.1"),  # noqa: S104
                "direct_line_secret": self.direct_line_secret
                or kept_secret(self.data_dir / "direct-line.secret", lambda: secrets.token_urlsafe(32)),
            }
        )


def _in_one_line(settings: type[Settings], error: ValidationError) -> ConfigurationError:
    """The first wrong setting, by the name it has in the environment; pydantic's own words quote values."""
    name = str(error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"][0])
    for field in settings.model_fields.values():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices) and name in alias.choices:
            return ConfigurationError.wrong(name, str(field.description))
    raise error


def _check_identity(settings: Settings) -> None:
    """A bot identity is whole or absent: half of one would silently mean no authentication."""
    given = bool(settings.app_id)
    needs_tenant = settings.app_type != "MultiTenant"
    needs_password = settings.app_type != "UserAssignedMSI"
    if not given and (settings.app_password or settings.tenant_id):
        reason = "a password or a tenant is set, so set the bot's application id too, or remove them"
        raise ConfigurationError.missing("MicrosoftAppId", reason)
    if given and needs_password and not settings.app_password:
        reason = (
            f"MicrosoftAppId is set and MicrosoftAppType is {settings.app_type}, so set the client secret"
        )
        raise ConfigurationError.missing("MicrosoftAppPassword", reason)
    if given and needs_tenant and not settings.tenant_id:
        reason = f"MicrosoftAppType is {settings.app_type}, so set the tenant id (or the type MultiTenant)"
        raise ConfigurationError.missing("MicrosoftAppTenantId", reason)


def _check_writable(name: str, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path.parent).close()
        writable = not path.exists() or (path.is_file() and os.access(path, os.W_OK))
    except OSError:
        writable = False
    if not writable:
        raise ConfigurationError.wrong(name, f"a place that can be written; {path} is not")


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret in this file. Made on first run, whole or not at all; of two processes both get one's."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _place(path, make())
        secret = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError.wrong(
            "BOT_DATA_DIR", f"a place that can be written; {path} is not"
        ) from None
    if not secret:
        raise ConfigurationError(
            f"{path} is empty: restore it from a backup, or remove it to have a new one made."
        )
    return secret


def _place(path: Path, content: str) -> None:
    # mkstemp makes the file readable by its owner only; link, unlike rename, never replaces a winner's file.
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(name)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the name of a new file survive a power cut, as its content does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
