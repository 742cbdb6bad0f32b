"""A letter as a mail."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

from gateway.delivery.compose import Letter


def message_of(letter: Letter, *, sender: str, message_id: UUID, now: datetime) -> EmailMessage:
    """The mail. Its Message-ID is that of the outbox row, so that a second copy is known as one.

    It says that a machine wrote it, so that no machine answers.
    """
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message["Date"] = now
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-replied" if letter.answers else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.answers:
        message["In-Reply-To"] = letter.answers
        message["References"] = letter.answers
    message.set_content(letter.text)
    return message
