"""A winmail.dat written by hand, and what wraps it."""

import struct
from email.message import EmailMessage


def attribute(level: int, name: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(content)) + content + struct.pack("<H", sum(content) % 65_536)


def properties(*said: tuple[int, int, bytes]) -> bytes:
    """Number, type and value of each; of variable length."""
    written = struct.pack("<I", len(said))
    for number, kind, value in said:
        written += struct.pack("<HHII", kind, number, 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return written


def tnef(text: str, *files: tuple[str, bytes]) -> bytes:
    written = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9006, struct.pack("<I", 0x10000))
    written += attribute(1, 0x9003, properties((0x1000, 0x1F, text.encode("utf-16-le") + b"\0\0")))
    for name, content in files:
        written += attribute(2, 0x9002, b"\1\0" + b"\0" * 12) + attribute(2, 0x8010, b"SHORT~1.DOC\0")
        written += attribute(2, 0x800F, content)
        written += attribute(2, 0x9005, properties((0x3707, 0x1F, name.encode("utf-16-le") + b"\0\0")))
    return written


def wrapped(winmail: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Jo Example <jo.example@york.invalid>", "Temporary move"
    made["Date"], made["Message-ID"] = "Mon, 30 Nov 2026 09:00:00 +0000", "<winmail@york.invalid>"
    made.set_content("")
    made.add_attachment(winmail, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return made.as_bytes()
