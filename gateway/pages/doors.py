"""Every page, and the files they are made with."""

from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router

from gateway.pages import confirm, find_a_bed, holds, home, inbox, locate, mail, nsis, sign_in
from gateway.pages.templates import STATIC

static = create_static_files_router(
    path="/static",
    directories=[STATIC],
    cache_control=CacheControlHeader(max_age=31_536_000, public=True, immutable=True),
    include_in_schema=False,
)

handlers = [
    static,
    home.home,
    sign_in.ask_who,
    sign_in.begin,
    sign_in.end,
    find_a_bed.ask,
    find_a_bed.search,
    holds.hold,
    holds.end,
    nsis.in_flight,
    nsis.one,
    nsis.confirm,
    confirm.look,
    confirm.confirm,
    mail.captured,
    mail.one,
    inbox.messages,
    inbox.message,
    locate.locate,
]
