"""Signing in at a provider (OAuth 2 with PKCE, RFC 6749 and 7636): where to, and what it gives us.

No password of theirs ever comes by here: the provider gives us a token, which they can end there.
"""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field

from oauthlib.oauth2 import InvalidGrantError, OAuth2Error, WebApplicationClient

from followthrough.core.saying import says
from followthrough.inlets.servers.pages import ask, server_of
from followthrough.inlets.servers.trouble import (
    REFUSED,
    UNREACHABLE,
    Trouble,
    in_plain_words,
)

AN_HOUR = 3600  # where it does not say how long a token lasts
LONGEST = 24 * 3600
VERIFIER = 64  # letters
ENDED = says(
    "{name} no longer lets us in: the sign-in was ended there, or is too old. Sign in again."
)
NOT_KNOWN = says(
    "{name} does not know this program as it was set up here ({why}). An administrator checks the "
    "client id and its secret under Settings, Mailboxes."
)
NO_REFRESH = says(
    "{name} let us in for an hour only. Sign in again, and allow access while you are away."
)
AWAY = says("{name} does not answer just now. Please try again in a moment.")


@dataclass(frozen=True, kw_only=True)
class Client:
    """Us, as a provider knows us."""

    name: str
    client_id: str
    secret: str
    authorize: str
    token: str
    scopes: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`refresh` is "" where the one before goes on."""

    access: str
    refresh: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Going:
    """One person on the way there and back: `state` says whose way it is, `verifier` proves that
    it is us who fetch what it brings."""

    state: str
    verifier: str
    back: str


def page_of(client: Client, going: Going, address: str) -> str:
    """Where they sign in."""
    asks = WebApplicationClient(client.client_id)
    return str(
        asks.prepare_request_uri(
            client.authorize, redirect_uri=going.back, scope=client.scopes.split(),
            state=going.state, code_challenge_method="S256", login_hint=address,
            code_challenge=asks.create_code_challenge(going.verifier, "S256"), **client.more,
        )
    )  # fmt: skip


def new_verifier() -> str:
    return str(WebApplicationClient("").create_code_verifier(VERIFIER))


def first_tokens(client: Client, going: Going, code: str, *, inside: str) -> Tokens:
    told = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": going.back,
        "code_verifier": going.verifier,
    }  # fmt: skip
    tokens = _tokens(client, told, inside)
    if not tokens.refresh:
        raise Trouble(REFUSED, says(NO_REFRESH.template, name=client.name))
    return tokens


def next_tokens(client: Client, refresh: str, *, inside: str) -> Tokens:
    return _tokens(client, {"grant_type": "refresh_token", "refresh_token": refresh}, inside)


def _tokens(client: Client, told: Mapping[str, str], inside: str) -> Tokens:
    us = {"client_id": client.client_id}
    if client.secret:
        us["client_secret"] = client.secret
    place = server_of(client.token)
    with in_plain_words(place.host, place.port):
        try:
            page = ask(client.token, inside=inside, told={**told, **us})
        except http.client.HTTPException as error:
            raise Trouble(UNREACHABLE, says(AWAY.template, name=client.name)) from error
    if page.status >= 500 or page.status == 429:
        raise Trouble(UNREACHABLE, says(AWAY.template, name=client.name))
    return _read(client, page.body)


def _read(client: Client, body: bytes) -> Tokens:
    try:
        said = WebApplicationClient(client.client_id).parse_request_body_response(
            body.decode("utf-8", "replace")
        )
    except InvalidGrantError as error:
        raise Trouble(REFUSED, says(ENDED.template, name=client.name)) from error
    except OAuth2Error as error:
        told = {"name": client.name, "why": str(error.error)[:80]}
        raise Trouble(REFUSED, says(NOT_KNOWN.template, **told)) from error
    except (ValueError, TypeError, AttributeError, Warning) as error:
        raise Trouble(UNREACHABLE, says(AWAY.template, name=client.name)) from error
    lasts = str(said.get("expires_in") or AN_HOUR).partition(".")[0]
    return Tokens(
        access=str(said["access_token"]), refresh=str(said.get("refresh_token") or ""),
        seconds=min(int(lasts) if lasts.isdigit() else AN_HOUR, LONGEST),
    )  # fmt: skip
