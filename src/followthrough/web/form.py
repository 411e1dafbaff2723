"""Forms as components/form.html shows them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

AS_DJANGO_SAYS = forms.Field.default_error_messages["required"]
MISSING = gettext_lazy("This is missing still.")


class PlainForm(forms.Form):
    """Each input carries the look's class; what is left empty is said in words of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")
            if field.error_messages.get("required") is AS_DJANGO_SAYS:
                field.error_messages["required"] = MISSING
