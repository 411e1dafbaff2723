"""S49: One person may be prospect, customer, supplier and referrer at once."""

from datetime import timedelta

from django.urls import reverse
from tests.ledger.scene import DAY, MONDAY
from tests.web.desk import hear, owed_to, text_of, undo_of

from followthrough.core.facts import Closed, Opened, TheyEnquired, WeWrote
from followthrough.ledger import clock
from followthrough.ledger.merge import merge, unmerge
from followthrough.ledger.models import Role


def roles(party):
    return sorted(Role.objects.filter(party=party).values_list("name", flat=True))


def buys_and_prints(party):
    """He asked for a banner, bought one before, and prints our vinyl."""
    hear(
        party,
        Opened(at=MONDAY - 90 * DAY, matter="sign"),
        Closed(at=MONDAY - 80 * DAY, matter="sign", outcome="won"),
        Opened(at=MONDAY - 10 * DAY, matter="vinyl", kind="supply"),
        TheyEnquired(at=MONDAY - 9 * DAY, matter="banner"),
    )


def test_s49_the_record_shows_several_roles(pat, bobs):
    buys_and_prints(pat)

    assert roles(pat) == ["customer", "prospect", "supplier"]
    said = text_of(bobs.get(reverse("person", args=[pat.pk])))
    for role in ("Customer", "Prospect", "Supplier"):
        assert role in said


def test_s49_a_role_is_given_by_hand_and_taken_back(pat, bobs):
    with clock.at(MONDAY):
        page = bobs.post(reverse("roles", args=[pat.pk]), {"role": ["referrer"]}, follow=True)
        assert roles(pat) == ["referrer"]

        bobs.post(undo_of(page))

    assert roles(pat) == []


def test_s49_what_is_over_is_no_role_any_more(pat):
    hear(pat, TheyEnquired(at=MONDAY, matter="banner"))
    hear(pat, Closed(at=MONDAY + DAY, matter="banner", outcome="lost"))

    assert roles(pat) == []


def test_s49_roles_follow_the_records_that_are_joined_and_parted(ann, pat, mia):
    buys_and_prints(pat)
    merge(pat, into=ann, by=mia, at=MONDAY)
    assert roles(ann) == ["customer", "prospect", "supplier"]

    unmerge(pat, by=mia, at=MONDAY + DAY)

    assert (roles(ann), roles(pat)) == ([], ["customer", "prospect", "supplier"])


def test_s49_chase_plans_do_not_collide(pat):
    """Two of our words this week are enough, in whichever role: the third waits."""
    for n, matter in enumerate(("banner", "vinyl", "awning")):
        kind = "supply" if matter == "vinyl" else "enquiry"
        hear(pat, Opened(at=MONDAY, matter=matter, kind=kind))
        hear(pat, WeWrote(at=MONDAY + n * timedelta(hours=1), matter=matter))

    ours = [row for row in owed_to(pat) if row.how != "decide"]

    starts = sorted(row.due for row in ours)
    assert len(ours) == 3
    assert all(later - first >= 7 * DAY for first, later in zip(starts, starts[2:], strict=False))
    assert any(row.held for row in ours)
