"""What turns the handle."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "followthrough.worker"
    label = "worker"
