"""What an administrator says about the team: each form gives the settings that are wanted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from followthrough.ledger.models import Workspace
from followthrough.web.form import PlainForm
from followthrough.web.settings import places

Wanted = dict[str, Any]


class TeamForm(PlainForm):
    name = forms.CharField(label=_("Your company or team"), max_length=120)
    currency = forms.ChoiceField(label=_("Currency"), choices=places.currency_choices)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: places.language_choices(str(_("As each browser asks"))),
        help_text=_("Everybody may choose another under You."),
    )
    postal = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "It stands below the signature of mails that a sequence sends. Many countries ask for "
            "it in mail that goes out by itself."
        ),
    )
    tracks = forms.BooleanField(
        label=_("Tell whether mail is opened"),
        required=False,
        help_text=_(
            "Links in your mails then lead over this site, and a picture tells that a mail was "
            "opened. It is soft evidence, and many people do not like it."
        ),
        widget=forms.CheckboxInput({"class": "tick"}),
    )

    @staticmethod
    def initial_of(team: Workspace) -> Wanted:
        names = ("name", "currency", "language", "postal", "tracks")
        return {name: getattr(team, name) for name in names}

    def wanted(self) -> Wanted:
        """Lines as they were typed, without the empty ones."""
        lines = (line.strip() for line in self.cleaned_data["postal"].splitlines())
        return {**self.cleaned_data, "postal": "\n".join(filter(None, lines))}


class DaysForm(PlainForm):
    zone = forms.ChoiceField(label=_("Time zone"), choices=places.zone_choices)
    country = forms.ChoiceField(
        label=_("Public holidays of"), required=False, choices=places.country_choices
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    workdays = forms.MultipleChoiceField(
        label=_("You work on"),
        choices=places.day_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick at least one day.")},
    )
    workday_start = forms.TimeField(
        label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    workday_end = forms.TimeField(
        label=_("To"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self["country"].value() or ""
        known = {code for code, _name in places.country_choices()}
        choices = places.region_choices(country if country in known else "")
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(team: Workspace) -> Wanted:
        names = ("zone", "country", "region", "workday_start", "workday_end")
        return {name: getattr(team, name) for name in names} | {"workdays": list(team.workdays)}

    def clean(self) -> Wanted:
        said = super().clean() or {}
        # Another country was chosen: its regions were not on the page yet.
        if "region" in self.errors:
            del self.errors["region"]
            said["region"] = ""
        first, last = said.get("workday_start"), said.get("workday_end")
        if first and last and last <= first:
            self.add_error("workday_end", _("The day ends before it starts."))
        return said

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return {
            "zone": said["zone"], "country": said["country"], "region": said.get("region", ""),
            "workdays": "".join(sorted(said["workdays"])),
            "workday_start": said["workday_start"].isoformat("minutes"),
            "workday_end": said["workday_end"].isoformat("minutes"),
        }  # fmt: skip


class ClosedDayForm(PlainForm):
    day = forms.DateField(label=_("Closed on"), widget=forms.DateInput({"type": "date"}))

    def wanted(self) -> Wanted:
        return {"closed_days": {self.cleaned_data["day"].isoformat(): True}}
