"""What letters call things."""

from gettext import gettext as _

from schemas.words import NsiType

KINDS: dict[NsiType, str] = {
    "case_transfer": _("case transfer"),
    "temporary_move": _("temporary move"),
}

FIELDS = {
    "type": _("whether it is a case transfer or a temporary move"),
    "name": _("the name of the person"),
    "identifier": _("a CRN, prison number or PNC number, or the date of birth"),
    "crn": _("the CRN"),
    "noms": _("the prison number"),
    "pnc": _("the PNC number"),
    "birth_date": _("the date of birth"),
    "gender": _("the gender"),
    "move_on": _("the date of the release or of the move"),
    "until": _("the end of the temporary move"),
    "destination": _("where to: a postcode, or a place that lies in one PDU"),
    "address": _("the address"),
    "prison": _("the prison"),
    "rosh": _("the risk of serious harm"),
    "mappa": _("the MAPPA category and level"),
    "reason": _("the reason for the move"),
    "sending": _("the sending office or PDU"),
    "sender_name": _("your name"),
    "sender_email": _("your e-mail address"),
    "phone": _("a telephone number"),
}
"""Fields that a message may not hold; `identifier` is any one of three or the birth date."""


def field_name(code: str) -> str:
    """A code without a name of its own is shown in words."""
    return FIELDS.get(code, code.replace("_", " "))
