"""Mail over SMTP: one conversation a letter, and three things that can come of it."""

from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
from msgspec import Struct

from schemas.errors import Invalid, Refused, Unavailable


class Smtp(Struct, frozen=True, kw_only=True):
    """A transport. `seconds` is the patience for each step of the conversation."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    tls: bool = False
    """TLS from the first byte; without it the conversation turns to TLS when the server offers."""
    seconds: float = 8.0

    async def __call__(self, message: EmailMessage) -> None:
        """Raises `Refused` when the server says no to this mail, and `Unavailable` for all that may pass."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls,
            timeout=self.seconds,
        )
        try:
            await client.connect()
            await client.send_message(message)
            await _part(client)
        except aiosmtplib.SMTPException as error:
            raise _what_to_do(error) from error
        except (OSError, TimeoutError) as error:
            raise Unavailable(f"The mail server does not answer ({type(error).__name__}).") from error
        finally:
            client.close()


async def _part(client: aiosmtplib.SMTP) -> None:
    """Politely; the mail is taken, whatever becomes of the goodbye."""
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=1)


def _what_to_do(error: aiosmtplib.SMTPException) -> Refused | Unavailable:
    """Codes only: what a server says may quote an address."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return _by_code(error.recipients[0].code, "the recipient")
    if isinstance(error, aiosmtplib.SMTPDataError):
        return _by_code(error.code, "the mail")
    code = f" {error.code}" if isinstance(error, aiosmtplib.SMTPResponseException) else ""
    return Unavailable(f"The mail server cannot take mail just now ({type(error).__name__}{code}).")


def _by_code(code: int, what: str) -> Refused | Unavailable:
    if code >= 500:
        return Refused(f"The mail server refuses {what} ({code}).")
    return Unavailable(f"The mail server puts {what} off ({code}).")


def smtp_of(url: str) -> Smtp:
    """From `smtp://user:password@host:port`, or `smtps://`. Raises `Invalid` without quoting it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _not_a_server() from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise _not_a_server()
    tls = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname,
        port=port or (465 if tls else 25),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
    )


def _not_a_server() -> Invalid:
    return Invalid.because("SMTP_URL", "write smtp://user:password@host:port, or smtps:// for TLS from the start")
