"""What reading one message of nDelius shares: the profile, what is found, and what its records are about."""

from typing import Any

from adapters.formats.finding import Finding, found, looked_up
from adapters.formats.said import Place, Said
from adapters.systems.ndelius.profile import NDelius
from schemas.drafts import Draft, DraftNsi, Found

INTERPRETED = 0.8
"""Of a day that is nearly, and not by its name, what we ask for."""


class Case(Finding):
    def __init__(self, profile: NDelius) -> None:
        super().__init__(profile)
        self.profile = profile

    def identifier(self, kind: str, said: Said | None) -> Found[str] | None:
        """Numbers of several kinds of record count each by itself there. 0 is one that has none yet."""
        if said is None or said.text.strip("0") == "":
            return None
        return found(f"{kind}:{said.text}"[:100], said)

    def reference(self, said: Said | None) -> Found[str] | None:
        """Ours, where it is ours."""
        prefix = self.profile.reference_prefix
        if said is None or not said.text.startswith(prefix) or len(said.text) == len(prefix):
            return None
        return found(said.text.removeprefix(prefix), said)

    def described(self, field: str, pair: Place, plain: Said | None = None) -> Found[Any] | None:
        """The word of a field of an NSI, by code and description, or by a plain code."""
        return self.word(
            DraftNsi,
            field,
            pair.said("code") or plain,
            described=pair.said("description"),
            descriptions=self.profile.described.get(field),
        )

    def receiving(self, team: Said | None, provider: Said | None, intended: Said | None) -> Found[str] | None:
        """The manager's team says nothing of who receives while another provider is intended."""
        if intended and provider and intended.text != provider.text:
            return self.destination(intended)
        return self.destination(team, intended or provider)

    def destination(self, *codes: Said | None) -> Found[str] | None:
        """Of the first team or provider that the profile knows a place of."""
        table = self.profile.codes.get("destination", {})
        told = [code for code in codes if code]
        for code in told:
            if place := looked_up(code.text, [table]):
                return found(place, code)
        if told:
            self.unmapped("destination", told[0].text)
        return None

    def office(self, *codes: Said | None) -> Found[str] | None:
        """Their code of a team or provider, or our word where the profile has one."""
        told = [code for code in codes if code]
        table = self.profile.codes.get("pdu", {})
        for code in told:
            if ours := looked_up(code.text, [table]):
                return found(ours, code)
        return self.text(told[0]) if told else None


def person_of(case: Case, offender: Place) -> dict[str, Found[Any] | None]:
    """Of an `OffenderDetailSummary`, as far as it is there."""
    ids = offender.inside("otherIds")
    return {
        "name": _name(offender),
        "crn": case.text(ids.said("crn") or offender.said("crn")),
        "noms": case.text(ids.said("nomsNumber")),
        "pnc": case.text(ids.said("pncNumber")),
        "cro": case.text(ids.said("croNumber")),
        "birth_date": case.day(offender.said("dateOfBirth")),
        "gender": case.word(DraftNsi, "gender", offender.said("gender")),
    }


def _name(offender: Place) -> Found[str] | None:
    parts = [part for part in (offender.said("firstName"), offender.said("surname")) if part]
    if not parts:
        return None
    words = " ".join(part.text for part in parts)[:200]
    return Found(value=words, text=words, source=" and ".join(part.source for part in parts), confidence=1.0)


def without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


Person = dict[str, Found[Any] | None]
Drafts = list[Draft]
