"""What every table of ours keeps to, so that the books can grow beyond one machine."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import UniqueConstraint

from followthrough.ledger.models import User, Workspace

TABLES = [table for table in apps.get_app_config("ledger").get_models() if table is not User]


@pytest.mark.parametrize("table", [table for table in TABLES if table is not Workspace])
def test_each_row_carries_its_workspace_and_is_unique_only_inside_it(table):
    unique = [one for one in table._meta.constraints if isinstance(one, UniqueConstraint)]

    assert table._meta.get_field("workspace").related_model is Workspace
    assert [one.name for one in unique if one.fields[:1] != ("workspace",)] == []
    assert table._meta.unique_together == ()
    assert [
        field.name for field in table._meta.fields if field.unique and not field.primary_key
    ] == []


@pytest.mark.parametrize("table", TABLES)
def test_kinds_are_plain_strings_and_need_no_migration(table):
    assert [field.name for field in table._meta.fields if field.choices] == []


@pytest.mark.parametrize("table", TABLES)
def test_constraints_are_sentences(table):
    assert [one.name for one in table._meta.constraints if one.name.count("_") < 2] == []


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
