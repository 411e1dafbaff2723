"""The question itself: under which subject they wrote, and what it may belong to."""

from collections.abc import Sequence
from typing import Any

from followthrough.ledger import topics
from followthrough.ledger.models import Fact, FollowUp
from followthrough.ledger.topics import bare_topic, is_another
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
    said = Fact.objects.filter(workspace=topic.workspace_id, name=topic.said).select_related("text")
    subject = next((one.text.title for one in said if one.text), "")
    if not subject or (old.title and not is_another(subject, [old.title])):
        return {}  # the old talk is closed: it began something of its own by itself
    return {
        "pk": topic.pk,
        "subject": say.shortened(bare_topic(subject), SHORT),
        "old": say.shortened(old.title, SHORT),
        "others": [
            {"key": key, "title": say.shortened(one.title, SHORT)}
            for key, one in topics.others(topic, besides=old).items()
        ],
    }
