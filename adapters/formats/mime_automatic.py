"""Whether a machine wrote an e-mail: nothing automatic is ever answered."""

import re
from email.message import Message

from adapters.formats.mime_headers import readable

_DAEMON = re.compile(r"mailer-?daemon|mail-?daemon|post_?master|mail delivery (?:sub)?system|mdaemon", re.IGNORECASE)
_MACHINE = re.compile(r"bounce|mail-delivery|no-?_?reply|do-?not-?reply|^$", re.IGNORECASE)
_RETURNED = re.compile(
    r"undeliver|delivery (?:status|has failed|failed|failure|report|problem|notification|error)|failure notice"
    r"|mail delivery|returned (?:mail|to sender)|delivery.{0,20}(?:delayed|incomplete|unsuccessful)"
    r"|(?:mail|message|notification).{0,20}fail|could not (?:be )?(?:deliver|send)|unable to deliver|error sending"
    r"|not (?:be )?delivered|mail system error|bounced|non[- ]?delivery|ndn:|nondeliverable|feedback report"
    r"|message blocked|rejected mail|delayed mail|warning: message|mail error|配信できません|メールエラー"
    r"|notificationType\W{1,6}(?:Bounce|Complaint|Delivery)",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"had permanent fatal errors|transcript of session follows"
    r"|^\W{0,6}(?:Reporting-MTA|Final-Recipient|Diagnostic-Code):",
    re.IGNORECASE | re.MULTILINE,
)
_COMPLAINT = re.compile(r"complaint about message from", re.IGNORECASE)
_AWAY = re.compile(
    r"^\W{0,3}(?:automatic(?:al)? reply|auto[- ]?reply|autoresponse|auto-response|auto:|auto response|vacation"
    r"|out of (?:the )?office|ateb awtomatig|i am away|on annual leave)",
    re.IGNORECASE,
)
_REPORTS = frozenset({"message/delivery-status", "message/feedback-report", "message/disposition-notification"})
_BULK = frozenset({"bulk", "list", "junk"})


def why_automatic(message: Message, body: str) -> str:
    """`bounce`, `auto-reply`, `list`, `null sender`; empty for a person's e-mail."""
    if _is_bounce(message, body):
        return "bounce"
    if _is_auto_reply(message):
        return "auto-reply"
    if _is_list(message):
        return "list"
    return "null sender" if _null_sender(message) else ""


def _header(message: Message, name: str) -> str:
    return readable(str(message.get(name, ""))).strip().lower()


def _null_sender(message: Message) -> bool:
    return _header(message, "Return-Path").replace(" ", "") in {"<>", "<mailer-daemon>"}


def _is_bounce(message: Message, body: str) -> bool:
    if message.get_content_type() == "multipart/report" or message.get("X-Failed-Recipients"):
        return True
    if {part.get_content_type() for part in message.walk()} & _REPORTS:
        return True
    subject, sender = _header(message, "Subject"), _header(message, "From")
    if _DAEMON.search(sender) or _COMPLAINT.search(subject) or _TRANSCRIPT.search(body[:20_000]):
        return True
    machine = bool(_MACHINE.search(sender)) or _null_sender(message)
    return machine and bool(_RETURNED.search(subject) or _RETURNED.search(body[:3_000]))


def _is_auto_reply(message: Message) -> bool:
    submitted = _header(message, "Auto-Submitted")
    told = any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From"))
    replying = _header(message, "Precedence") in {"auto_reply", "auto-reply"}
    return bool(submitted and not submitted.startswith("no")) or told or replying or _away(message)


def _away(message: Message) -> bool:
    return bool(_AWAY.search(_header(message, "Subject")))


def _is_list(message: Message) -> bool:
    named = any(message.get(name) for name in ("List-Id", "List-Unsubscribe", "List-Post", "Mailing-List"))
    return named or _header(message, "Precedence") in _BULK
