"""Deals, calls, visits and orders from lists: the last word may oblige, the rest is history."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests.inlets.real_data import real
from tests.worker.bringing_in import MONDAY, bring_in

from followthrough.core.decide import decide
from followthrough.core.facts import Closed, TheyOrdered
from followthrough.core.history import History
from followthrough.core.terms import Standing, Terms
from followthrough.inlets.workbook import BROKEN
from followthrough.ledger.models import Fact, FollowUp, Matter, Party, Piece, Text
from followthrough.worker.importing.sheet import SheetReading
from followthrough.worker.importing.standing import ENDS_FIRST, NAMES_NOBODY


@pytest.fixture(autouse=True)
def _own_var(settings, tmp_path):
    settings.VAR = tmp_path


def reasons(intake):
    return [piece.reason for piece in Piece.objects.filter(intake=intake).order_by("pk")]


def debts():
    return {(one.party.name, one.rule) for one in FollowUp.objects.filter(settled_at=None)}


# ---- deals -----------------------------------------------------------------------------


DEALS = (
    b"opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value\n"
    b"A1,Bob,Roofs Ltd,Won,2016-10-20,2017-03-01,1054\n"
    b"A2,Bob,ROOFS LTD,Engaging,2016-11-03,,\n"
    b"A3,Bob,Lamps Ltd,Lost,2016-11-03,2017-01-03,0\n"
    b"A4,Bob,,Engaging,2016-11-04,,\n"
)


def test_deals_of_one_account_stand_with_one_company(bob):
    bring_in(bob, DEALS)

    roofs = Party.objects.get(name="Roofs Ltd")
    assert Matter.objects.filter(party=roofs, kind="deal").count() == 2
    assert Matter.objects.get(party=roofs, outcome="won").value == 105_400
    assert Matter.objects.get(party__name="Lamps Ltd").outcome == "lost"


def test_a_deal_without_a_customer_is_kept_under_its_own_name_and_says_so(bob):
    intake = bring_in(bob, DEALS)

    assert Party.objects.filter(name="Deal A4").exists()
    assert reasons(intake) == ["", "", "", NAMES_NOBODY]
    assert intake.counts["tally"]["without_customer"] == 1


def test_an_open_deal_of_ten_years_ago_is_taken_up_now_and_not_ten_years_late(bob):
    bring_in(bob, DEALS)

    matter = Matter.objects.get(party__name="Roofs Ltd", closed_at=None)
    followup = FollowUp.objects.get(matter=matter)
    assert matter.opened_at == datetime(2016, 11, 3, tzinfo=UTC)
    assert MONDAY < followup.due < MONDAY + timedelta(days=3)


def test_the_same_pipeline_later_closes_what_was_won_since(bob):
    bring_in(bob, DEALS)

    later = DEALS.replace(b"Engaging,2016-11-03,,", b"Won,2016-11-03,2026-03-01,900")
    bring_in(bob, later, at=MONDAY + timedelta(days=30))

    assert not Matter.objects.filter(party__name="Roofs Ltd", closed_at=None).exists()
    assert not FollowUp.objects.filter(party__name="Roofs Ltd", settled_at=None).exists()


def test_a_win_before_its_beginning_is_kept_and_said(bob):
    intake = bring_in(
        bob, b"Name,Email,First contact date,Won date\nAnn,a@a.test,2018-03-02,2018-03-01\n"
    )

    assert reasons(intake) == [ENDS_FIRST]
    assert Matter.objects.get().outcome == "won"


def test_whose_deal_it_is_is_known_by_name(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_bytes(DEALS)
    reading = SheetReading(path, at=MONDAY)
    reading.members = {"bob": "7"}

    list(reading.look())
    facts = [fact for one in reading.outcomes(0) for told in one.told for fact in told.facts]

    assert {fact.owner for fact in facts if type(fact).__name__ == "Opened"} == {"7"}


# ---- calls, visits, messages ------------------------------------------------------------


def calls(*lines):
    head = "Name,Phone,Call date,Direction,Outcome,Notes"
    return "\n".join([head, *lines]).encode()


def test_a_call_of_ten_years_ago_obliges_nobody(bob):
    bring_in(bob, calls("Ann,+49 30 1234567,2016-03-04 10:00,Inbound,missed,"))

    assert Fact.objects.filter(kind="TheyCalled").count() == 1
    assert not FollowUp.objects.exists()


def test_a_call_that_was_missed_yesterday_is_called_back(bob):
    bring_in(
        bob,
        calls(
            "Ann,+49 30 1234567,2016-03-04 10:00,Inbound,missed,",
            "Ann,+49 30 1234567,2026-03-01 10:00,Inbound,missed,Please ring",
        ),
    )

    assert debts() == {("Ann", "answer_them")}
    assert Text.objects.get(party__name="Ann").body == "Please ring"


def test_of_many_talks_only_the_last_wants_a_next_move(bob):
    bring_in(
        bob,
        calls(
            "Ann,+49 30 1234567,2026-02-27 10:00,Outbound,Connected,",
            *(f"Ann,+49 30 1234567,2025-0{n}-01 10:00,Outbound,Connected," for n in range(1, 9)),
        ),
    )

    assert Fact.objects.filter(kind="WeCalled").count() == 9
    assert debts() == {("Ann", "unclear_means_us")}
    assert Matter.objects.filter(closed_at=None).count() == 1


def test_what_we_tried_in_vain_last_is_tried_again(bob):
    bring_in(
        bob,
        calls(
            "Ann,+49 30 1234567,2026-02-27 10:00,Outbound,No answer,",
            "Ann,+49 30 1234567,2025-03-04 10:00,Outbound,Connected,",
        ),
    )

    assert {name for name, _ in debts()} == {"Ann"}


def test_the_same_log_again_is_no_news_and_a_longer_one_only_what_is_new(bob):
    old = "Ann,+49 30 1234567,2025-03-04 10:00,Outbound,Connected,"
    bring_in(bob, calls(old))
    bring_in(bob, calls(old), at=MONDAY + timedelta(days=1))
    before = Fact.objects.count()

    new = "Ann,+49 30 1234567,2025-04-04 10:00,Outbound,Connected,"
    bring_in(bob, calls(old, new), at=MONDAY + timedelta(days=2))

    assert before == 2
    assert Fact.objects.filter(kind="WeCalled").count() == 2
    assert not FollowUp.objects.filter(settled_at=None).exists()


def test_a_call_that_is_planned_is_a_plan(bob):
    bring_in(bob, calls("Ann,+49 30 1234567,2026-03-05 10:00,Outbound,,"))

    assert debts() == {("Ann", "keep_the_plan")}


def test_a_row_without_a_day_keeps_the_person(bob):
    intake = bring_in(bob, calls("Ann,+49 30 1234567,,Outbound,,"))

    assert reasons(intake) == [
        "This row does not say on which day it happened. The person is kept."
    ]
    assert Party.objects.get().name == "Ann"
    assert not FollowUp.objects.exists()


def test_visits_and_messages_are_told(bob):
    bring_in(bob, b"Name,Email,Visited on\nAnn,ann@a.test,2024-03-04\n")
    bring_in(
        bob,
        b"Name,Email,Sent at,Direction,Subject\nAnn,ann@a.test,2024-03-05,in,Roof\n"
        b"Ann,ann@a.test,2024-03-06,out,Re: Roof\n",
    )

    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert kinds == {"Met", "TheyWrote", "WeWrote", "Closed"}
    assert not FollowUp.objects.exists()


def test_who_was_called_twice_is_one_person_though_only_the_name_is_known(bob):
    log = (
        b"Name,Call date,Direction,Outcome\nAnn Lee,2026-02-25,outgoing,spoke\n"
        b"Ann Lee,2026-02-20,outgoing,no answer\nPat Oh,2026-02-26,incoming,missed\n"
    )

    bring_in(bob, log)
    bring_in(bob, log, at=MONDAY + timedelta(days=1))

    assert sorted(party.name for party in Party.objects.all()) == ["Ann Lee", "Pat Oh"]
    assert Fact.objects.filter(party__name="Ann Lee", kind="WeCalled").count() == 2
    assert {name for name, _ in debts()} == {"Ann Lee", "Pat Oh"}


# ---- orders ----------------------------------------------------------------------------


def test_orders_of_customers_known_by_name_alone_are_all_kept(bob):
    intake = bring_in(
        bob,
        "Customer,Order number,Order date,Total\nAnn Lee,1001,2026-01-05,120\n"
        "Pat Oh,1002,2026-01-06,50\nAnn Lee,1003,2026-01-09,60\n李,1004,2026-01-09,70\n"
        "!?,1005,2026-01-09,80\n".encode(),
    )

    orders = Fact.objects.filter(kind="TheyOrdered")
    anns = orders.filter(party__name="Ann Lee")
    assert sorted(one.own["amount"] for one in anns) == [6000, 12000]
    assert sorted(one.own["amount"] for one in orders) == [5000, 6000, 7000, 8000, 12000]
    assert intake.counts["tally"] == {"order": 5}
    assert reasons(intake) == [""] * 5


ORDERS = (
    b"InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
    b"536365,A,6,2010-12-01 08:26,2.55,17850\n"
    b"536365,B,2,2010-12-01 08:26,1.00,17850\n"
    b"536400,A,1,2011-01-01 08:26,2.55,17850\n"
    b"C53650,A,-1,2011-01-02 08:26,2.55,17850\n"
    b"536401,A,1,2011-01-01 08:26,2.55,\n"
)


def test_the_lines_of_an_order_are_one_order(bob):
    intake = bring_in(bob, ORDERS)

    amounts = [fact.own["amount"] for fact in Fact.objects.filter(kind="TheyOrdered")]
    assert sorted(amounts) == [255, 1730]
    assert Text.objects.get().body == "Taken back: 2.55 (C53650)"
    assert intake.counts["tally"] == {"order": 2, "line": 1, "taken_back": 1}
    assert reasons(intake)[-1].startswith("This row has no name")


def ordered(*lines, columns="Total"):
    head = f"Customer,Email,Order number,Order date,{columns}"
    return "\n".join([head, *(f"Ann,a@a.test,{line}" for line in lines)]).encode()


def test_a_number_that_begins_with_a_c_is_an_order_like_any_other(bob):
    intake = bring_in(bob, ordered("CA-2016-152156,2026-02-08,261.96", "C1001,2026-02-09,50"))

    bought = Fact.objects.filter(kind="TheyOrdered")
    assert sorted(fact.own["amount"] for fact in bought) == [5000, 26196]
    assert intake.counts["tally"] == {"order": 2}


def test_a_credit_note_without_a_sign_is_known_by_the_order_that_it_takes_back(bob):
    bring_in(bob, ordered("C1001,2026-02-09,50", "1001,2026-02-08,50"))

    assert [fact.own["amount"] for fact in Fact.objects.filter(kind="TheyOrdered")] == [5000]
    assert Text.objects.get().body == "Taken back: 50.00 (C1001)"


def test_what_came_back_is_known_by_its_quantity_though_its_sum_has_no_sign(bob):
    bring_in(
        bob, ordered("1001,2026-02-08,50,1", "1002,2026-02-09,50,-1", columns="Total,Quantity")
    )

    assert [fact.own["amount"] for fact in Fact.objects.filter(kind="TheyOrdered")] == [5000]
    assert Text.objects.get().body == "Taken back: 50.00 (1002)"


def test_an_order_whose_sum_is_not_known_is_an_order(bob):
    intake = bring_in(
        bob, ordered("1001,2026-02-08,12 m,1", "1002,2026-02-09,12 m,-1", columns="Total,Quantity")
    )

    assert [fact.own["amount"] for fact in Fact.objects.filter(kind="TheyOrdered")] == [0]
    assert intake.counts["tally"] == {"order": 1, "taken_back": 1}
    assert reasons(intake)[0] == "“12 m” could not be read as a sum."


def test_whoever_bought_is_a_customer_and_owed_nothing(bob):
    bring_in(bob, ORDERS)
    bring_in(bob, ORDERS, at=MONDAY + timedelta(days=1))

    assert Matter.objects.get().outcome == "won"
    assert Fact.objects.count() == 4
    assert not FollowUp.objects.exists()


def test_a_shop_adds_up_to_its_reference():
    expected = json.loads(real("online_retail", "REFERENCE.json").read_text())
    path = real("online_retail", "online_retail_until_2011-08-31.csv.gz")
    asof = datetime.fromisoformat(f"{expected['asof']}T23:59:59+00:00")
    reading = SheetReading(path, at=asof)

    list(reading.look())
    bought, last = {}, {}
    for one in reading.outcomes(0):
        for told in one.told:
            for fact in told.facts:
                if isinstance(fact, TheyOrdered):
                    bought.setdefault(told.contact.external, []).append(fact)

    money = sum(fact.amount for facts in bought.values() for fact in facts)
    last = [max(fact.at for fact in facts) for facts in bought.values()]
    assert money == round(expected["revenue_of_known_buyers"] * 100)
    assert len(bought) == expected["buyers"]
    days_of = {who: {fact.at.date() for fact in facts} for who, facts in bought.items()}
    assert len([days for days in days_of.values() if len(days) > 1]) == expected["repeat_buyers"]
    for days in (30, 60, 90, 180):
        silent = len([at for at in last if (asof - at).days > days])
        assert silent == expected[f"silent_over_{days}"]


def test_years_of_orders_and_calls_leave_no_absurd_debt():
    reading = SheetReading(real("cdnow", "CDNOW_sample.txt"), at=MONDAY)
    list(reading.look())
    heard = {}
    for one in reading.outcomes(0):
        for told in one.told:
            heard.setdefault(told.contact.external, []).extend(told.facts)
    terms = Terms(manager="m", owner="m", members={"m": Standing()})

    owed = [one for who, facts in heard.items() for one in decide(History.of(who, facts), terms)]

    assert len(heard) == 2357
    assert all(any(isinstance(fact, Closed) for fact in facts) for facts in heard.values())
    assert owed == []


# ---- address books and workbooks -------------------------------------------------------


def test_an_address_book_as_a_list_makes_people_and_no_debts(bob):
    bring_in(
        bob,
        b"Name,Given Name,Family Name,Group Membership,E-mail 1 - Value,Notes\n"
        b"Ann Roof,Ann,Roof,* My Contacts,ann@a.test,Likes tea\n",
    )

    assert Party.objects.get().name == "Ann Roof"
    assert Text.objects.get().body == "Likes tea"
    assert not FollowUp.objects.exists()


def workbook(*rows):
    made, raw = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(raw)
    return raw.getvalue()


def test_a_workbook_is_taken_in(bob):
    intake = bring_in(bob, workbook(("Name", "Email"), ("Ann", "ann@a.test")), name="a.xlsx")

    assert (intake.kind, Party.objects.get().name) == ("xlsx", "Ann")
    assert debts() == {("Ann", "first_touch")}
    assert intake.preview["headers"] == ["Name", "Email"]


def test_a_damaged_workbook_ends_with_a_sentence(bob):
    raw = workbook(("Name", "Email"), ("Ann", "ann@a.test"))
    place = raw.index(b"xl/worksheets/sheet1.xml") + 30

    intake = bring_in(bob, raw[:place] + bytes(40) + raw[place + 40 :])

    assert reasons(intake) == [BROKEN]
    assert intake.finished_at is not None
