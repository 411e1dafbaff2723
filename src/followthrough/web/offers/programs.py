"""Who fetches an address without anybody looking: scanners of mail, previews, proxies."""

import re
from datetime import datetime, timedelta

from django.http import HttpRequest

# So soon after a mail left nobody has read it: it is being looked through on its way.
ON_ITS_WAY = timedelta(seconds=20)
_PROGRAMS = re.compile(
    r"bot\b|bots\b|spider|crawl|preview|scan|proofpoint|mimecast|barracuda|ironport|symantec"
    r"|messagelabs|trendmicro|fortinet|sophos|forcepoint|safelinks|microsoft office|ms-office"
    r"|skype|slack|whatsapp|telegram|facebookexternalhit|facebot|linkedin|discord|embedly"
    r"|python|curl|wget|java/|okhttp|go-http|axios|node|headless|phantom|libwww|urllib",
    re.IGNORECASE,
)
# They fetch pictures for everybody: that one was fetched says little about whether it was seen.
_PROXIES = re.compile(r"googleimageproxy|ggpht|yahoomailproxy|via ggpht", re.IGNORECASE)
# What the privacy protection of Apple's mail says of itself, and nobody else does.
_APPLE = "Mozilla/5.0"
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_program(request: HttpRequest) -> bool:
    """It is certain that nobody looks: such a fetch counts for nothing."""
    agent = request.headers.get("User-Agent", "")
    ahead = any("pre" in request.headers.get(name, "").lower() for name in _AHEAD)
    return request.method == "HEAD" or ahead or not agent or bool(_PROGRAMS.search(agent))


def is_uncertain(request: HttpRequest, sent_at: datetime | None, now: datetime) -> bool:
    """A proxy asked, or it is too soon for a person."""
    agent = request.headers.get("User-Agent", "").strip()
    soon = sent_at is None or now - sent_at < ON_ITS_WAY
    return soon or agent == _APPLE or bool(_PROXIES.search(agent))
