"""Two doors: the mail that people have, or a list. Both lead to the import."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from followthrough.web.gate import MemberRequest, members_only

# How people get their mail out of where it lies; each step is one sentence.
WAYS_OUT = (
    (
        _("Google Mail"),
        (
            _("Open takeout.google.com and choose Mail alone; there you may pick labels."),
            _("Google writes to you when it is ready. Download the zip."),
            _("Bring it here as it is; we look into the zip."),
        ),
    ),
    (
        _("Outlook and Microsoft 365"),
        (
            _("Single mails: drag them from Outlook into a folder on your desk."),
            _("Whole folders: add the account to Thunderbird and export them from there."),
            _("Bring the .msg or .eml files here, or a zip of them. A .pst cannot be read."),
        ),
    ),
    (
        _("Apple Mail, iCloud"),
        (
            _("In Apple Mail select the mailbox, then Mailbox, Export Mailbox."),
            _("You get a folder that ends in .mbox. Make a zip of it."),
            _("Bring the zip here."),
        ),
    ),
    (
        _("Thunderbird and others"),
        (
            _("Most programs keep or export mail as mbox, as Maildir or as .eml files."),
            _("Bring the mbox as it is; make a zip of a folder."),
        ),
    ),
)


@members_only
@require_GET
def welcome(request: MemberRequest) -> HttpResponse:
    context = {"here": "import", "ways_out": WAYS_OUT, "address": request.member.user.email}
    return render(request, "welcome/welcome.html", context)
