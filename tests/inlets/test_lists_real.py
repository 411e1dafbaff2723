"""Real lists add up to what was counted independently of us."""

import csv
import json
from collections import Counter
from datetime import date

from tests.inlets.real_data import real

from followthrough.inlets.spreadsheet import NOBODY, Choices, read_rows
from followthrough.worker.importing.sheet import key_of


def reference(*parts):
    return json.loads(real(*parts).read_text())


def rows(*parts, **how):
    return list(read_rows(real(*parts), **how).rows)


def column(name, *parts):
    with real(*parts).open(newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


# ---- a school's leads ----------------------------------------------------------------


def test_the_leads_of_a_school_though_their_lines_are_wrapped_whole_in_quotes():
    expected = reference("leads_xeducation", "REFERENCE.json")

    found = rows("leads_xeducation", "leads_60pct.csv")

    assert (len(found), len([row for row in found if row.converted])) == (
        expected["rows"],
        expected["converted"],
    )
    assert Counter(row.do_not_email for row in found)[True] == expected["do_not_email"]["Yes"]
    assert Counter(row.do_not_call for row in found)[True] == expected["do_not_call"]["Yes"]
    sources = Counter(row.source or "(blank)" for row in found)
    assert {name: sources[name] for name in expected["by_source"]} == {
        name: numbers["n"] for name, numbers in expected["by_source"].items()
    }
    assert {row.problem for row in found} == {""}


# ---- a pipeline ----------------------------------------------------------------------


def test_a_pipeline_by_stage_by_agent_and_by_what_it_brought():
    expected = reference("crm_maven", "REFERENCE_sales_pipeline_60pct.json")

    sheet = read_rows(real("crm_maven", "sales_pipeline_60pct.csv"))
    found = list(sheet.rows)

    won = [row for row in found if row.converted]
    assert (sheet.what, len(found)) == ("deals", expected["rows"])
    assert Counter(row.stage for row in found) == expected["by_stage"]
    assert len([row for row in found if row.lost]) == expected["by_stage"]["Lost"]
    assert sum(row.amount for row in won) == expected["won_value"] * 100
    assert {
        agent: len([row for row in found if row.owner == agent]) for agent in expected["by_agent"]
    } == {agent: numbers["n"] for agent, numbers in expected["by_agent"].items()}


def test_deals_without_a_customer_are_kept_and_counted():
    expected = reference("crm_maven", "REFERENCE_sales_pipeline_60pct.json")

    found = rows("crm_maven", "sales_pipeline_60pct.csv")

    alone = [row for row in found if not row.contact.known_by_something]
    assert len(alone) == expected["open_without_account"]
    assert {row.problem for row in alone} == {""}
    assert all(row.deal_id for row in alone)


def test_how_long_deals_took_and_which_have_been_open_for_long():
    expected = reference("crm_maven", "REFERENCE_sales_pipeline_60pct.json")
    asof = date.fromisoformat(expected["asof"])

    found = rows("crm_maven", "sales_pipeline_60pct.csv")

    days = sorted((row.closed_at - row.enquired_at).days for row in found if row.converted)
    open_for = [(asof - row.enquired_at.date()).days for row in found if row.stage == "Engaging"]
    assert (days[len(days) // 2], days[-1]) == (
        expected["days_to_close"]["won_median"],
        expected["days_to_close"]["won_max"],
    )
    assert len([n for n in open_for if n > 90]) == expected["engaging_older_than_90d"]
    assert len([n for n in open_for if n > 180]) == expected["engaging_older_than_180d"]


def test_what_two_lists_write_differently_still_meets():
    sold = set(column("product", "crm_maven", "sales_pipeline_60pct.csv"))
    offered = set(column("product", "crm_maven", "products.csv"))

    strangers = sold - offered

    assert strangers == {"GTXPro"}
    assert {key_of(name) for name in sold} <= {key_of(name) for name in offered}


def test_every_customer_of_the_pipeline_stands_in_the_list_of_accounts():
    accounts = {key_of(row.contact.company) for row in rows("crm_maven", "accounts.csv")}
    team = {key_of(row.owner) for row in rows("crm_maven", "sales_teams.csv")}

    deals = rows("crm_maven", "sales_pipeline_60pct.csv")

    expected = reference("crm_maven", "REFERENCE_sales_pipeline_60pct.json")
    assert {key_of(row.contact.company) for row in deals} - {""} <= accounts
    idle = team - {key_of(row.owner) for row in deals}
    assert idle == {key_of(name) for name in expected["agents_without_opportunity"]}


# ---- a funnel ------------------------------------------------------------------------


def test_a_funnel_with_a_win_before_its_first_contact():
    expected = reference("olist_funnel", "REFERENCE.json")

    came = rows("olist_funnel", "olist_mql_60pct.csv")
    won = rows("olist_funnel", "olist_closed_60pct.csv")

    first = {row.contact.external: row.enquired_at for row in came}
    days = sorted((row.won_at.date() - first[row.contact.external].date()).days for row in won)
    assert (len(came), len(won)) == (expected["mql"], expected["closed"])
    assert len([row for row in won if row.converted]) == expected["closed_matched"]
    assert len([day for day in days if day < 0]) == expected["days_to_win"]["negative"]
    origins = Counter(row.source or "(blank)" for row in came)
    assert {name: origins[name] for name in expected["by_origin"]} == {
        name: numbers["n"] for name, numbers in expected["by_origin"].items()
    }


# ---- calls ---------------------------------------------------------------------------


def test_a_phone_campaign_in_which_nobody_is_named_says_so_row_by_row():
    expected = reference("bank_marketing", "REFERENCE.json")["bank-additional-first80.csv"]
    put_right = Choices(fields={11: "touches", 20: "converted"}, what="people")

    sheet = read_rows(real("bank_marketing", "bank-additional-first80.csv"), choices=put_right)
    found = list(sheet.rows)

    assert (len(found), {row.problem for row in found}) == (expected["rows"], {NOBODY})
    assert len([row for row in found if row.converted]) == expected["wins"]
    assert sum(row.touches for row in found) == expected["total_contacts"]
    assert max(row.touches for row in found) == expected["max_contacts"]
    assert "whom this list is about" in sheet.doubts[0]


def test_calls_with_a_beginning_and_an_end():
    expected = reference("car_insurance_calls", "REFERENCE.json")
    put_right = Choices(fields={18: "converted"})

    sheet = read_rows(real("car_insurance_calls", "car_calls_ids_1-2400.csv"), choices=put_right)
    found = list(sheet.rows)

    assert (sheet.what, len(found)) == ("calls", expected["rows"])
    assert len([row for row in found if row.converted]) == expected["wins"]
    assert sum(row.touches for row in found) == expected["total_contacts"]
    assert found[0].happened.lasted.total_seconds() == 70
    assert all(row.happened.lasted is not None for row in found)


# ---- orders --------------------------------------------------------------------------


def test_the_order_lines_of_a_shop_read_from_a_packed_file():
    expected = reference("online_retail", "REFERENCE.json")

    sheet = read_rows(real("online_retail", "online_retail_until_2011-08-31.csv.gz"))
    lines, orders, taken_back, nobodys, customers = 0, set(), set(), 0, set()
    for row in sheet.rows:
        lines += 1
        orders.add(row.happened.order)
        nobodys += row.problem == NOBODY
        customers.add(row.contact.external)
        if row.happened.cancelled and row.happened.order.startswith("C"):
            taken_back.add(row.happened.order)

    assert sheet.what == "purchases"
    assert (lines, len(orders)) == (expected["lines"], expected["invoices"])
    assert len(taken_back) == expected["cancel_invoices"]
    assert nobodys == expected["lines_without_customer"]
    assert len(customers - {""}) == expected["customers_any"]


def test_purchases_that_were_printed_in_columns_without_headers():
    expected = reference("cdnow", "REFERENCE.json")["own_scipy_fit"]

    sheet = read_rows(real("cdnow", "CDNOW_sample.txt"))
    found = list(sheet.rows)

    assert sheet.what == "purchases"
    assert len(found) == expected["transactions"]
    assert len({row.contact.external for row in found}) == expected["customers"]
    assert min(row.happened.at for row in found).date() == date(1997, 1, 1)
    assert {row.problem for row in found} == {""}


# ---- exports of a well-known program --------------------------------------------------


def test_accounts_and_opportunities_of_salesforce_meet_by_their_numbers():
    accounts = read_rows(real("contacts_formats", "dataloader-samples", "accountData.csv"))
    deals = read_rows(real("contacts_formats", "dataloader-samples", "opportunityData.csv"))

    known = {row.contact.external for row in accounts.rows}
    found = list(deals.rows)

    assert (accounts.layout, accounts.what, deals.layout, deals.what) == (
        "Salesforce", "people", "Salesforce", "deals",
    )  # fmt: skip
    assert accounts.ids == deals.ids == "salesforce"
    assert {row.contact.external for row in found} <= known
    assert all(row.deal and row.closed_at for row in found)
    samples = ("contacts_formats", "dataloader-samples", "opportunityData.csv")
    stages, amounts = column("STAGENAME", *samples), column("AMOUNT", *samples)
    assert sum(row.amount or 0 for row in found) == sum(float(one or 0) for one in amounts) * 100
    assert len([row for row in found if row.converted]) == stages.count("Closed Won")
