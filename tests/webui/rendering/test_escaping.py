"""What templates write is escaped as markupsafe escapes it, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from webui.rendering.escaping import EscapingTemplate, escaped
from webui.strings import Sentence


@given(st.text() | st.text("&<>'\"#;34am合") | st.integers() | st.booleans() | st.none())
def test_values_are_escaped_as_by_markupsafe(value: object) -> None:
    assert escaped(value) == str(escape(value))


@given(st.text("&<>'\"合"))
def test_sentences_are_text_and_markup_stays(text: str) -> None:
    assert escaped(Sentence(text)) == str(escape(text))
    assert escaped(Markup(text)) == text
    assert escaped(escape(text)) == escaped(text)


@pytest.mark.parametrize(("source", "wanted"), [
    ("{{ value }}", "&lt;b&gt; &amp; &#39;"),
    ("{{ value|e }}{{ value ~ '>' }}", "&lt;b&gt; &amp; &#39;&lt;b&gt; &amp; &#39;&gt;"),
    ("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(value) }}", "<i>&lt;b&gt; &amp; &#39;</i>"),
    ("{% set x %}<i>{{ value }}</i>{% endset %}{{ x }}", "<i>&lt;b&gt; &amp; &#39;</i>"),
    ("{{ safe }}{{ 3 }}{{ number }}{{ missing }}", "<b>34"),
    ("{% if value is string and not (value is escaped) %}{{ safe is escaped }}{% endif %}", "True"),
])  # fmt: skip
def test_a_template_escapes_each_value_once(source: str, wanted: str) -> None:
    environment = Environment(autoescape=True)
    environment.template_class = EscapingTemplate
    template = environment.from_string(source)
    assert template.render(value="<b> & '", safe=Markup("<b>"), number=4) == wanted
