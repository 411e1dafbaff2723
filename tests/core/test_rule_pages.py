"""Each rule has its page, and the page tells its promise and every knob with its default."""

from pathlib import Path

import pytest

from followthrough.core.decide import RULES

PAGES = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.parametrize("name", RULES)
def test_the_page_tells_the_promise_and_the_knobs(name):
    rule, page = RULES[name], (PAGES / f"{name}.md").read_text("utf-8")

    assert page.startswith(f"# {rule.promise}\n")
    assert "## Example" in page
    for key, knob in rule.knobs.items():
        assert f"`{name}.{key}` | {knob.asks} … | {knob.default} | {knob.unit} |" in page


def test_no_page_is_left_of_a_rule_that_is_gone():
    assert {page.stem for page in PAGES.glob("*.md")} <= {*RULES, "index"}
