"""A gift as it is written down; and as it was before, so that each change can be taken back."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy

from followthrough.ledger.models import Gift, Workspace
from followthrough.web.form import PlainForm
from followthrough.web.tokens import signed

SALT = "followthrough.library"
KEPT = ("title", "kind", "link", "text", "again")
GONE = "gone"
KINDS = {
    "tip": gettext_lazy("A tip"),
    "article": gettext_lazy("Something to read"),
    "photo": gettext_lazy("A photo"),
    "sample": gettext_lazy("A sample"),
    "introduction": gettext_lazy("An introduction"),
    "other": gettext_lazy("Something else"),
}


class GiftForm(PlainForm):
    title = forms.CharField(
        max_length=80, label=gettext_lazy("What is it?"),
        error_messages={"required": gettext_lazy("Give it a name, such as “How to clean a sign”.")},
    )  # fmt: skip
    kind = forms.ChoiceField(choices=list(KINDS.items()), label=gettext_lazy("What kind?"))
    link = forms.CharField(max_length=500, required=False, label=gettext_lazy("Link"))
    text = forms.CharField(
        max_length=4000, required=False, label=gettext_lazy("Words to send with it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    again = forms.BooleanField(
        required=False, label=gettext_lazy("May be given to the same people again"),
        widget=forms.CheckboxInput(attrs={"class": "tick"}),
    )  # fmt: skip

    def __init__(self, *args: Any, workspace: Workspace, gift: Gift | None = None, **more: Any):
        self.workspace, self.gift = workspace, gift
        super().__init__(*args, **more)

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        same = Gift.objects.filter(workspace=self.workspace, title=title)
        if same.exclude(pk=self.gift.pk if self.gift else 0).exists():
            raise forms.ValidationError(
                gettext_lazy("That name is taken. If it is no longer offered, bring it back below.")
            )
        return title

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"]).strip()
        if not link:
            return ""
        link = link if "://" in link else f"https://{link}"
        try:
            URLValidator(schemes=["http", "https"])(link)
        except forms.ValidationError as wrong:
            said = gettext_lazy("Write a link such as https://example.com/page, or leave it empty.")
            raise forms.ValidationError(said) from wrong
        return link


def standing(gift: Gift) -> dict[str, Any]:
    return {name: getattr(gift, name) for name in KEPT} | {GONE: gift.retired_at is not None}


def as_before_address(gift: Gift, was: dict[str, Any]) -> str:
    """Where a POST makes it as it was, in what still is as it stands now."""
    told = {"pk": gift.pk, "was": was, "ours": standing(gift)}
    return reverse("gift_as_before", args=[signed(told, SALT)])


def gone_address(gift: Gift) -> str:
    return as_before_address(gift, {GONE: True})
