"""Whatever a mail holds, reading it ends well and every finding stands where it says."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inlets.real_data import DATA, real
from training.real_sentences import mails

from followthrough.inlets.language import findings, own_words, private

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
TELLING = [
    "I'll send it",
    "we will call",
    "Ich melde mich",
    "je vous envoie",
    "could you",
    "I need",
]
DAYS = ["on Monday", "by 3 May", "morgen", "demain", "12–14 Sept", "3, 10 and 17 October", "31.02."]
NUMBERS = ["9/31", "24/7", "2026-13-40", "in 99999 years", "six weekends", "between", "and", "to"]
SIGNS = ["?", ".", "...", "!", ",", ":", "\n", "\n\n", ">", "--", "---", "```", "¿", "\t", "\x85"]
HEADS = ["From: x", "Subject: x", "On 1 May Ann wrote:", "Tel: +44 20 7946 0958", "Best regards"]
ODD = ["if", "the", "my son starts school", "😘", "ß", "İ", "ﬁ", "\u202e", "\u2028"]
PIECES = st.sampled_from([*TELLING, *DAYS, *NUMBERS, *SIGNS, *HEADS, *ODD])


def holds(text, found):
    """Whether each sentence stands at its place, but for white space."""
    return all(" ".join(text[one.start :].split()).startswith(one.sentence) for one in found)


@pytest.mark.parametrize("by_us", [True, False])
def test_in_every_real_mail_each_finding_stands_where_it_says(by_us):
    real("mail_spamassassin")

    wrong = [
        mail.subject
        for mail in mails(DATA)
        if not holds(mail.text, findings(mail.text, at=mail.at or AT, by_us=by_us))
    ]

    assert wrong == []


@given(st.lists(PIECES, max_size=40).map(" ".join), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_arrangement_of_telling_words_trips_it(text, by_us):
    found = findings(text, at=AT, by_us=by_us)

    assert holds(text, found)
    assert all(0 <= one.sure <= 1 for one in found)
    assert isinstance(private(text), str)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text):
    assert holds(text, findings(text, at=AT, by_us=False))
    assert len(own_words(text)) <= len(text)


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-14))),
    ],
)
def test_an_absurd_date_costs_the_day_and_not_the_promise(at):
    [promise] = findings("I'll call you next week.", at=at, by_us=True)

    assert promise.kind == "we_promise"
    findings("Is it free on 3 and 10 May? My son starts school in June.", at=at, by_us=False)
