"""Builds small XForms for tests, and worlds to open them in."""

from dataclasses import replace

from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.state import FormState, open_form

NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
    'xmlns:odk="http://www.opendatakit.org/xforms" xmlns:serai="urn:serai:form:1"'
)


def xform(instance: str, binds: str = "", body: str = "", model: str = "") -> str:
    """Write an XForm around its parts; `instance` is the inside of the root element."""
    return (
        f"<h:html {NAMESPACES}><h:head><h:title>Test</h:title><model>{model}"
        f'<instance><data id="test" version="1">{instance}</data></instance>{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


def opened(instance: str, binds: str = "", body: str = "", model: str = "", **world) -> FormState:
    """Open a form for the first time."""
    form = compile_form(xform(instance, binds, body, model))
    return open_form(form, {}, None, replace(env(), **world), first=True)
