"""What the pages say is so: rules, commands, screens, links and make's targets."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver

from followthrough.core.decide import NET_LIMIT, RULES
from followthrough.core.manners import KNOBS as MANNERS
from followthrough.ledger.notices import AGAIN
from followthrough.ledger.reminding import TO_MANAGER
from followthrough.ledger.spreading import DAILY
from followthrough.reports.who_follows_up import GRACE
from followthrough.web.urls import urlpatterns
from followthrough.worker import cli

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
COMMANDS = ROOT / "src" / "followthrough" / "worker" / "management" / "commands"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
AROUND = {f"manners.{name}": knob for name, knob in MANNERS.items()}
AROUND |= {"net.limit": NET_LIMIT, "spread.daily": DAILY, "who_follows_up.grace": GRACE}
AROUND |= {"remind.again": AGAIN, "remind.manager": TO_MANAGER}

# Each screen or thing to press: the page that tells of it, and the words that do.
SCREENS = {
    "today": ("today.md", "# Today"),
    "followup_panel": ("today.md", "## Beside the list"),
    "alarm_seen": ("today.md", "*Seen*"),
    "outcome": ("finishing.md", "# Finishing a follow-up"),
    "promise_given": ("people.md", "## Promises, both ways"),
    "undo": ("finishing.md", "## Undo"),
    "find": ("keys.md", "## Find or do"),
    "keys": ("keys.md", "on the page **Keys**"),
    "manifest": ("phone.md", "## On the home screen"),
    "service_worker": ("phone.md", "What you saw last stays readable"),
    "offline": ("phone.md", "A page that was not kept"),
    "happened": ("finishing.md", "## Something else happened"),
    "heard": ("finishing.md", "## What you promised"),
    "when": ("dates.md", "## Say when"),
    "why": ("people.md", "*Why is this the next step?*"),
    "people": ("people.md", "# People"),
    "person": ("people.md", "On a person’s page"),
    "known": ("people.md", "## Good to know"),
    "known_one": ("people.md", "*Change*"),
    "restore": ("people.md", "*Undo*"),
    "wants": ("people.md", "## They would like"),
    "want_gone": ("people.md", "*Take away*"),
    "wants_plan": ("people.md", "*Plan a follow-up for each*"),
    "days": ("people.md", "## Days they asked for"),
    "meeting": ("people.md", "## After a meeting"),
    "company": ("people.md", "## A company"),
    "moved": ("people.md", "*They work somewhere else now*"),
    "learned_of": ("people.md", "*What have you learned?*"),
    "acquainted": ("people.md", "*How do you know them?*"),
    "roles": ("people.md", "**Roles**"),
    "address": ("people.md", "*It does not work*"),
    "notes": ("people.md", "**Write what happened**"),
    "promises": ("promises.md", "# Promises"),
    "promises_kept": ("promises.md", "## How I keep them"),
    "promise_over": ("promises.md", "| Not any more |"),
    "promise_later": ("promises.md", "| Tell them (`s`) |"),
    "promise_end": ("people.md", "*No longer binds*"),
    "answers": ("people.md", "## They asked"),
    "consent": ("people.md", "*They asked us to stop*"),
    "strong_yes": ("people.md", "**A strong yes**"),
    "rhythm": ("people.md", "**Stay in touch**"),
    "reopened": ("people.md", "*Reopen*"),
    "owner": ("people.md", "**Hand over**"),
    "details": ("people.md", "*Edit*"),
    "oblivion": ("people.md", "**Forget them for good**"),
    "likenesses": ("duplicates.md", "## Perhaps the same"),
    "side_by_side": ("duplicates.md", "**side by side**"),
    "same_as": ("duplicates.md", "**Same as somebody else…**"),
    "likeness_undone": ("duplicates.md", "| Undo | Z |"),
    "taken_apart": ("duplicates.md", "**Take apart again**"),
    "mailboxes": ("mailboxes.md", "# Mailboxes"),
    "mailbox": ("mailboxes.md", "## Where every mail went"),
    "mailbox_tried": ("mailboxes.md", "*Test*"),
    "mailbox_password": ("mailboxes.md", "**type the password again**"),
    "mailbox_keeper": ("mailboxes.md", "**who looks after it**"),
    "mailbox_keeper_back": ("mailboxes.md", "*Undo*"),
    "mailbox_removed": ("mailboxes.md", "*Remove*"),
    "mailbox_back": ("mailboxes.md", "*Undo*"),
    "mailbox_sends": ("mailboxes.md", "*Let it send again*"),
    "mailbox_paused": ("mailboxes.md", "*Undo*"),
    "mailbox_not_ours": ("mailboxes.md", "*Not ours*"),
    "mailbox_ours": ("mailboxes.md", "*Undo*"),
    "mailbox_sign_in": ("mailboxes.md", "*Sign in again*"),
    "mailbox_signed_in": ("mailboxes.md", "## Signing in at the provider’s page"),
    "sign_in_client": ("mailboxes.md", "*Another provider*"),
    "sign_in_client_removal": ("mailboxes.md", "*Take away*"),
    "sign_in_client_before": ("mailboxes.md", "*Undo*"),
    "mail_service": ("mailboxes.md", "## A service that sends"),
    "mail_service_key": ("mailboxes.md", "*Another key*"),
    "mail_service_told": ("mailboxes.md", "so that it tells"),
    "unread_mail": ("mailboxes.md", "**Could not be read**"),
    "mailbox_outgoing": ("writing.md", "## Once for each mailbox"),
    "mailbox_outgoing_back": ("writing.md", "*Undo* brings back"),
    "write": ("writing.md", "# Writing a mail"),
    "write_to": ("writing.md", "on somebody's page"),
    "write_keep": ("writing.md", "it is kept every few seconds"),
    "write_to_keep": ("writing.md", "it is kept every few seconds"),
    "mail_stop": ("writing.md", "## Send, and Stop"),
    "mail": ("writing.md", "## Proof"),
    "mail_now": ("writing.md", "“Sent 10:42”"),
    "mail_proof": ("writing.md", "proof* gives all of it as a text"),
    "mail_as_file": ("writing.md", "*The mail itself*"),
    "mail_again": ("writing.md", "*Fix the address and send again*"),
    "mail_decided": ("writing.md", "*It did leave*, or *Send it again*"),
    "step_given": ("health.md", "*Keep it*"),
    "deals": ("deals.md", "# Deals"),
    "deal": ("deals.md", "The pencil"),
    "deal_card": ("deals.md", "`Esc` puts it back"),
    "deal_move": ("deals.md", "| To move a card |"),
    "deal_new": ("deals.md", "## A new deal"),
    "deal_stages": ("deals.md", "## Your own stages"),
    "deal_restored": ("deals.md", "taken back with `Z`"),
    "stages_restored": ("deals.md", "taken back with `Z`"),
    "capture": ("capture.md", "# Somebody just called"),
    "capture_known": ("capture.md", "**Who is known already**"),
    "sequences": ("sequences.md", "# Sequences"),
    "sequence_new": ("sequences.md", "## Writing one"),
    "sequence": ("sequences.md", "**The next 30 days**"),
    "sequence_retirement": ("sequences.md", "*Stop offering*"),
    "sequence_as_before": ("sequences.md", "*Undo* brings the sequence back"),
    "sequence_people": ("sequences.md", "*all of them*"),
    "sequence_rest": ("sequences.md", "**Pause it for everybody**"),
    "sequence_unpaused": ("sequences.md", "Each can be undone"),
    "late_steps": ("sequences.md", "*Leave it out*"),
    "mails_of_mine": ("sequences.md", "**Hold** on the page"),
    "mails_of_all": ("sequences.md", "an administrator holds it"),
    "plan_for_many": ("sequences.md", "tick several"),
    "plan": ("sequences.md", "**Begin a plan…**"),
    "library": ("giving.md", "# Things to give"),
    "gift": ("giving.md", "*Change*"),
    "gift_retirement": ("giving.md", "*Stop offering*"),
    "gift_as_before": ("giving.md", "*Undo*"),
    "words": ("words.md", "# Words"),
    "words_new": ("words.md", "*Write your own*"),
    "template": ("words.md", "## Written once"),
    "template_retirement": ("words.md", "*Stop offering*"),
    "template_files": ("words.md", "*Files that go with it*"),
    "template_file": ("words.md", "*Files that go with it*"),
    "template_file_gone": ("words.md", "*Take out*"),
    "template_file_back": ("words.md", "*Undo*"),
    "words_as_before": ("words.md", "*Undo*"),
    "words_answered": ("words.md", "## What is answered"),
    "kinder": ("words.md", "## Said more kindly"),
    "person_words": ("words.md", "where nothing is owed"),
    "followup_words": ("words.md", "## For each follow-up"),
    "followup_draft": ("words.md", "*Draft it for me*"),
    "language_model": ("words.md", "## A draft from a language model"),
    "language_model_gone": ("words.md", "*Ask it no more*"),
    "language_model_back": ("words.md", "*Undo*"),
    "silence": ("giving.md", "## What stays without an answer"),
    "silence_explained": ("giving.md", "*Why were they silent?*"),
    "offer_new": ("offers.md", "**Make an offer…**"),
    "offer_end": ("offers.md", "*End it now*"),
    "offer_day": ("offers.md", "*Change its last day*"),
    "offer_page": ("offers.md", "## Its page"),
    "offer_seen": ("offers.md", "## Seen, and passed on"),
    "lists_of": ("offers.md", "## Lists"),
    "lists": ("offers.md", "## Who is on a list"),
    "list_people": ("offers.md", "## Who is on a list"),
    "list_as_file": ("offers.md", "*Download*"),
    "list_joined": ("offers.md", "*Put on the list*"),
    "list_left": ("offers.md", "*Take off the list*"),
    "list_link": ("offers.md", "*A link by which they join or leave*"),
    "list_page": ("offers.md", "*Take me off it*"),
    "tracked_target": ("offers.md", "## Whether a mail was opened"),
    "tracked_picture": ("offers.md", "## Whether a mail was opened"),
    "demo": ("demo.md", "# Looking around first"),
    "demo_out": ("demo.md", "*Back to my own work*"),
    "demo_away": ("demo.md", "**Take it away**"),
    "welcome": ("found.md", "## The first day"),
    "waiting": ("waiting.md", "# Waiting on them"),
    "sooner": ("waiting.md", "*Bring to today*"),
    "week": ("week.md", "# The next two weeks"),
    "week_moves": ("week.md", "**Moving.**"),
    "week_told": ("week.md", "**Your word never moves silently.**"),
    "week_spread": ("week.md", "**Spread … over the week**"),
    "week_unmoved": ("week.md", "*Undo* puts each back"),
    "week_unspread": ("week.md", "*Undo* puts each back"),
    "views_kept": ("people.md", "## Saved views"),
    "view_kept": ("people.md", "*Change this view*"),
    "together": ("people.md", "## Several at once"),
    "handed_back": ("people.md", "One *Undo* takes it back from all"),
    "found": ("found.md", "# Who is waiting"),
    "found_one": ("found.md", "Press a line"),
    "found_undo": ("found.md", "Each answer can be undone"),
    "learned": ("found.md", "*What your choices taught us*"),
    "import": ("import.md", "# Bring in"),
    "intake": ("import.md", "**Could not be read.**"),
    "intake_report": ("import.md", "## The report"),
    "intake_choices": ("import.md", "**What each column means.**"),
    "intake_start": ("import.md", "## Look first"),
    "intake_calling_off": ("import.md", "*Call it off*"),
    "intake_taking_back": ("import.md", "## Take it all back"),
    "intake_left_out": ("import.md", "to mend"),
    "health": ("health.md", "# Uncovered"),
    "check_now": ("health.md", "**Check now**"),
    "members": ("members.md", "# The team"),
    "member": ("members.md", "**Roles**"),
    "invitations": ("members.md", "**Inviting.**"),
    "withdrawal": ("members.md", "*Withdraw*"),
    "role": ("members.md", "**Roles**"),
    "line": ("members.md", "**Line of business.**"),
    "absence": ("absence.md", "# Away"),
    "absence_undone": ("absence.md", "*Undo*"),
    "reminders": ("reminders.md", "# Reminders"),
    "reminders_chosen": ("reminders.md", "## How you are reminded"),
    "reminders_undone": ("reminders.md", "*Undo*"),
    "pressed": ("reminders.md", "## The morning’s mail"),
    "pressed_undone": ("reminders.md", "*Undo*"),
    "feed": ("calendar.md", "# Your calendar"),
    "feed_renewed": ("calendar.md", "*Make another address*"),
    "presence": ("members.md", "welcome her back"),
    "departure": ("members.md", "**Leaving.**"),
    "join": ("members.md", "makes a link"),
    "device_added": ("reminders.md", "*Show reminders on this device*"),
    "device_removed": ("reminders.md", "*Remove*"),
    "device_as_before": ("reminders.md", "can be undone"),
    "outside": ("health.md", "## Should this machine fall silent"),
    "outside_undone": ("health.md", "can be undone"),
    "mailbox_itself": ("mailboxes.md", "*Send one each day*"),
    "mailbox_itself_back": ("mailboxes.md", "can be undone"),
    "profile": ("settings.md", "## You"),
    "profile_undone": ("settings.md", "# Settings"),
    "signed_out_elsewhere": ("settings.md", "*Sign out everywhere else*"),
    "settings": ("settings.md", "## The team"),
    "settings_days": ("settings.md", "## Days and hours"),
    "closed_day": ("settings.md", "*Add the day*"),
    "settings_numbers": ("settings.md", "## Numbers"),
    "connections": ("settings.md", "## Forms and connections"),
    "connection": ("forms.md", "## What came in"),
    "connection_new": ("forms.md", "*Add* beside **A form on your website**"),
    "connection_change": ("forms.md", "*Change* changes it"),
    "connection_removal": ("forms.md", "*Take away*"),
    "connection_token": ("forms.md", "*A new token*"),
    "connection_test": ("forms.md", "*Send a test*"),
    "connection_as_before": ("forms.md", "undone from the message"),
    "connection_answer": ("forms.md", "## Answered at once"),
    "mailbox_answer": ("forms.md", "on the page of a mailbox"),
    "answer_as_before": ("forms.md", "*Undo* brings the words back"),
    "whether": ("hearing.md", "## Perhaps an answer"),
    "topic": ("hearing.md", "## A new subject in an old conversation"),
    "topic_back": ("hearing.md", "*Undo* takes it back"),
    "doubt_back": ("hearing.md", "*Undo* takes it back"),
    "leaving": ("hearing.md", "## No more mail"),
    "receipt_taken": ("forms.md", "*It is a person: take it in*"),
    "receipt_nobody": ("forms.md", "*Not a person*"),
    "receipt_held": ("forms.md", "*Undo*"),
    "form_page": ("forms.md", "| **Its address** |"),
    "form_thanks": ("forms.md", "words of thanks"),
    "delivery": ("forms.md", "POST /in/THE-KEY/"),
    "change": ("settings.md", "## What it would move"),
    "change_made": ("settings.md", "**Save**"),
    "change_dropped": ("settings.md", "**Not yet**"),
    "change_undone": ("settings.md", "can be undone"),
    "late": ("settings.md", "## What a change makes late"),
    "late_undone": ("settings.md", "each answer"),
    "help": ("settings.md", "## Help"),
    "help_page": ("settings.md", "## Help"),
    "today_day": ("today.md", "**The list renews itself**"),
    "today_further": ("today.md", "*and 5 more*"),
    "order": ("today.md", "*Why this order?*"),
    "order_of": ("today.md", "*Why here?*"),
    "done_today": ("today.md", "*Done today*"),
    "take_back": ("today.md", "with *Undo* for each"),
    "one": ("today.md", "## One at a time"),
}
# Nobody looks for these: a style sheet, and the door, whose pages explain themselves.
NEED_NO_PAGE = {"stylesheet", "scripts"}
OTHERS = ("account_", "mfa_")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_page_with_its_promise_and_its_knobs(name):
    rule, page = RULES[name], (DOCS / "rules" / f"{name}.md").read_text("utf-8")

    assert page.startswith(f"# {rule.promise}\n")
    assert "## Example" in page
    for key, knob in rule.knobs.items():
        assert row_of(f"{name}.{key}", knob) in page


def test_the_index_of_the_rules_lists_each_and_what_lies_around_them():
    page = (DOCS / "rules" / "index.md").read_text("utf-8")

    listed = re.findall(r"^- \[(.+)\]\((\w+)\.md\)$", page, re.MULTILINE)
    assert listed == [(rule.promise, name) for name, rule in RULES.items()]
    assert [name for name, knob in AROUND.items() if row_of(name, knob) not in page] == []
    assert {page.stem for page in (DOCS / "rules").glob("*.md")} == {*RULES, "index"}


def test_each_command_is_told_of():
    page = (DOCS / "commands.md").read_text("utf-8")
    modules = {path.stem for path in COMMANDS.glob("*.py")} - {"__init__"}

    assert set(re.findall(r"^## (\w+)$", page, re.MULTILINE)) == modules | {"scan"}
    assert [name for name in sorted(modules | {"scan"}) if name not in cli.USAGE] == []


def test_each_screen_is_told_of():
    names = {name for name in names_of(urlpatterns) if not name.startswith(OTHERS)}

    assert names - NEED_NO_PAGE == set(SCREENS)
    assert [name for name, (page, words) in SCREENS.items() if words not in read(page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page):
    links = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text("utf-8"))

    assert [link for link in links if leads_nowhere(page, *link)] == []


def test_each_page_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text("utf-8"))
        found = {(page.parent / link).resolve() for link in links if "://" not in link}
        ahead += found - reached

    assert {page for page in PAGES if page.resolve() not in reached} == set()


def test_what_the_pages_tell_to_make_can_be_made():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {word for page in PAGES for word in re.findall(r"\bmake ([a-z]+)\b", code_of(page))}

    assert {"run", "test"} <= told <= targets


# ---- reading ---------------------------------------------------------------------


def read(page):
    return (DOCS / page).read_text("utf-8")


def row_of(name, knob):
    return f"| `{name}` | {knob.asks} … | {knob.default} | {knob.unit} | {knob.least}–{knob.most} |"


def names_of(patterns):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names_of(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name


def code_of(page):
    """What stands between backquotes, and so is meant to be typed."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text("utf-8"), re.DOTALL))


def leads_nowhere(page, path, anchor):
    if "://" in path or path.startswith("mailto:"):
        return False
    there = page if not path else (page.parent / path).resolve()
    if not there.exists():
        return True
    return bool(anchor) and anchor not in anchors_of(there)


def anchors_of(page):
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
