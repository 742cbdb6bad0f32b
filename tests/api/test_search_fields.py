"""The newer fields of a search: what does not fit is refused in words, by the name of its field and with what to do."""

from typing import Any

from tests.api.problem import faults
from tests.api.serving import Served
from tests.api.test_search import NEED, PATH

TWO = [{"lat": 53.0, "lon": -1.0}, {"lat": 53.1, "lon": -1.0}]


def circle(postcode: str = "BD1 1HX", miles: Any = 2) -> dict[str, Any]:
    return {"avoid": [{"postcode": postcode, "miles": miles}]}


def days(**given: Any) -> dict[str, Any]:
    return {"flexible_days": given}


BAD: list[tuple[dict[str, Any], str, str]] = [
    (days(later=29), "flexible_days.later", "must be 28 or less."),
    (days(earlier=-1), "flexible_days.earlier", "must be 0 or more."),
    (days(later="some"), "flexible_days.later", "must be a whole number."),
    (days(sooner=1), "flexible_days", "earlier, later"),
    ({"avoid": [{"postcode": "BD1 1HX", "radius": 2}]}, "avoid[0]", "Fields: postcode, miles."),
    ({"nights": 84, "until": "2027-02-01"}, "until", "Give the nights, or the day of departure, and not both."),
    ({"nights": None, "until": "2027-01-11"}, "until", "is not after the first night"),
    ({"nights": None, "until": "2030-01-11"}, "until", "Give an earlier day."),
    (circle(miles=0), "avoid[0].miles", "must be more than 0."),
    (circle(miles=-1), "avoid[0].miles", "must be more than 0."),
    (circle(miles=201), "avoid[0].miles", "must be 200 or less."),
    (circle(postcode="EH1 1YZ"), "avoid", "Zone 1 has no full postcode of England and Wales. Check it."),
    (circle(postcode="LS1"), "avoid", "Zone 1 has no full postcode of England and Wales. Check it."),
    ({"avoid_areas": [{"corners": TWO}]}, "avoid_areas", "Give three or more, in order around it."),
    ({"avoid_areas": [{"corners": ["BD1 1HX", "LS1 4AP", "EH1 1YZ"]}]}, "avoid_areas", "Corner 3 of area 1"),
    (
        {"avoid_areas": [{"corners": [{"lat": 70, "lon": 0}] * 3}]},
        "avoid_areas[0].corners[0].lat",
        "must be 61 or less.",
    ),
    ({"exclude_districts": ["LS6", "ZZ9"]}, "exclude_districts", "District 2 is no postcode district"),
    ({"exclude_districts": ["near Leeds"]}, "exclude_districts", "Give one such as LS6."),
    ({"exclude_premises": ["AP7"]}, "exclude_premises", "There is no premises code “AP7”. Did you mean"),
    ({"prefer_premises": ["nowhere"]}, "prefer_premises", "`GET /api/v1/premises` lists them."),
    ({"prefer_premises": ["AP1", "AP2", "AP1"]}, "prefer_premises", "Name each once, the most preferred first."),
    ({"prefer": ["en_suit"]}, "prefer", "Did you mean en_suite?"),
    ({"offences": ["arsen"]}, "offences", "Did you mean arson?"),
    ({"type": "palace"}, "type", "must be one of: standard, pipe"),
    ({"person": "X999999"}, "person", "Nobody with this CRN or id is on record within your reach. Check it"),
    ({"placement": "PL-999999"}, "placement", "Check its reference, such as PL-000123."),
    ({"timeliness": "at once"}, "body", "near, from, nights"),
]


async def test_each_field_that_does_not_fit_is_a_422_that_names_it_and_says_what_to_do(served: Served) -> None:
    async with served.caller("practitioner") as caller:
        for change, field, why in BAD:
            answer = await caller.post(PATH, json=NEED | change)
            assert answer.status_code == 422, (change, answer.text)
            said = faults(answer)
            assert why in said.get(field, ""), (change, said)


async def test_what_is_wrong_with_a_zone_never_repeats_it(served: Served) -> None:
    async with served.caller("practitioner") as caller:
        for change in (circle(postcode="EH1 1YZ"), {"exclude_districts": ["ZZ9"]}, {"person": "X999999"}):
            answer = await caller.post(PATH, json=NEED | change)
            assert not [secret for secret in ("EH1", "ZZ9", "X999999") if secret in answer.text], answer.text


async def test_however_premises_are_ruled_out_the_whole_answer_is_the_same(served: Served) -> None:
    """Two circles elsewhere and of other sizes, a shape around them, their code: nothing tells which it was."""
    around = [
        {"lat": 53.7, "lon": -1.7},
        {"lat": 53.9, "lon": -1.7},
        {"lat": 53.9, "lon": -1.4},
        {"lat": 53.7, "lon": -1.4},
    ]
    ways: list[dict[str, Any]] = [
        circle("LS1 4AP", 1),
        circle("BD1 1HX", 30),
        {"avoid_areas": [{"corners": around}]},
        {"exclude_premises": ["AP1", "AP2"]},
    ]
    need = NEED | {"near": "YO1 7HH", "needs": ["step_free"], "prefer": ["catered"], "prefer_premises": ["AP2"]}
    async with served.caller("practitioner") as caller:
        answers = [await caller.post(PATH, json=need | way) for way in ways]
        nothing = [await caller.post(PATH, json=need | way) for way in ({}, circle("TR1 1AA", 5), circle("YO1 7HH", 1))]
    for same in (answers, nothing):
        assert [answer.status_code for answer in same] == [200] * len(same), same[-1].text
        bodies = [{**answer.json(), "as_of": ""} for answer in same]
        assert bodies == bodies[:1] * len(bodies)
    assert nothing[0].json()["hits"]
    for answer in answers:
        assert not [word for word in ("AP1", "AP2", "LS1", "BD1", "30", "zone", "avoid") if word in answer.text]
