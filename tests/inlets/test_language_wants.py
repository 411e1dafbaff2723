"""What people want, the days they name and what they say of themselves below their letter."""

from datetime import UTC, date, datetime

import pytest

from followthrough.inlets.language import findings

JULY = datetime(2026, 7, 1, 10, tzinfo=UTC)


def found(text, kind, *, by_us=False, at=JULY):
    return [one for one in findings(text, at=at, by_us=by_us) if one.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("I was on your site as I needed some updated action shots.", "updated action shots"),
        ("We are looking for 200 roll-up banners for the fair.", "200 roll-up banners"),
        ("Do you have blue kites?", "blue kites"),
        ("Do you sell spare parts for the K200?", "spare parts"),
        ("We need two new fire doors by Friday.", "two new fire doors"),
        ("Could you give me a quote for 3 illuminated signs (2 m)?", "3 illuminated signs"),
        ("I'm interested in your roll-up stands.", "roll-up stands"),
        ("I would like to order a dozen red kites, please.", "dozen red kites"),
        ("How much is the large tent?", "large tent"),
        ("Wir suchen 20 Fahnen für das Fest.", "20 Fahnen"),
        ("Ich hätte gern ein Angebot über 20 Werbebanner.", "20 Werbebanner"),
        ("Haben Sie blaue Drachen?", "blaue Drachen"),
        ("Je cherche une enseigne lumineuse pour mon magasin.", "enseigne lumineuse"),
        ("Necesito 50 carteles para el viernes.", "50 carteles"),
        (
            "We need two banners with action shots of each player.",
            "two banners with action shots of each player",
        ),
    ],
)
def test_the_thing_wanted_is_a_short_phrase(sentence, thing):
    [one] = found(f"Hello,\n\n{sentence}\n\nAnn", "wants")

    assert (one.value, one.sentence) == (thing, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I need to know more.",
        "We need your help.",
        "Do you have time tomorrow?",
        "Do you have any questions?",
        "I'd like to thank you.",
        "We need you to sign it.",
        "The shop sells kites.",
        "Are you looking for a new job?",
    ],
)
def test_help_time_and_answers_are_no_things(sentence):
    assert found(f"Hello,\n\n{sentence}\n\nAnn", "wants") == []


SIX = tuple(
    date(2026, month, day)
    for month, day in [(9, 12), (9, 19), (9, 26), (10, 3), (10, 10), (10, 17)]
)


@pytest.mark.parametrize(
    "written",
    [
        " 12–14 Sept, 19–21 Sept, 26–28 Sept, 3–5 Oct, 10–12 Oct and 17–19 Oct.",
        " September 12-14, 19-21 and 26-28 and October 3-5, 10-12 and 17-19.",
        "\n- 12–14 Sept\n- 19–21 Sept\n- 26–28 Sept\n- 3–5 Oct\n- 10–12 Oct\n- 17–19 Oct",
        "\n\n12 to 14 September\n19 to 21 September\n26 September\n3 Oct\n10 Oct\n17 Oct",
        " the weekends of 12, 19 and 26 September, and 3, 10 and 17 October.",
        " 12.9.–14.9., 19.9.–21.9., 26.9.–28.9., 3.10.–5.10., 10.10.–12.10. und 17.10.–19.10.",
        " 2026-09-12, 2026-09-19, 2026-09-26, 2026-10-03, 2026-10-10 and 2026-10-17.",
        " 9/12, 9/19, 9/26, 10/3, 10/10 and 10/17.",
    ],
)
def test_six_weekends_are_six_dated_items(written):
    text = f"Hello,\n\nwe would like to rent the cottage for six weekends:{written}\n\nAnn"

    [one] = found(text, "days")

    assert one.days == SIX
    assert one.value == "6 weekends"


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Is it free on 3, 10 and 17 October?", [(10, 3), (10, 10), (10, 17)]),
        ("Could we book from 5 to 9 August?", [(8, 5)]),
        ("Could we book it between 5 and 9 August?", [(8, 5)]),
        ("Können wir das Haus vom 5. bis 9. August mieten?", [(8, 5)]),
        ("Ist es am 3., 10. und 17. Oktober frei?", [(10, 3), (10, 10), (10, 17)]),
        ("Est-ce libre du 5 au 9 août et le 14 août ?", [(8, 5), (8, 14)]),
        ("¿Está libre los días 3, 10 y 17 de octubre? Quisiera reservar.", []),
        ("Can you deliver on August 3rd, 2026 at 10 am for 4 people?", [(8, 3)]),
    ],
)
def test_each_day_counts_once_by_its_first(sentence, days):
    named = [day for one in found(sentence, "days") for day in one.days]

    assert named == [date(2026, month, day) for month, day in days] or not days


