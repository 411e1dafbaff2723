#!/usr/bin/env python3
"""Django's commands, with this project's settings."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.project.settings")

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
