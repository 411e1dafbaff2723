"""S81: which subject gets through: answers of each line with their number, a winner if any."""

from datetime import timedelta

import pytest
from tests.ledger.scene import DAY, HOUR, MONDAY, party_named
from tests.web.desk import hear, text_of

from followthrough.core.facts import TheyOpened, TheyWrote
from followthrough.ledger import clock, words_used
from followthrough.ledger.models import Mailbox, Message, Template, WordsUsed
from followthrough.ledger.templates import subject_for
from followthrough.ledger.words_used import Choice
from followthrough.reports.words_that_work import results

pytestmark = pytest.mark.django_db
SHORT, LONG = "Your sign", "One question about {{ topic | default('your sign') }}"
LATER = MONDAY + 30 * DAY


@pytest.fixture
def mailbox(bob):
    return Mailbox.objects.create(
        workspace=bob.workspace, member=bob, address="bob@banners.example", username="bob",
        secret="", imap_host="x", smtp_host="x", added_at=MONDAY,
    )  # fmt: skip


@pytest.fixture
def template(workspace):
    return Template.objects.create(
        workspace=workspace, name="After a quote", occasion="quote", subjects=[SHORT, LONG],
        text="Hello", added_at=MONDAY,
    )  # fmt: skip


def sent(party, mailbox, count, answered=0, subject=SHORT, at=MONDAY):
    """So many mails that left at that time; to some of them somebody replied."""
    return Message.objects.bulk_create(
        Message(
            workspace=party.workspace, mailbox=mailbox, member=mailbox.member, party=party,
            subject=subject, raw=b"", recipient="ann@home.example", queued_at=at, not_before=at,
            state="sent", ended_at=at, replied_at=at + DAY if n < answered else None,
            **{name: f"{name}-{subject}-{at:%d}-{n}"
               for name in ("key", "message_id", "envelope")},
        )
        for n in range(count)
    )  # fmt: skip


def used(template, messages, line):
    choice = str(Choice.of(template, line, messages[0].subject))
    for message in messages:
        words_used.keep_with(message, choice, at=message.queued_at)


def report(workspace, now=LATER):
    [result] = results(workspace, now)
    return result, {one.subject: (one.share.done, one.share.of) for one in result.lines}


def test_s81_each_line_is_offered_and_the_same_people_always_read_the_same_one(template, workspace):
    people = [party_named(f"Ann{n}", workspace) for n in range(20)]

    first = [subject_for(template, one) for one in people]

    assert set(first) == {SHORT, LONG}
    assert first == [subject_for(template, one) for one in people]


def test_s81_the_winner_is_named_where_there_is_enough_to_say_so(
    template, mailbox, ann, workspace, bobs
):
    used(template, sent(ann, mailbox, 300, answered=42), SHORT)
    used(template, sent(ann, mailbox, 300, answered=18, subject="One question about “roof”"), LONG)

    result, lines = report(workspace)
    with clock.at(LATER):
        page = text_of(bobs.get("/words/answered/"))

    assert lines == {SHORT: (42, 300), LONG: (18, 300)}
    assert result.winner.subject == SHORT
    assert "42 of 300 answered: 14%, most likely between 11% and 18%" in page
    assert "18 of 300 answered: 6%, most likely between 4% and 9%" in page
    assert "“Your sign” is answered more often" in page


def test_s81_the_same_shares_of_fewer_mails_name_nobody(template, mailbox, ann, workspace):
    used(template, sent(ann, mailbox, 50, answered=7), SHORT)
    used(template, sent(ann, mailbox, 50, answered=3, subject="b"), LONG)

    result, _lines = report(workspace)

    assert result.winner is None


def test_s81_of_a_few_mails_nothing_is_said(template, mailbox, ann, bobs):
    used(template, sent(ann, mailbox, 4, answered=4), SHORT)

    with clock.at(LATER):
        page = text_of(bobs.get("/words/answered/"))

    assert "4 of 4 answered: too few to say" in page


def test_s81_mail_counts_when_its_two_weeks_are_over(template, mailbox, ann, workspace):
    used(template, sent(ann, mailbox, 6, answered=1), SHORT)
    used(template, sent(ann, mailbox, 5, answered=5, at=LATER - DAY), SHORT)

    result, lines = report(workspace)

    assert lines == {SHORT: (1, 6)}
    assert result.young == 5


def test_s81_a_word_of_theirs_by_any_way_is_an_answer_and_looking_is_none(
    template, mailbox, workspace
):
    pia, pat = (party_named(name, workspace) for name in ("Pia", "Paul"))
    used(template, sent(pia, mailbox, 1, subject="to Pia"), SHORT)
    used(template, sent(pat, mailbox, 1, subject="to Pat"), SHORT)
    hear(pia, TheyWrote(at=MONDAY + 3 * DAY))
    hear(pat, TheyOpened(at=MONDAY + HOUR))
    hear(pat, TheyWrote(at=MONDAY + timedelta(days=15)))

    _result, lines = report(workspace)

    assert lines == {SHORT: (1, 2)}


def test_s81_another_subject_counts_for_the_template_and_for_no_line(template, mailbox, ann):
    [message] = sent(ann, mailbox, 1, subject="Something else")

    words_used.keep_with(message, str(Choice.of(template, SHORT, "Your sign")), at=MONDAY)

    row = WordsUsed.objects.get()
    assert (row.template, row.subject) == (template, "")


def test_s81_ready_made_words_become_the_teams_own_when_they_are_sent(mailbox, ann, workspace):
    [message] = sent(ann, mailbox, 1)

    words_used.keep_with(message, "en.quote.plain~0~0", at=MONDAY)

    assert WordsUsed.objects.get().template.ready == "en.quote.plain"


@pytest.mark.parametrize("choice", ["", "~", "999~0~0", "x", "en.none~0~0", "1~a~b", "1~0~0~0"])
def test_s81_a_mail_of_ones_own_counts_for_nothing(mailbox, ann, choice):
    [message] = sent(ann, mailbox, 1)

    words_used.keep_with(message, choice, at=MONDAY)

    assert WordsUsed.objects.count() == 0


def test_s81_nothing_of_another_team_is_counted(template, mailbox, ann, sids):
    used(template, sent(ann, mailbox, 6), SHORT)

    with clock.at(LATER):
        assert "Nothing to count yet" in text_of(sids.get("/words/answered/"))
