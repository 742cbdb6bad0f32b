"""Everything that can be set from outside. `deploy/environment.md` has the same table, and a test compares them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from schemas.errors import Invalid

Port = Annotated[int, Meta(ge=0, le=65535)]


class Settings(Struct, frozen=True, kw_only=True, rename="upper"):
    """Read from the environment by their upper-case names."""

    data: Path = Path(".bedspace")
    """Folder of the embedded database and of the compiled postcodes."""
    port: Port = 8000
    """Port of the pages and the API."""
    host: str = "127.0.0.1"
    """Address to listen on. A demo answers on loopback only."""
    database_url: str | None = None
    """PostgreSQL 15 or newer; unset: the embedded one in `DATA`."""
    redis_url: str | None = None
    """Valkey or Redis; unset: the embedded one in `DATA`. It may vanish at any moment."""
    oidc_issuer: str | None = None
    """Issuer that signs people in. A `real` database refuses to start without one."""
    public_url: str | None = None
    """Where people reach the pages, for links in mail; unset: `http://127.0.0.1:PORT`."""
    smtp_url: str | None = None
    """`smtp://user:password@host:port` for outgoing mail; unset in a demo: mail is captured and shown on a page."""
    mail_from: str = "gateway@bedspace.invalid"
    """Sender of our mail."""
    pool_size: Annotated[int, Meta(ge=1, le=200)] = 8
    """Database connections a process."""
    regimes: Path | None = None
    """Folder with policy regimes of your own (TOML) beside those that come with Bedspace."""
    profiles: Path | None = None
    """Folder with profiles of far systems of your own (`SYSTEM/NAME.toml`) beside those that come with Bedspace."""
    log_level: str = "info"
    """`debug`, `info`, `warning` or `error`."""

    @property
    def link_base(self) -> str:
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")


def _path(kind: type, value: object) -> Path:
    if kind is not Path:
        raise NotImplementedError(kind)
    return Path(str(value))


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises `Invalid` naming the variable that does not fit."""
    names = {name.upper() for name in Settings.__struct_fields__}
    given = {key: value for key, value in environment.items() if key in names and value != ""}
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise Invalid.because("environment", str(error)) from error
