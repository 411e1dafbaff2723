"""Forms as components/form.html shows them."""

from typing import Any

from django import forms


class PlainForm(forms.Form):
    """Each input carries the look's class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "input")
