"""A provider at whose page people sign in: it hands out codes for tokens, and can end it all.

Its access tokens are JWTs that Dovecot checks by itself.
"""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_hex
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from tests.servers.dovecot import TOKEN_KEY
from tests.servers.pages import pages

HOUR = 3600


@dataclass
class Provider:
    """`for_whom` is who signs in at its page. `revoked`: they ended it there. `lasts` is said to be
    the life of a token."""

    for_whom: str = ""
    revoked: bool = False
    away: bool = False
    lasts: int = HOUR
    rotates: bool = True
    asked: Counter = field(default_factory=Counter)
    codes: dict = field(default_factory=dict)
    living: set = field(default_factory=set)
    url: str = ""

    def answer(self, handler, body):
        path = urlsplit(handler.path)
        self.asked[path.path] += 1
        if self.away:
            return 503, {}, b"later"
        if path.path == "/authorize":
            return self.let_in(one_of(path.query))
        return self.token(one_of(body.decode()))

    def let_in(self, said):
        assert (said["response_type"], said["code_challenge_method"]) == ("code", "S256")
        code = token_hex(8)
        self.codes[code] = said
        back = urlencode({"code": code, "state": said["state"]})
        return 302, {"Location": f"{said['redirect_uri']}?{back}"}, b""

    def token(self, said):
        self.asked[said["grant_type"]] += 1
        if (said["client_id"], said["client_secret"]) != ("banners", "client-secret"):
            return refused("invalid_client")
        good = self.proved(said) if "code" in said else said["refresh_token"] in self.living
        return self.tokens() if good and not self.revoked else refused("invalid_grant")

    def proved(self, said):
        begun = self.codes.pop(said["code"], {"redirect_uri": "", "code_challenge": ""})
        challenge = coded(sha256(said["code_verifier"].encode()).digest())
        return (begun["redirect_uri"], begun["code_challenge"]) == (said["redirect_uri"], challenge)

    def tokens(self):
        told = {
            "access_token": jwt(self.for_whom),
            "token_type": "Bearer",
            "expires_in": self.lasts,
        }
        if self.rotates or not self.living:
            told["refresh_token"] = token_hex(8)
            self.living = {told["refresh_token"]}
        return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


@contextmanager
def provider(**more):
    one = Provider(**more)
    with pages(one.answer) as one.url:
        yield one


def signs_in_there(address):
    """Somebody goes there, says yes, and is sent back: to where?"""

    class Stays(HTTPRedirectHandler):
        def redirect_request(self, *_said):
            return None

    try:
        build_opener(Stays).open(address, timeout=10)
    except HTTPError as sent:
        return sent.headers["Location"]
    raise AssertionError("They were not sent back.")


def refused(why):
    return 400, {"Content-Type": "application/json"}, json.dumps({"error": why}).encode()


def jwt(address, lasts=HOUR):
    now = int(time.time())
    told = {"sub": address, "email": address, "iat": now - 5, "nbf": now - 5, "exp": now + lasts}
    parts = ({"alg": "HS256", "typ": "JWT"}, told)
    signed = ".".join(coded(json.dumps(one).encode()) for one in parts)
    return f"{signed}.{coded(hmac.digest(TOKEN_KEY, signed.encode(), sha256))}"


def coded(raw):
    return urlsafe_b64encode(raw).decode().rstrip("=")


def one_of(query):
    return {name: values[0] for name, values in parse_qs(query).items()}
