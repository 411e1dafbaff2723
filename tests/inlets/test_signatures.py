"""Whether somebody signed what they brought: the houses' own samples, and what must not pass."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from followthrough.inlets.signatures import by_body, by_time_and_body, by_token, by_url

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
# Test data of twilio-python (MIT), so that the rule is not tested against itself.
TOKEN, URL = "12345", "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = [
    ("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("From", "+14158675309"),
    ("To", "+18005551212"), ("Caller", "+14158675309"),
]  # fmt: skip
SIGN = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
HTTP = URL.replace("https", "http")


@pytest.mark.parametrize(
    ("url", "sign"),
    [
        (URL, SIGN),
        (URL.replace(".com", ".com:443"), SIGN),
        (URL, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        (HTTP, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (HTTP.replace(".com", ".com:1234"), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ],
    ids=["as called", "port in between", "signed with 443", "signed with 80", "another port"],
)
def test_a_telephone_company_signs_the_address_and_each_field(url, sign):
    assert by_url([TOKEN], [url], FORM, sign)


def test_a_field_that_comes_twice_counts_once():
    form = [
        ("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"),
        ("Digits", "1234"),
    ]  # fmt: skip

    assert by_url([TOKEN], [URL], form, "IK+Dwps556ElfBT0I3Rgjkr1wJU=")


@pytest.mark.parametrize(
    ("secrets", "url", "form", "sign"),
    [
        ([TOKEN], URL + "&more=1", FORM, SIGN),
        ([TOKEN], URL, FORM[1:], SIGN),
        ([TOKEN], URL, [*FORM, ("Body", "hello")], SIGN),
        (["54321"], URL, FORM, SIGN),
        ([], URL, FORM, SIGN),
        ([TOKEN], URL, FORM, ""),
        ([TOKEN], URL, FORM, "täuschend echt"),
    ],
    ids=["address", "a field less", "a field more", "token", "no token", "none", "not base64"],
)
def test_anything_else_is_no_call_of_theirs(secrets, url, form, sign):
    assert not by_url(secrets, [url], form, sign)


def test_the_vectors_beside_the_repository_hold(shared):
    twilio = json.loads((shared / "webhooks/signature_vectors.json").read_text())["twilio"]

    form, token = list(twilio["params"].items()), twilio["auth_token"]
    assert by_url([token], [twilio["url"]], form, twilio["X-Twilio-Signature"])
    twice = [tuple(one) for one in twilio["dup_params"]]
    assert by_url([token], [twilio["url"]], twice, twilio["dup_signature"])


# --- the body ------------------------------------------------------------------------

# echo -n '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
BODY, BASE64 = b'{"id":1}', "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY="


def test_shops_sign_the_body_as_it_came():
    assert by_body(["hush"], BODY, BASE64)
    assert by_body(["new", "hush"], BODY, BASE64)


@pytest.mark.parametrize(
    ("secrets", "body", "said"),
    [
        (["hush"], b'{"id": 1}', BASE64), (["loud"], BODY, BASE64), (["hush"], BODY, ""),
        ([], BODY, BASE64), (["hush"], BODY, BASE64[:-1]), (["hush"], BODY, "\udc80é"),
    ],
    ids=["a space more", "secret", "none", "no secret", "cut", "no letters"],
)  # fmt: skip
def test_another_body_or_secret_is_refused(secrets, body, said):
    assert not by_body(secrets, body, said)


# --- the time and the body -----------------------------------------------------------


def stamped(at, body=BODY, *secrets):
    then = int(at.timestamp())
    signs = [
        hmac.new(one.encode(), f"{then}.".encode() + body, sha256).hexdigest()
        for one in secrets or ("whsec_a",)
    ]
    return ",".join([f"t={then}", *(f"v1={sign}" for sign in signs), "v0=old"])


@pytest.mark.parametrize("apart", [0, -299, 299])
def test_stripe_signs_the_time_too(apart):
    said = stamped(NOW + timedelta(seconds=apart))

    assert by_time_and_body(["whsec_a"], BODY, said, now=NOW)


def test_while_a_secret_changes_both_count():
    both = stamped(NOW, BODY, "whsec_b", "whsec_a")

    assert by_time_and_body(["whsec_a"], BODY, both, now=NOW)
    assert by_time_and_body(["whsec_c", "whsec_b"], BODY, stamped(NOW, BODY, "whsec_b"), now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        stamped(NOW - timedelta(minutes=6)),
        stamped(NOW + timedelta(minutes=6)),
        stamped(NOW, b"{}"),
        stamped(NOW, BODY, "whsec_other"),
        stamped(NOW) + ",t=1",
        stamped(NOW).replace("v1=", "v0="),
        "t=x,v1=y",
        "t=٣,v1=y",
        "t=" + "9" * 400 + ",v1=y",
        "",
        ",,=,",
    ],
    ids=[
        "six minutes old", "of the future", "another body", "another secret", "two times",
        "an old way", "no time", "other digits", "no end of time", "nothing", "commas",
    ],
)  # fmt: skip
def test_what_is_old_strange_or_of_others_is_refused(said):
    assert not by_time_and_body(["whsec_a"], BODY, said, now=NOW)


# --- the token ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ("Bearer word", True), ("bearer  word ", True), ("Bearer other", False), ("word", False),
        ("Basic word", False), ("Bearer", False), ("", False), ("Bearer wörd", False),
    ],
)  # fmt: skip
def test_a_token_is_a_word_that_only_two_know(said, passes):
    assert by_token(["word"], said) is passes