def test_weekends_without_a_date_are_counted_only():
    [one] = found("We want to rent it for six weekends during the off season.", "days")

    assert (one.days, one.value) == ((), "6 weekends")


@pytest.mark.parametrize(
    "sentence",
    [
        "I was there on 3 June.",
        "We need version 2.6.35.",
        "We offer support 24/7 for 3 people in May.",
        "The offer is available until 31 December.",
        "I need 12 chairs and 3 tables.",
    ],
)
def test_past_days_versions_and_other_people_s_terms_are_no_days_asked_for(sentence):
    assert found(sentence, "days") == []


SIGNED = """Hello Bob,

thank you, the director called me on 020 7946 0000 about it.

{closing}
Ann Miller
{title}
Roof & Co
{phone}
"""


@pytest.mark.parametrize(
    ("closing", "title", "phone"),
    [
        ("Best regards,", "Sales Manager", "+44 20 7946 0958"),
        ("Mit freundlichen Grüßen", "Leiterin Einkauf", "+49 30 901820"),
        ("Cordialement,", "Directrice commerciale", "+33 1 42 68 53 00"),
        ("Saludos", "Gerente", "+34 912 345 678"),
        ("-- ", "Owner", "(020) 7946-0958"),
        ("Thanks,", "Head of Marketing", "07700 900123"),
    ],
)
def test_number_and_title_are_read_below_the_sign_off(closing, title, phone):
    text = SIGNED.format(closing=closing, title=title, phone=f"Tel: {phone}")

    [number], [what] = found(text, "phone"), found(text, "title")

    assert (number.value, what.value) == (phone, title)
    assert text[number.start :].startswith(number.sentence)


def test_a_fax_is_no_telephone_and_our_own_signature_says_nothing():
    text = SIGNED.format(closing="Regards", title="Clerk", phone="Fax: +44 20 7946 0959")

    assert found(text, "phone") == []
    assert found(text, "title", by_us=True) == []


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("My daughter starts school in September.", date(2026, 9, 1)),
        ("Our youngest son is graduating on 14 August.", date(2026, 8, 14)),
        ("We're getting married in May!", date(2027, 5, 1)),
        ("I'm turning fifty soon, and my birthday is on 3 October.", date(2026, 10, 3)),
        ("Meine Tochter kommt im September in die Schule.", date(2026, 9, 1)),
        ("Wir heiraten im Juli.", date(2026, 7, 1)),
        ("My husband is retiring.", None),
    ],
)
def test_what_they_tell_of_their_lives_is_kept_with_its_day(sentence, day):
    [one] = found(sentence, "personal")

    assert (one.value, one.due and one.due.date()) == (sentence, day)


@pytest.mark.parametrize(
    "sentence",
    [
        "My wife and I want to rent your cottage in May.",
        "Our company starts a new project in September.",
        "My daughter told me about you.",
        "When does your daughter start school?",
        "We are moving the meeting to Monday.",
    ],
)
def test_business_is_nothing_personal(sentence):
    assert found(sentence, "personal") == []
