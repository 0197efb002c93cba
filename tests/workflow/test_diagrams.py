"""The diagram beside each workflow says what the definition says."""

import collective.deliberation
import pytest
import re
from lxml import etree
from pathlib import Path


FOLDER = Path(collective.deliberation.__file__).parent / "profiles/desk/workflows"


@pytest.mark.parametrize("name", ["item", "meeting", "annex"])
def test_the_diagram_is_true(name):
    folder = FOLDER / f"deliberation_{name}_workflow"
    definition = etree.parse(folder / "definition.xml")
    targets = {t.get("transition_id"): t.get("new_state") for t in definition.iter("transition")}
    defined = {
        (state.get("state_id"), targets[exit_.get("transition_id")], exit_.get("transition_id"))
        for state in definition.iter("state")
        for exit_ in state.iter("exit-transition")
    }
    diagram = (folder / "diagram.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(\w+) --> (\w+): (\w+)", diagram)) == defined
    assert f"[*] --> {definition.getroot().get('initial_state')}" in diagram
