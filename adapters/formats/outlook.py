"""E-mails as Outlook saves them (.msg): the same parts as of any other e-mail, read from the streams of the file.

The library takes the container apart; only the streams that are wanted are read, so that a file whose entries all name
one stream does not grow.
"""

import email
import re
import struct
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime, formataddr

from aspose.email_foss.cfb import CFBReader, DirectoryEntry

from adapters.formats.charsets import decode
from adapters.formats.kinds import CFB
from adapters.formats.mime import Mail, mail_of
from adapters.formats.mime_policy import WARY
from adapters.formats.rtf import rtf_text
from schemas.errors import Unreadable

DAMAGED = "This Outlook e-mail (.msg) is damaged and cannot be taken apart. Save it again, or forward it as an e-mail."
_PROPERTIES = "__properties_version1.0"
_ATTACHED = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}")
_MOST_BYTES = 40_000_000
_MOST_FILES = 50
_DEEPEST = 4
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")
_OF_BODY = ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Content-Language")


def read_outlook(raw: bytes) -> Mail:
    """The e-mail in these bytes. Raises `Unreadable`, and nothing else."""
    if not raw.startswith(CFB):
        raise Unreadable(DAMAGED)
    try:
        _check(raw)
        return mail_of(_Item(CFBReader(raw), 0, [_MOST_BYTES]).message(32, 0), [])
    except Exception as error:  # the library promises nothing about hostile bytes; we do
        raise Unreadable(DAMAGED) from error


def _check(raw: bytes) -> None:
    """That its tables of sectors are no larger than the file: the library makes lists of what they say."""
    size = 1 << struct.unpack_from("<H", raw, 0x1E)[0] % 32
    (tables,), (tables_of_tables,) = struct.unpack_from("<I", raw, 0x2C), struct.unpack_from("<I", raw, 0x48)
    sectors = len(raw) // size + 1
    if tables > sectors * 4 // size + 2 or tables_of_tables > sectors // 127 + 2:
        raise ValueError


class _Item:
    """A storage of the file: the e-mail, an attachment, an e-mail in it."""

    def __init__(self, reader: CFBReader, storage: int, left: list[int]) -> None:
        self._reader = reader
        self._left = left
        self._entries: dict[str, DirectoryEntry] = {
            one.name: one for one in reader.iter_children(reader.get_entry(storage).stream_id)
        }

    def bytes_of(self, name: str) -> bytes:
        """None of what is not there; raises where the file holds more than it should."""
        entry = self._entries.get(name)
        if entry is None or not entry.is_stream():
            return b""
        self._left[0] -= min(entry.stream_size, self._reader.file_size)
        if self._left[0] < 0:
            raise ValueError
        return bytes(self._reader.get_stream_data(entry.stream_id))

    def text(self, number: int) -> str:
        wide = self.bytes_of(f"__substg1.0_{number:04X}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self.bytes_of(f"__substg1.0_{number:04X}001E"))[0].rstrip("\0")

    def binary(self, number: int) -> bytes:
        return self.bytes_of(f"__substg1.0_{number:04X}0102")

    def fixed(self, head: int) -> dict[int, bytes]:
        """Values of fixed length by their tag, behind a header of so many bytes."""
        said = self.bytes_of(_PROPERTIES)[head : head + 16 * 2_000]
        return {struct.unpack_from("<I", said, at)[0]: said[at + 8 : at + 16] for at in range(0, len(said) - 15, 16)}

    def message(self, head: int, depth: int) -> Message:
        headers = self.text(0x007D)[:200_000]
        made = email.message_from_string(headers.lstrip("\r\n \0"), policy=WARY)
        made.set_payload("")
        for name in _OF_BODY:
            del made[name]
        for name, value in self._told(head).items():
            if value and name not in made:
                made[name] = " ".join(value.split())
        automatic = self.text(0x001A).upper()
        if automatic.startswith("REPORT."):
            made["X-Failed-Recipients"] = "as Outlook says"
        if ".OOFTEMPLATE." in automatic or ".REPLYTEMPLATE." in automatic:
            made["Auto-Submitted"] = "auto-replied"
        made["Content-Type"] = 'multipart/mixed; boundary="outlook"'
        made.set_payload([self._body(), *self._files(depth)])
        return made

    def _told(self, head: int) -> dict[str, str]:
        """What the headers say, of an e-mail that has none: it never left its organisation, or was not sent yet."""
        numbers = (0x5D01, 0x0C1F, 0x5D02, 0x0065)
        address = next((said for said in map(self.text, numbers) if "@" in said), "")
        fixed = self.fixed(head)
        sent = next((fixed[tag] for tag in (0x00390040, 0x0E060040) if tag in fixed), b"")
        when = _EPOCH + timedelta(microseconds=struct.unpack("<Q", sent)[0] // 10) if sent else None
        return {
            "Subject": self.text(0x0037),
            "From": formataddr((self.text(0x0C1A), address)) if address.isascii() and address else "",
            "To": self.text(0x0E04),
            "Message-ID": self.text(0x1035),
            "In-Reply-To": self.text(0x1042),
            "References": self.text(0x1039),
            "Thread-Index": b64encode(self.binary(0x0071)[:60]).decode("ascii"),
            "Date": format_datetime(when) if when else "",
        }

    def _body(self) -> Message:
        plain, html = self.text(0x1000), self.binary(0x1013) or self.text(0x1013).encode()
        if not plain and not html and (packed := self.binary(0x1009)):
            plain = rtf_text(packed)
        said: list[Message | str] = [_leaf("text/plain", plain.encode("utf-8", "replace"), "utf-8")]
        if html:
            said.append(_leaf("text/html", html))
        made = Message(policy=WARY)
        made["Content-Type"] = 'multipart/alternative; boundary="outlook-body"'
        made.set_payload(said)
        return made

    def _files(self, depth: int) -> list[Message | str]:
        storages = [one for name, one in sorted(self._entries.items()) if _ATTACHED.fullmatch(name)]
        found: list[Message | str] = []
        for storage in storages[:_MOST_FILES]:
            item = _Item(self._reader, storage.stream_id, self._left)
            name = item.text(0x3707) or item.text(0x3704) or item.text(0x3001)
            inner = item._entries.get("__substg1.0_3701000D")
            if inner is not None and inner.is_storage() and depth < _DEEPEST:
                made = Message(policy=WARY)
                made["Content-Type"] = "message/rfc822"
                made.set_payload([_Item(self._reader, inner.stream_id, self._left).message(24, depth + 1)])
            else:
                said = item.text(0x370E)
                kind = said if _KIND.fullmatch(said) else "application/octet-stream"
                made = _leaf(kind, item.binary(0x3701))
                made.add_header("Content-Disposition", "attachment", filename=name.replace("\0", "") or "attachment")
                if shown := item.text(0x3712):
                    made["Content-ID"] = " ".join(shown.split())[:200]
            found.append(made)
        return found


def _leaf(kind: str, content: bytes, charset: str = "") -> Message:
    made = Message(policy=WARY)
    made["Content-Type"] = f"{kind}; charset={charset}" if charset else kind
    made["Content-Transfer-Encoding"] = "base64"
    made.set_payload(b64encode(content).decode("ascii"))
    return made
