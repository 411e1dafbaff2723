"""A template as it is written down; and as it was before, so that each change can be taken back."""

from typing import Any
from zlib import crc32

from django import forms
from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from followthrough.ledger import templates
from followthrough.ledger.models import Template
from followthrough.ledger.template_changes import KEPT
from followthrough.ledger.wording import LONGEST
from followthrough.web.form import PlainForm
from followthrough.web.tokens import signed
from followthrough.web.tongue import tell
from followthrough.web.words.suggested import TONE_NAMES

SALT = "followthrough.words"
GONE = "gone"


# What could be said more kindly is asked for while somebody writes.
KINDER = {
    "hx-post": reverse_lazy("kinder", query={"template": "yes"}), "hx-include": "closest form",
    "hx-params": "text", "hx-trigger": "input changed delay:600ms", "hx-target": "#kinder",
    "hx-swap": "outerHTML", "hx-sync": "this:replace",
}  # fmt: skip


class WordsForm(PlainForm):
    """A template, or a `snippet`: that has neither subject nor occasion."""

    name = forms.CharField(
        max_length=80, label=_("What do you call it?"),
        error_messages={"required": _("Give it a name, such as “After a quote”.")},
    )  # fmt: skip
    occasion = forms.ChoiceField(label=_("For what occasion?"), required=False)
    tone = forms.ChoiceField(label=_("In which tone?"), choices=list(TONE_NAMES.items()))
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    subjects = forms.CharField(
        label=_("Subject"), max_length=1000,
        error_messages={"required": _("Give it a subject: it is the first thing that they read.")},
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Several lines are tried in turn, and you see which one is answered more."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("The words"), strip=False, max_length=LONGEST * 2,
        error_messages={"required": _("Write the words.")},
        widget=forms.Textarea({"rows": 14, **KINDER}),
    )  # fmt: skip

    def __init__(self, *args: Any, snippet: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.snippet = snippet
        occasion: Any = self.fields["occasion"]
        occasion.choices = [(key, tell(said)) for key, said in templates.OCCASIONS.items()]
        if snippet:
            for name in ("occasion", "tone", "subjects"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.values()
        for field, said in templates.problems_of(values).items():
            if field not in self.errors:
                for one in said:
                    self.add_error(field, tell(one))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """As a row keeps them."""
        said = self.cleaned_data
        lines = [" ".join(line.split()) for line in said.get("subjects", "").splitlines()]
        return {
            "name": " ".join(said.get("name", "").split()), "occasion": said.get("occasion", ""),
            "tone": said.get("tone", "plain"), "language": said.get("language", "en"),
            "subjects": [line for line in lines if line], "snippet": self.snippet,
            "text": said.get("text", "").replace("\r\n", "\n").strip(),
        }  # fmt: skip


def as_typed(template: Template) -> dict[str, Any]:
    stood = {name: getattr(template, name) for name in KEPT}
    return stood | {"subjects": "\n".join(template.subjects)}


def standing(template: Template) -> dict[str, Any]:
    return {name: getattr(template, name) for name in KEPT} | {
        GONE: template.retired_at is not None
    }


def as_before_address(template: Template, was: dict[str, Any]) -> str:
    """Where a POST makes it as it was, in what still is as it stands now."""
    now = standing(template)
    changed = [name for name in was if was[name] != now[name]]
    told = {
        "pk": template.pk, "was": {name: was[name] for name in changed},
        "ours": {name: mark_of(now[name]) for name in changed},
    }  # fmt: skip
    return reverse("words_as_before", args=[signed(told, SALT)])


def mark_of(value: Any) -> int:
    """Whether two are the same, without carrying long words along."""
    return crc32(repr(value).encode())
