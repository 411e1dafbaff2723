"""Screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "followthrough.web"
    label = "web"

    def ready(self) -> None:
        """What the worker mails is written here, where the words of the screens are."""
        # Both read models, which are there only now.
        from followthrough.channels import house  # noqa: PLC0415
        from followthrough.web.mailboxes.canary import words_of  # noqa: PLC0415
        from followthrough.web.reminders.letters import write  # noqa: PLC0415
        from followthrough.web.reminders.notes import note  # noqa: PLC0415

        house.let_write(write)
        house.let_note(note)
        house.let_try(words_of)
