"""Two imports tell alike, or somebody was worked with since: taking one back takes only its own."""

from datetime import timedelta
from io import BytesIO

import pytest
from tests.ledger.scene import DAY
from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox, say_yes, take_in

from followthrough.core.facts import TheyWrote, WeCalled
from followthrough.ledger import deciding, intakes, proposals, search, wants
from followthrough.ledger.audit import audit
from followthrough.ledger.books import history_of
from followthrough.ledger.models import Address, Fact, FollowUp, Lesson, Party, Proposal, Want
from followthrough.ledger.parties import Known, find_or_add
from followthrough.ledger.person import person_page
from followthrough.ledger.record import record
from followthrough.ledger.sweep import sweep
from followthrough.ledger.taking_back import take_back
from followthrough.web.party.details import DetailsForm
from followthrough.worker.importing.job import Importer

LATER = MONDAY + timedelta(hours=1)
OURS = "bob@banners.example"
US, ANN, CY = f"Bob <{OURS}>", "Ann <ann@customer.test>", "Cy <cy@other.test>"
LIST = b"Name,Email,Phone,Stage,Amount\nAnn,ann@customer.test,+44 20 7946 0001,open,100\n"
ASKED = mbox(letter(ANN, OURS))
ANSWERED = mbox(letter(ANN, OURS), letter(US, ANN, "Sure, 90.", day=2, number=2))
QUOTE = "Thank you. I'll send you the quote on Monday."
PROMISED = mbox(letter(ANN, OURS), letter(US, ANN, QUOTE, day=2, number=2))
LANTERN = "Do you also have red lanterns? I would like to have a red lantern."


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def ann(bob):
    """Somebody we knew before, by her number."""
    known = Known(name="Ann", phones=("+44 20 7946 0001",))
    ann = find_or_add(bob.workspace, known, owner=bob, at=MONDAY)
    record(ann, TheyWrote(at=MONDAY - timedelta(days=2)), source="mail:1", at=MONDAY)
    search.make_findable([ann])
    return ann


def back(intake, at):
    assert take_back(intake, at=at)
    return take_in(intakes.unfinished(intake.workspace).get(pk=intake.pk), at=at)


def standing(name):
    return [type(fact).__name__ for fact in history_of(Party.objects.get(name=name)).facts]


def books():
    """All that stands, by name, so that two ways here can be compared."""
    rows = FollowUp.objects.filter(settled_at=None).order_by("party__name", "rule")
    waiting = Proposal.objects.filter(state="open").order_by("party__name", "kind")
    return (
        sorted(Party.objects.values_list("name", flat=True)),
        sorted(Address.objects.values_list("party__name", "canonical")),
        {name: standing(name) for name in Party.objects.values_list("name", flat=True)},
        list(rows.values_list("party__name", "rule", "show_at")),
        list(waiting.values_list("party__name", "kind", "sentence")),
    )


def as_if_only(bob, raw, **said):
    """The books with just this one import, and then nothing of it."""
    intake = bring_in(bob, raw, **said)
    there = books()
    back(intake, MONDAY)
    assert books() == ([], [], {}, [], [])
    return there


def clean(bob, at):
    return (audit(bob.workspace, at=at).uncovered, sweep(bob.workspace, at=at)) == (0, 0)


# --- two that tell alike ----------------------------------------------------------------


@pytest.mark.parametrize("raw", [ASKED, ANSWERED, PROMISED, LIST])
def test_what_the_second_import_told_too_stays_with_it(bob, raw):
    there = as_if_only(bob, raw, ours=(OURS,))
    first = bring_in(bob, raw, ours=(OURS,))
    bring_in(bob, raw, ours=(OURS,), at=LATER)

    back(first, LATER + DAY)

    assert books() == there
    assert clean(bob, LATER + DAY)


@pytest.mark.parametrize("raw", [ASKED, ANSWERED, PROMISED, LIST])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_of_three_imports_of_one_file_nobody_is_left_in_any_order(bob, raw, order):
    each = [bring_in(bob, raw, ours=(OURS,), at=MONDAY + n * LATER.resolution) for n in range(3)]

    for n, number in enumerate(order, start=1):
        back(each[number], LATER + n * DAY)

    assert books() == ([], [], {}, [], [])


