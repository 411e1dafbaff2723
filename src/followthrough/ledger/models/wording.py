"""The team's own words: templates and snippets, the files that go with them, which were used."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PLAIN, WARM, FORMAL = "plain", "warm", "formal"
TONES = (PLAIN, WARM, FORMAL)


class Template(models.Model):
    """Words for an occasion. A `snippet` is a short piece to put into any text: it has no subject.

    `subjects` are one or more lines that are tried against each other. `ready` is the key of the
    ready-made one that this row stands in place of, so that it can be changed or left out.
    """

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="templates"
    )
    name = models.CharField(max_length=80)
    snippet = models.BooleanField(default=False)
    occasion = models.CharField(max_length=20, blank=True, default="")  # "": any
    language = models.CharField(max_length=8, default="en")
    tone = models.CharField(max_length=10, default=PLAIN)
    subjects = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True, default="")
    ready = models.CharField(max_length=40, blank=True, default="")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "ready"],
                condition=~Q(ready=""),
                name="a_ready_made_text_is_taken_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "language", "occasion"], name="template_by_occasion"),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateFile(models.Model):
    """A price list or a drawing that goes out with a template."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    template = models.ForeignKey(Template, models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    body = models.BinaryField()
    added_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "template"], name="files_of_template"),
        ]

    def __str__(self) -> str:
        return self.name


class WordsUsed(models.Model):
    """Which template a mail came from, and under which of its subject lines ("" where another
    was written): the line is the template's, before anybody's name was filled in."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    template = models.ForeignKey(Template, models.PROTECT, related_name="uses")
    message = models.ForeignKey("ledger.Message", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "message"], name="a_mail_comes_from_one_template"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "template"], name="uses_of_template"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} in {self.message_id}"


class LanguageModel(models.Model):
    """A language model that may propose words, where an administrator has named one. `address` is
    the beginning of its OpenAI-compatible address, `secret` its key, sealed."""

    workspace = models.ForeignKey(
        "ledger.Workspace", models.PROTECT, db_index=False, related_name="+"
    )
    address = models.CharField(max_length=300)
    model = models.CharField(max_length=120)
    secret = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace"], name="a_team_has_one_language_model"),
        ]

    def __str__(self) -> str:
        return f"{self.model} at {self.address}"
