"""What a mail's writer added, told from what they quote and what their program adds."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.inlets.real_data import DATA, real
from training import figures

from followthrough.inlets.language import own_words
from followthrough.inlets.mailbox import parse

QUOTES = (">", "|", "C>")


@pytest.mark.parametrize(
    "announced",
    [
        "On Mon, 23 Nov 2026 at 10:00, Ann Miller <ann@customer.test> wrote:",
        "On Nov 23, 2026, at 10:00 AM, Ann wrote:",
        "On Mon, 23 Nov 2026 at 10:00, Ann Miller <\nann@customer.test> wrote:",
        "On Nov 23, 2026,\nat 10:18,\nAnn Miller <ann@customer.test> wrote:",
        "At 11/23/2026 08:32 PM, you wrote:",
        "Am 23.11.2026 um 10:00 schrieb Ann Miller <ann@customer.test>:",
        "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ann Miller\n<ann@customer.test>:",
        "Ann Miller <ann@customer.test> schrieb am Mo., 23. Nov. 2026\num 10:00 Uhr:",
        "Le lun. 23 nov. 2026 à 10:00, Ann Miller <ann@customer.test> a écrit :",
        "El lun, 23 nov 2026 a las 10:00, Ann (<ann@customer.test>) escribió:",
        "Il giorno lun 23 nov 2026 alle ore 10:00 Ann <ann@customer.test> ha scritto:",
        "Op ma 23 nov 2026 om 10:00 schreef Ann <ann@customer.test>:",
        "Em seg., 23 de nov. de 2026 às 10:00, Ann <ann@customer.test> escreveu:",
        "Den mån 23 nov. 2026 kl 10:00 skrev Ann <ann@customer.test>:",
        "pon., 23 lis 2026 o 10:00 Ann <ann@customer.test> napisał(a):",
        "po 23. 11. 2026 v 10:00 odesílatel Ann <ann@customer.test> napsal:",
        "пн, 23 нояб. 2026 г. в 10:00, Ann <ann@customer.test>:",
        "2026-11-23 10:00 GMT+01:00 Ann Miller <ann@customer.test>:",
        "-----Original Message-----\nFrom: Ann\nSubject: The roof",
        "-----Ursprüngliche Nachricht-----\nVon: Ann",
        "Von: Ann Miller\nGesendet: Montag, 23. November 2026 10:00\nAn: Bob\nBetreff: Das Dach",
        "De : Ann\nEnvoyé : lundi 23 novembre 2026\nÀ : Bob\nObjet : Le toit",
        "________________________________\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: The roof",
        "---------- Forwarded message ---------\nFrom: Ann <ann@customer.test>",
    ],
)
def test_what_stands_below_an_announcement_is_somebody_else_s(announced):
    assert own_words(f"Gladly, on Monday.\n\n{announced}\n\nWhen can you come?") == (
        "Gladly, on Monday."
    )


@pytest.mark.parametrize(
    "line",
    [
        "On the other hand, we could wait until 3 pm:",
        "On 3 May I wrote:",
        "Am 3.5.2026 schrieb ich Ihnen:",
        "He wrote: nothing at all, and that was in 2019.",
        "From: our warehouse, To: yours, that is how it goes.",
        "Sent from my desk, this is much easier to type.",
        "2026-11-23 14:30:25",
        "The price is > 100 and the roof is old.",
    ],
)
def test_a_line_that_only_looks_like_one_is_kept(line):
    text = f"Hello,\n\n{line}\n\nSee you."

    assert own_words(text) == text


def test_answers_below_what_they_quote_are_kept_without_the_quotation():
    text = "On Monday, 23 Nov 2026, Bob wrote:\n> Which one?\nThe blue one.\n> When?\nOn Friday."

    assert own_words(text) == "The blue one.\nOn Friday."


def test_a_signature_goes_and_a_list_below_a_line_stays():
    table = "Due soon:\n----------\nroof, Monday\nfloor, Friday\n\nBest regards,\nBob"

    assert own_words("Call me.\n-- \nAnn Miller\n+44 20 7946 0958") == "Call me."
    assert own_words(table) == table


def test_of_42_real_replies_most_are_trimmed_exactly():
    real("mail_replies")

    exact = [trimmed == ours for _, trimmed, ours in figures.replies(DATA)]

    assert len(exact) == 42
    assert sum(exact) >= 36


def test_no_word_of_those_replies_is_lost():
    real("mail_replies")

    lost = [
        (name, line)
        for name, trimmed, ours in figures.replies(DATA)
        for line in trimmed.split("\n")
        if line.strip() and not line.lstrip().startswith(QUOTES) and line not in ours.split("\n")
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("crisp_erp/email_not_a_signature.txt", True),
        ("crisp_erp/email_not_a_signature_2.txt", True),
        ("crisp_erp/email_tricky_1_on_false_positive.txt", True),
        ("crisp_erp/email_tricky_2_url_with_wrote.txt", True),
        ("crisp_erp/email_tricky_4_from_in_body.txt", True),
        ("crisp_erp/email_tricky_6_regards_in_sentence.txt", True),
        ("crisp_erp/email_tricky_8_sent_from_in_content.txt", True),
        ("crisp_erp/email_tricky_13_timestamp_variations.txt", True),
        ("github_erp/email_sent_from_my_not_signature.txt", True),
        ("crisp_erp/email_russian.txt", False),
        ("crisp_erp/email_zoho.txt", False),
        ("crisp_erp/email_german_outlook.txt", False),
        ("zapier_erp/email_2_3.txt", False),
    ],
)
def test_the_traps_of_other_libraries(name, whole):
    path = real("mail_replies", *name.split("/"))
    text = "\n".join(line.rstrip() for line in path.read_text("utf-8").strip().split("\n"))

    assert (own_words(text) == text) == whole
    assert own_words(text)


def test_a_program_s_own_replies_are_read_down_to_the_word():
    folder = real("mail_replies", "talon", "standard_replies")

    said = {path.name: own_words(parse(path.read_bytes()).text) for path in folder.glob("*.eml")}

    assert set(said.values()) == {"Hello"}


@pytest.mark.parametrize(
    "made",
    [
        "'On ' + 'a ' * 50_000",
        "'From: \\n' * 50_000",
        "'On ' + 'a' * 100_000 + ' wrote'",
        "'> ' * 50_000",
        "'-' * 100_000 + 'x'",
        "'---\\nx\\n' * 20_000",
        "'On 1 wrote\\n' * 20_000",
        "'a: b\\n' * 20_000",
        "'<' * 60_000 + '@'",
        "'1' * 60_000 + ':'",
        "'sent from ' * 10_000",
        "'I will ' * 12_000",
        "'will also then now ' * 5_000",
        "'12 and 13 to ' * 8_000 + 'May'",
        "'Tel: +44 ' * 10_000",
        "'Best regards\\n' * 9_000",
        "'e.g. ' * 15_000",
        "'?!.' * 30_000",
        "'\\t' * 90_000 + '?'",
    ],
)
def test_no_text_takes_long(made):
    code = (
        "from datetime import datetime, UTC\n"
        "from followthrough.inlets.language import findings, own_words, private\n"
        f"text = {made}\n"
        "own_words(text)\n"
        "findings(text, at=datetime(2026, 11, 23, tzinfo=UTC), by_us=False)\n"
        "private(text)\n"
    )
    source = Path(__file__).resolve().parents[2] / "src"

    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(source)}, timeout=30, check=False
    )

    assert done.returncode == 0
