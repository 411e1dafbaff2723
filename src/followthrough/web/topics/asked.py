"""The question itself: under which subject they wrote, and what it may belong to."""

from collections.abc import Sequence
from typing import Any

from followthrough.ledger import topics
from followthrough.ledger.models import Fact, FollowUp
from followthrough.ledger.topics import bare_topic
from followthrough.web import say

SHORT = 48
Context = dict[str, Any]


def topic_of(followups: Sequence[FollowUp]) -> Context:
    """Of the first of these that asks; empty: none does."""
    asked = topics.asked_about(followups)
    row = next((one for one in followups if one.pk in asked), None)
    if row is None:
        return {}
    topic, old = asked[row.pk], row.matter
    said = Fact.objects.filter(
        workspace=topic.workspace_id, party=topic.party_id, name=topic.said
    ).select_related("text")  # fmt: skip
    [text] = [one.text for one in said][:1] or [None]
    return {
        "pk": topic.pk,
        "subject": say.shortened(bare_topic(text.title), SHORT) if text else "",
        "old": say.shortened(old.title, SHORT),
        "others": [
            {"key": one.key, "title": say.shortened(one.title, SHORT)}
            for one in topics.others(topic, besides=old.key)
        ],
    }
