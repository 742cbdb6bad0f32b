"""Every page, and the files they are made with."""

from litestar.handlers import HTTPRouteHandler

from gateway.pages import (
    calendar,
    confirm,
    files,
    find_a_bed,
    holds,
    home,
    inbox,
    locate,
    mail,
    nsis,
    occupancy,
    sign_in,
    waiting,
)

handlers: list[HTTPRouteHandler] = [
    files.static_file,
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
    calendar.calendar,
    occupancy.grid,
    occupancy.lost,
    occupancy.forecast,
    *waiting.handlers,
]
