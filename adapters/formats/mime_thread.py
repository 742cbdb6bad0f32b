"""Names that the messages of one conversation share: what is answered or forwarded, and the index of Outlook."""

import binascii
import re
from base64 import b64decode
from email.message import Message

_ID = re.compile(r"<[!-;=?-~]{3,200}>")
_MOST = 20
_CONVERSATION = 22
"""Bytes of an index that stay the same in every answer."""


def thread_names(message: Message) -> list[str]:
    """Its own name first, then those of what it follows: the first of the conversation, and the last."""
    own = _ID.findall(_header(message, "Message-ID"))[:1]
    followed = _ID.findall(f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}")
    names = [*own, *followed[:1], *followed[-_MOST:], *_conversation(_header(message, "Thread-Index"))]
    return list(dict.fromkeys(names))


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _conversation(index: str) -> list[str]:
    try:
        said = b64decode("".join(index.split())[:200], validate=True)[:_CONVERSATION]
    except (binascii.Error, ValueError):
        return []
    return [f"conversation:{said.hex()}"] if len(said) == _CONVERSATION else []
