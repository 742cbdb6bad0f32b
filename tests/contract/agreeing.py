"""What another parser makes of the same mails, and whether ours agrees: its expectations stand beside the corpus."""

import json
import re
from pathlib import Path
from typing import Any

from adapters.formats.charsets import decode
from adapters.formats.html_text import text_of_html
from adapters.formats.mime import Mail

_UUENCODED = re.compile(rb"^\s*begin \d{3} (\S+)")
ASPECTS = ("subject", "addresses", "text", "attachments")


def expectations(folder: Path) -> dict[Path, dict[str, Any]]:
    """Mail → what is expected of it."""
    there = [path for path in sorted(folder.rglob("*.json")) if not path.stem.endswith(".crlf")]
    return {path.with_suffix(".eml"): json.loads(path.read_text()) for path in there}


def agreeing(mail: Mail, expected: dict[str, Any]) -> set[str]:
    """The aspects in which ours says what theirs says. Of alternatives either may have been read."""
    parts = expected["parts"]
    headers = {str(header["name"]): header["value"] for header in reversed(parts[0]["headers"])}
    told = {
        "subject": _holds(mail.subject, _text(headers.get("subject"))),
        "addresses": mail.from_email == _sender(headers.get("from")),
        "text": _worded(expected, mail),
        "attachments": all(_kept(parts[n], mail) for n in expected["attachments"]),
    }
    return {name for name, agrees in told.items() if agrees}


def _text(value: Any) -> str:
    return (value.get("Text") or "") if isinstance(value, dict) else ""


def _sender(value: Any) -> str:
    """The one address; none where there are several, which are nobody to us."""
    groups = value.get("Address", {}) if isinstance(value, dict) else {}
    listed = groups.get("List") or [one for group in groups.get("Group") or [] for one in group["addresses"]]
    found = [one["address"] for one in listed if one.get("address")]
    return found[0].lower() if len(found) == 1 and "@" in found[0] else ""


def _worded(expected: dict[str, Any], mail: Mail) -> bool:
    """Whether all of one of the bodies is there: an e-mail has the same words twice, plain and as HTML."""
    bodies = ([expected["parts"][n]["body"] for n in expected[name]] for name in ("text_body", "html_body"))
    return any(all(_said(one, mail) for one in body) for body in bodies)


def _said(body: dict[str, Any], mail: Mail) -> bool:
    """A picture in its place has no words."""
    kind, said = next(iter(body.items())) if isinstance(body, dict) else ("", "")
    return kind not in ("Text", "Html") or _holds(mail.text, text_of_html(said) if kind == "Html" else said)


def _kept(part: dict[str, Any], mail: Mail) -> bool:
    """Of an enclosed e-mail its words and files are kept; a picture shown in the text is not, which we decided."""
    kind, said = next(iter(part["body"].items()))
    if kind == "Message":
        return _worded(said, mail) and all(_kept(said["parts"][n], mail) for n in said["attachments"])
    raw = said.encode() if kind in ("Text", "Html") else bytes(said)
    if kind in ("Text", "Html") and _holds(mail.text, text_of_html(said) if kind == "Html" else said):
        return True
    if not raw.strip() or any(header["name"] == "content_id" for header in part["headers"]):
        return True
    if packed := _UUENCODED.search(raw[:200]):  # they leave it packed, we do not
        return any(one.name.endswith(packed[1].decode("ascii", "replace")[-4:]) for one in mail.parts)
    return any(_lines(one.content) == _lines(raw) or _holds(decode(one.content)[0], said) for one in mail.parts)


def _lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").strip()


def _holds(ours: str, theirs: Any) -> bool:
    """Whether these words stand in ours. Where they could not read a letter, any will do."""
    if not isinstance(theirs, str):
        return False
    wanted = re.escape(_words(decode(theirs.encode())[0])).replace("\ufffd", ".{1,3}")
    return re.search(wanted, _words(ours), re.DOTALL) is not None


def _words(text: str) -> str:
    return " ".join(text.split())
