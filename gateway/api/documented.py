"""How the API describes itself: the problems of an operation, and a plain page of all of them."""

from html import escape
from importlib.metadata import version
from typing import Any

from litestar import Request
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityRequirement, SecurityScheme, Tag

from gateway.api.problems import MEDIA_TYPE, Problem

BEARER: list[SecurityRequirement] = [{"bearer": []}]

WHEN: dict[int, str] = {
    400: "The request cannot be read: not JSON, not UTF-8, or empty.",
    401: "No valid bearer token came with the request.",
    403: "The role may not do this.",
    404: "There is no such thing, or it is not yours to see.",
    409: "It is in the way of something else; `nights` names the nights of a bed already claimed.",
    410: "What was sent belongs to a past that is no more: begin again as `detail` says.",
    413: "More bytes than are taken.",
    415: "This kind of content is not taken.",
    422: "It can be read and cannot be used: `faults` names each field and why. Also an idempotency key used again.",
    503: "The database does not answer just now. Try again after as many seconds as `Retry-After` says.",
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems an operation can answer, besides those that every operation can: 400 and 503."""
    return {
        status: ResponseSpec(Problem, description=WHEN[status], media_type=MEDIA_TYPE, generate_examples=False)
        for status in sorted({400, *statuses, 503})
    }


GUARDED = (401, 403)

TAGS = (
    Tag(name="Bedspaces", description="Search a bed by availability, and hold it."),
    Tag(name="Premises", description="What the register knows of premises, and the words it uses."),
    Tag(
        name="People",
        description="Their case: sentences, contacts, registrations; who is responsible; who must not meet whom.",
    ),
    Tag(name="Lists", description="Reasons, outcomes and characteristics: dated data that is edited."),
    Tag(name="Occupancy", description="How full premises are, night by night, and what is lost. Nobody is named."),
    Tag(name="Locator", description="Who receives whom."),
    Tag(name="Intake", description="Messages in: stored before anything else, then read into NSIs."),
    Tag(name="Connections", description="Which area sends or is sent what, by which road, and how that goes."),
    Tag(name="Waiting list", description="Who waits for a bed, in order, and beds that are proposed to them."),
    Tag(name="Placements", description="From the AP referral through booking and stay to the departure."),
    Tag(name="Releases", description="A prison's notice, what must exist before the day, and the bed and NSI for it."),
    Tag(name="NSIs", description="Case transfers and temporary moves."),
    Tag(name="Changes", description="The ordered feed of what happened, for systems that keep themselves in step."),
    Tag(name="Figures", description="Counts over regions, without persons."),
    Tag(name="Deliveries", description="What is owed to the outside, how that goes, and sending it again."),
    Tag(name="Schemas", description="The records that are sent and answered, as JSON Schema."),
    Tag(name="Access", description="Tokens of the demo's local issuer."),
    Tag(name="Service", description="How the service is."),
)


class PlainPage(OpenAPIRenderPlugin):
    """Every operation on one page without a script, a style or anything from elsewhere."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002  # the signature is Litestar's
        info = openapi_schema["info"]
        rows = "".join(
            f"<tr><td><code>{escape(method.upper())}</code></td><td><code>{escape(path)}</code></td>"
            f"<td>{escape(operation.get('summary', ''))}</td><td>{escape(operation.get('description', ''))}</td></tr>"
            for path, item in sorted(openapi_schema["paths"].items())
            for method, operation in item.items()
            if isinstance(operation, dict)
        )
        return (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(info["title"])}</title>'
            f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"
            f'<p><a href="/schema/openapi.json">OpenAPI as JSON</a></p>'
            "<table><caption>Operations</caption><thead><tr><th>Method</th><th>Path</th><th>What it does</th>"
            f"<th>More</th></tr></thead><tbody>{rows}</tbody></table></html>"
        ).encode()


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Bedspace",
        version=version("bedspace"),
        description=(
            "A national register of bedspaces, a locator of who receives whom, and a gateway for case transfers. "
            "Dates are ISO 8601 and nights are London's; times are RFC 3339. Lists take `limit` and `cursor`. "
            "Writes take an `Idempotency-Key`, kept for 24 hours. Every error is `application/problem+json`."
        ),
        path="/schema",
        tags=list(TAGS),
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(
                    type="http",
                    scheme="bearer",
                    bearer_format="JWT",
                    description="An access token (`at+jwt`). In a demo: `bedspace token ROLE`, or POST /oauth/token.",
                )
            }
        ),
        render_plugins=[JsonRenderPlugin(path="/openapi.json"), PlainPage()],
    )
