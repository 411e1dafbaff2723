"""Trying a mailbox: nobody waits long for it, and nobody tries passwords by the hundred here."""

from allauth.core import ratelimit
from django.conf import settings
from django.utils.translation import gettext as _

from followthrough.core.saying import Saying
from followthrough.inlets.servers.passes import secret_for
from followthrough.inlets.servers.places import Server, Servers, providers
from followthrough.inlets.servers.trial import Login, problems_with
from followthrough.inlets.servers.trouble import Trouble
from followthrough.ledger import clock
from followthrough.ledger.credentials import CouldNotUnlock
from followthrough.ledger.models import Mailbox
from followthrough.ledger.models.mailboxes import BY_TOKEN
from followthrough.web.gate import MemberRequest
from followthrough.web.tongue import tell


def too_many(request: MemberRequest) -> str:
    """Why not now; "" while they may try."""
    if ratelimit.consume(request, action="mailbox_trial", key=str(request.member.pk)):
        return ""
    return _("That was tried ten times within ten minutes. Please wait a little, then try again.")


def problems_of(box: Mailbox) -> list[str]:
    """With what is kept of it."""
    try:
        secret = secret_for(box, inside=settings.MAIL_INSIDE, at=clock.now())
    except CouldNotUnlock:
        return [_("Its password cannot be read any more. Please type it again.")]
    except Trouble as why:
        return [tell(why.said)]
    return list(map(tell, problems_by(box, secret, by_token=box.sign_in == BY_TOKEN)))


def problems_by(box: Mailbox, secret: str, *, by_token: bool = False) -> list[Saying]:
    login = Login(
        name=box.username, password=secret, inside=settings.MAIL_INSIDE, by_token=by_token
    )
    return problems_with(servers_of(box), login, providers().get(box.provider))


def servers_of(box: Mailbox) -> Servers:
    imap, smtp = (
        Server(
            host=getattr(box, f"{way}_host"), port=getattr(box, f"{way}_port"),
            security=getattr(box, f"{way}_security"),
        )
        for way in ("imap", "smtp")
    )  # fmt: skip
    return Servers(imap=imap, smtp=smtp)
