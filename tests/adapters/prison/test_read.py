"""What a prison tells, by the road and in the shape it comes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adapters.profile import read_profile
from adapters.systems import prison
from adapters.systems.prison.profile import Prison
from adapters.systems.prison.read import read
from adapters.systems.prison.write import write
from schemas.drafts import DraftEvent, DraftNsi, DraftRelease, told, values_of
from schemas.errors import Invalid, Refused, Unreadable

PROFILE: Any = prison.SYSTEM.profiles()["prison"]


def event(kind: str) -> dict[str, Any]:
    return {"eventType": kind, "occurredAt": "2026-12-24T08:12:33Z", "additionalInformation": {"nomsNumber": "A2345CD"}}


def test_sys_16_an_event_of_a_prisoner_is_read_out_of_the_envelopes_it_travels_in() -> None:
    topic = {
        "Type": "Notification",
        "MessageId": "m-1",
        "Message": json.dumps(event("prison-offender-events.prisoner.merged")),
    }
    queue = {"Messages": [{"MessageId": "q-1", "Body": json.dumps(topic)}]}
    (draft,) = read(json.dumps(queue).encode(), PROFILE).drafts
    assert isinstance(draft, DraftEvent)
    assert draft.noms is not None
    assert draft.noms.source == "/Messages/0/Body#/Message#/additionalInformation/nomsNumber"
    assert values_of(draft)["external_reference"] == "m-1"


@pytest.mark.parametrize(
    "message", [event("probation-case.registration.added"), {"Message": "not JSON"}, {"notices": []}, [1, "two", None]]
)
def test_what_is_of_no_prison_is_left_to_others(message: Any) -> None:
    with pytest.raises(Unreadable):
        read(json.dumps(message).encode(), PROFILE)


def test_sys_16_a_notice_is_written_as_our_own_api_takes_it() -> None:
    notice = DraftRelease(
        noms=told("A1234BC"), prison=told("Leeds"), release_on=told(date(2026, 12, 18)), rosh=told("high")
    )
    assert json.loads(write(notice, PROFILE)) == {
        "person": {"noms": "A1234BC"},
        "prison": "Leeds",
        "release_on": "2026-12-18",
        "rosh": "high",
    }
    with pytest.raises(Refused, match="needs release_on"):
        write(DraftRelease(prison=told("Leeds")), PROFILE)
    with pytest.raises(Refused):
        write(DraftNsi(), PROFILE)


def test_a_file_of_another_prisons_columns_is_read_by_its_own_profile(tmp_path: Path) -> None:
    path = tmp_path / "hull.toml"
    path.write_text(
        'title = "What Hull sends"\nlayout = "ours"\nsource = "a letter of the prison"\ndelimiter = ";"\n'
        'dates = ["%d.%m.%y"]\n[fields]\nnoms = "Number"\nprison = "From"\nrelease_on = "Out on"\n'
    )
    drafts = read(b"From;Number;Out on;Cell\nHull;A1234BC;18.12.26;A-1\n", read_profile(path, Prison)).drafts
    assert [values_of(one) for one in drafts] == [
        {"noms": "A1234BC", "prison": "Hull", "release_on": date(2026, 12, 18)}
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('[fields]\nteam = "Team"', "no such field"),
        ('[fields]\nprison = "P"', "no column"),
        ('colour = "red"', "no such key"),
    ],
)
def test_a_profile_that_does_not_fit_is_told(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "hull.toml"
    path.write_text(f'title = "What Hull sends"\nlayout = "ours"\nsource = "a letter"\n{line}\n')
    with pytest.raises(Invalid, match=why):
        read_profile(path, Prison)
