"""Who is in a sequence: a page at a time, by how far they have come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from followthrough.ledger import clock, sequence_people, sequences
from followthrough.ledger.opening import sequence_for
from followthrough.ledger.place import as_named, id_in, place_in
from followthrough.ledger.plans import plan_of
from followthrough.web import say
from followthrough.web.gate import MemberRequest, members_only
from followthrough.web.tongue import tell

PAGE = 50


def _step_in(text: str) -> int | None:
    return id_in(text) if text.isdecimal() else None


@members_only
@require_GET
def people(request: MemberRequest, pk: int) -> HttpResponse:
    sequence, now = sequence_for(request.member, pk), clock.now()
    after = place_in(request.GET.get("after", ""), _step_in)
    rows = sequence_people.page_of(sequence, after, PAGE + 1)
    of, zone = len(plan_of(sequences.newest(sequence)).steps), request.member.own_zone()
    shown = [
        {
            "pk": row.party_id,
            "name": row.party.name,
            "step": row.plan_step + 1,
            "next": say.in_words(row.next_due, now, zone) if row.next_due else "",
        }
        for row in rows[:PAGE]
    ]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "here": "sequences", "sequence": sequence, "name": tell(sequence.name), "of": of,
        "people": shown, "after": as_named((last.plan_step, last.pk)) if last else "",
    }  # fmt: skip
    return render(request, "sequences/people.html", context)
