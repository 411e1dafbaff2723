"""Two doors: the mail that people have, or a list. Both lead to the import."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from followthrough.web.gate import MemberRequest, members_only

# How people get their mail out of where it lies; each step is one sentence.
WAYS_OUT = (
    (
        "Google Mail",
        (
            "Open takeout.google.com and choose Mail alone; there you may pick labels.",
            "Google writes to you when it is ready. Download the zip.",
            "Bring it here as it is; we look into the zip.",
        ),
    ),
    (
        "Outlook and Microsoft 365",
        (
            "Single mails: drag them from Outlook into a folder on your desk.",
            "Whole folders: add the account to Thunderbird and export them from there.",
            "Bring the .msg or .eml files here, or a zip of them. A .pst cannot be read.",
        ),
    ),
    (
        "Apple Mail, iCloud",
        (
            "In Apple Mail select the mailbox, then Mailbox, Export Mailbox.",
            "You get a folder that ends in .mbox. Make a zip of it.",
            "Bring the zip here.",
        ),
    ),
    (
        "Thunderbird and others",
        (
            "Most programs keep or export mail as mbox, as Maildir or as .eml files.",
            "Bring the mbox as it is; make a zip of a folder.",
        ),
    ),
)


@members_only
@require_GET
def welcome(request: MemberRequest) -> HttpResponse:
    context = {"here": "import", "ways_out": WAYS_OUT, "address": request.member.user.email}
    return render(request, "welcome/welcome.html", context)
