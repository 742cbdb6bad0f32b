"""What a web process makes only once it is open, so that it is ready sooner: it takes a second and no door needs it."""

import importlib
from functools import cached_property
from typing import Any

from litestar.template import TemplateEngineProtocol

from gateway.pages.templates import template_config


class LateTemplates(TemplateEngineProtocol[Any, Any]):
    """The template engine of the pages, made when it is first asked for."""

    def __init__(self) -> None:
        """Takes no folder: the pages know theirs."""

    @cached_property
    def _engine(self) -> Any:
        return template_config().engine_instance

    def get_template(self, template_name: str) -> Any:
        return self._engine.get_template(template_name)

    def render_string(self, template_string: str, context: Any) -> str:
        rendered: str = self._engine.render_string(template_string, context)
        return rendered

    def register_template_callable(self, key: str, template_callable: Any) -> None:
        self._engine.register_template_callable(key, template_callable)

    def make(self) -> None:
        """Make it now."""
        self._engine  # noqa: B018  # it is kept


def make_late_things(templates: LateTemplates) -> None:
    """Run in a thread, while requests are served already."""
    importlib.import_module("joserfc.jwt")
    templates.make()
