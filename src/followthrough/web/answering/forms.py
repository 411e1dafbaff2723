"""Whether it answers at once, and in which words."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from followthrough.ledger import at_once
from followthrough.ledger.models import Connection, Mailbox
from followthrough.web.form import PlainForm
from followthrough.web.tongue import tell

KNOWN = ("name", "topic", "me")
BRACED = re.compile(r"\{([^{}\n]{0,40})\}")


class AnswerForm(PlainForm):
    on = forms.BooleanField(label=_("Answer at once, by itself"), required=False)
    words = forms.CharField(
        label=_("The words"), max_length=5000, widget=forms.Textarea({"rows": 9}),
        help_text=_("{name}, {topic} and {me} are filled in."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Connection | Mailbox, **more: Any) -> None:
        row = at_once.setting_of(by)
        ours = tell(at_once.WORDS)
        initial = {
            "on": row.on if row else at_once.is_on(by),
            "words": (row.words if row else "") or ours,
        }
        super().__init__(*args, initial=initial, **more)
        self.fields["on"].widget.attrs["class"] = "tick"

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"]).replace("\r\n", "\n").strip()
        unknown = [one for one in BRACED.findall(words) if one not in KNOWN]
        if unknown:
            said = _("“{word}” means nothing here. Only these are filled in: {known}.")
            known = ", ".join(f"{{{one}}}" for one in KNOWN)
            raise forms.ValidationError(str(said).format(word=f"{{{unknown[0]}}}", known=known))
        return words

    def kept_words(self) -> str:
        """Ours are kept as none, so that each reader's language stays theirs."""
        words = str(self.cleaned_data["words"])
        return "" if words == tell(at_once.WORDS) else words
