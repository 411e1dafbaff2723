"""What the web server calls; beside the pages it turns the handle, where it was told to."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")
application = get_wsgi_application()

from followthrough.project.environment import Environment  # noqa: E402 - after Django's start
from followthrough.worker import loop  # noqa: E402

# Only the server says so (project/serve.py): tests and commands turn no handle by themselves.
if Environment(os.environ).yes("WORKER"):
    loop.start()
