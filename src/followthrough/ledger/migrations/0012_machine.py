"""Steps that leave by themselves: who answers for one, until when it may leave, what holds it."""

import django.db.models.deletion
from django.db import migrations, models


def nobody_chose_it(apps, schema_editor):
    """Until now no screen showed this mark: what carried it must not begin to leave by itself."""
    for version in apps.get_model("ledger", "SequenceVersion").objects.iterator():
        steps = [{**step, "alone": False} for step in version.steps]
        if steps != version.steps:
            version.steps = steps
            version.save(update_fields=["steps"])


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0011_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='followup',
            name='sender',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.member'),
        ),
        migrations.AddField(
            model_name='member',
            name='mails_held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='plans_wait',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='message',
            name='domain',
            field=models.CharField(blank=True, default='', max_length=253),
        ),
        migrations.AddField(
            model_name='message',
            name='not_after',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='place',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='message',
            name='plan',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddField(
            model_name='message',
            name='version',
            field=models.CharField(blank=True, default='', max_length=1),
        ),
        migrations.AddField(
            model_name='sending',
            name='awake_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sending',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sending',
            name='held_why',
            field=models.CharField(blank=True, default='', max_length=10),
        ),
        migrations.AddField(
            model_name='sequence',
            name='paused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='workspace',
            name='pauses',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('sender__isnull', False), ('settled_at', None)), fields=['workspace', 'due', 'id'], name='followup_by_itself'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('plan', ''), _negated=True), fields=['workspace', 'plan', 'place'], name='message_of_a_step'),
        ),
        migrations.RunPython(nobody_chose_it, migrations.RunPython.noop),
    ]