def test_an_import_with_the_wrong_addresses_is_done_over(bob):
    there = as_if_only(bob, ANSWERED, ours=(OURS,))
    wrong = bring_in(bob, ANSWERED, ours=("wrong@other.test",))
    bring_in(bob, ANSWERED, ours=(OURS,), at=LATER)

    back(wrong, LATER + DAY)

    assert books() == there
    assert clean(bob, LATER + DAY)


def test_a_mail_to_two_stays_with_both_of_them(bob):
    both = mbox(letter(US, f"{ANN}, {CY}", "The fair is on the 9th."))
    first = bring_in(bob, both, ours=(OURS,))
    second = bring_in(bob, both, ours=(OURS,), at=LATER)

    back(first, LATER + DAY)

    assert (standing("Ann"), standing("Cy")) == (["WeWrote"], ["WeWrote"])
    back(second, LATER + 2 * DAY)
    assert not Party.objects.exists()


def test_what_only_the_first_had_told_goes(bob):
    first = bring_in(bob, ANSWERED, ours=(OURS,))
    bring_in(bob, ASKED, ours=(OURS,), at=LATER)

    back(first, LATER + DAY)

    assert [fact for fact in standing("Ann") if fact != "Retracted"] == ["TheyWrote"]
    assert FollowUp.objects.get(settled_at=None).rule in ("answer_them", "answer_questions")
    assert [one.party.name for one in proposals.to_decide(bob)] == ["Ann"]


def test_what_another_mail_holds_back_is_still_proposed(bob):
    first = bring_in(bob, ASKED, ours=(OURS,))
    more = letter(ANN, OURS, "And in blue?", day=9, number=2, subject="Re: A banner")
    second = bring_in(bob, mbox(more), ours=(OURS,), at=LATER)

    back(first, LATER + DAY)

    assert [one.sentence for one in proposals.to_decide(bob)] == ["And in blue?"]
    deciding.dismiss(list(proposals.to_decide(bob)), by=bob, at=LATER + DAY)
    back(second, LATER + 2 * DAY)
    assert books() == ([], [], {}, [], [])


def test_what_a_stuck_import_had_heard_is_proposed_by_the_one_that_told_it_too(bob):
    more = letter("Di <di@other.test>", OURS, number=9)
    stuck = intakes.receive(
        bob.workspace, bob, "1", BytesIO(PROMISED + mbox(more)), {"ours": [OURS]}, at=MONDAY
    )
    worker = Importer()
    for _ in range(3):
        worker.slice_of(stuck, at=MONDAY)
    assert Proposal.objects.filter(state="heard", kind="promised").exists()
    bring_in(bob, PROMISED, ours=(OURS,), at=LATER)
    intakes.note(stuck, problem="It got stuck.", lease="", lease_until=None)

    back(stuck, LATER + DAY)

    assert "promised" in proposals.to_decide(bob).values_list("kind", flat=True)
    assert not Party.objects.filter(name="Di").exists()


def test_told_while_another_is_on_its_way_back_it_stands(bob):
    first = bring_in(bob, LIST)
    record(Party.objects.get(), WeCalled(at=LATER, outcome="spoke"), source="page:1", at=LATER)
    assert take_back(first, at=LATER)
    worker = intakes.unfinished(bob.workspace).get()
    take_in(worker, at=LATER, slices=1)

    bring_in(bob, LIST, at=LATER + DAY)
    take_in(worker, at=LATER + DAY)

    assert {"Listed", "Opened", "WeCalled"} <= set(standing("Ann"))
    assert clean(bob, LATER + DAY)


# --- worked with since ------------------------------------------------------------------


def test_whom_somebody_called_since_keeps_the_address_and_is_known_again(bob):
    first = bring_in(bob, LIST)
    record(Party.objects.get(), WeCalled(at=LATER, outcome="spoke"), source="page:1", at=LATER)

    back(first, LATER + DAY)

    assert set(Address.objects.values_list("canonical", "intake")) == {
        ("ann@customer.test", None), ("+442079460001", None)
    }  # fmt: skip
    bring_in(bob, LIST, at=LATER + 2 * DAY)
    assert Party.objects.get().name == "Ann"


def test_a_yes_to_what_was_found_goes_with_the_import(bob):
    intake = bring_in(bob, PROMISED, ours=(OURS,))
    say_yes(bob, at=LATER)
    assert Fact.objects.filter(kind="WePromised").exists()

    back(intake, LATER + DAY)

    assert books() == ([], [], {}, [], [])


def test_a_no_goes_with_what_it_taught(bob):
    intake = bring_in(bob, ASKED, ours=(OURS,))
    deciding.dismiss(list(proposals.to_decide(bob)), by=bob, at=LATER)

    back(intake, LATER + DAY)

    assert not Party.objects.exists()
    assert not Lesson.objects.filter(dismissed__gt=0).exists()


def test_a_yes_about_somebody_known_before_leaves_no_promise(bob, ann):
    intake = bring_in(bob, LIST)
    mails = bring_in(bob, PROMISED, ours=(OURS,), at=LATER)
    say_yes(bob, at=LATER)

    back(mails, LATER + DAY)

    assert "WePromised" not in standing("Ann")
    assert "keep_promises" not in FollowUp.objects.filter(settled_at=None).values_list(
        "rule", flat=True
    )
    back(intake, LATER + 2 * DAY)
    assert Address.objects.get().kind == "phone"
    assert clean(bob, LATER + 2 * DAY)


def test_a_promise_that_somebody_worked_on_since_stays_with_an_address(bob):
    intake = bring_in(bob, PROMISED, ours=(OURS,))
    say_yes(bob, at=LATER)
    called = WeCalled(at=LATER + DAY, outcome="no_answer")
    record(Party.objects.get(), called, source="page:1", at=LATER + DAY)

    back(intake, LATER + 2 * DAY)

    assert "WePromised" in standing("Ann")
    assert Address.objects.get().value == "ann@customer.test"


# --- found, and wanted -------------------------------------------------------------------


def test_an_address_that_an_import_gives_is_found_and_one_taken_back_is_not(bob, ann):
    intake = bring_in(bob, LIST)
    search.catch_up(bob.workspace, most=100)
    assert list(search.found(bob.workspace, "ann@customer.test")) == [ann]

    back(intake, LATER)
    search.catch_up(bob.workspace, most=100)

    assert not search.found(bob.workspace, "ann@customer.test")
    assert list(search.found(bob.workspace, "7946 0001")) == [ann]


def test_a_want_goes_with_its_import_and_comes_back_with_it(bob, ann):
    bring_in(bob, LIST)
    mail = mbox(letter(ANN, OURS, LANTERN))
    intake = bring_in(bob, mail, ours=(OURS,), at=LATER)
    there = list(Want.objects.filter(gone_at=None).values_list("text", flat=True))
    assert there

    back(intake, LATER + DAY)

    assert not wants.who_asked(bob.workspace, "lantern")
    bring_in(bob, mail, ours=(OURS,), at=LATER + 2 * DAY)
    assert list(Want.objects.values_list("text", flat=True)) == there  # the same ones, not more
    assert wants.who_asked(bob.workspace, "lantern")


def test_whose_details_somebody_changed_since_keeps_the_address(bob):
    intake = bring_in(bob, LIST)
    form = DetailsForm({"name": "Ann Lee"}, page=person_page(Party.objects.get()))
    assert form.is_valid()
    form.keep(at=LATER)

    back(intake, LATER + DAY)

    assert Party.objects.get().name == "Ann Lee"
    assert Address.objects.count() == 2


def test_a_long_list_that_is_owed_again_does_not_bury_the_day(bob):
    rows = b"".join(b"P%d,p%d@customer.test,open,5\n" % (n, n) for n in range(60))
    bring_in(bob, b"Name,Email,Stage,Amount\n" + rows)
    there = FollowUp.objects.filter(settled_at=None, show_at__lte=LATER + DAY).count()
    mails = [letter(US, f"p{n}@customer.test", day=28, number=n + 1) for n in range(60)]
    answered = bring_in(bob, mbox(*mails), ours=(OURS,), at=LATER)

    back(answered, LATER + DAY)

    shown = FollowUp.objects.filter(settled_at=None, show_at__lte=LATER + DAY)
    assert FollowUp.objects.filter(settled_at=None).count() == 60
    assert shown.count() <= max(there, 20)
