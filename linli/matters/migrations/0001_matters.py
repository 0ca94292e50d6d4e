import datetime
import django.db.models.deletion
import linli.matters.models
import linli.core.numbers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '__first__'),
        ('people', '__first__'),
        ('places', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=linli.matters.models.new_entry_uid, max_length=16, unique=True)),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=48)),
                ('move', models.CharField(blank=True, max_length=32)),
                ('from_state', models.CharField(blank=True, max_length=32)),
                ('to_state', models.CharField(blank=True, max_length=32)),
                ('station', models.CharField(blank=True, max_length=32)),
                ('audience', models.CharField(default='public', max_length=8)),
                ('person_uid', models.CharField(blank=True, max_length=32)),
                ('hat', models.CharField(blank=True, max_length=32)),
                ('channel', models.CharField(blank=True, max_length=16)),
                ('figures', models.JSONField(default=dict)),
                ('files', models.JSONField(default=list)),
                ('note_hash', models.CharField(blank=True, max_length=64)),
                ('note_audience', models.CharField(blank=True, max_length=8)),
                ('body', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
            ],
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=linli.core.numbers.short_uid, max_length=16, unique=True)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('title', models.CharField(max_length=120)),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(max_length=32)),
                ('phase', models.CharField(max_length=8)),
                ('version', models.PositiveIntegerField(default=0)),
                ('audience', models.CharField(default='parties', max_length=8)),
                ('category_code', models.CharField(blank=True, max_length=48)),
                ('class_code', models.CharField(blank=True, max_length=16)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('step_from_at', models.DateTimeField(null=True)),
                ('step_due_at', models.DateTimeField(null=True)),
                ('step_minutes', models.PositiveIntegerField(null=True)),
                ('is_step_told', models.BooleanField(default=False)),
                ('due_from_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('due_set_at', models.DateTimeField(null=True)),
                ('case_minutes', models.PositiveIntegerField(null=True)),
                ('urgent_at', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('next_alarm_at', models.DateTimeField(null=True)),
                ('alarm_no', models.PositiveSmallIntegerField(default=0)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_until', models.DateTimeField(null=True)),
                ('paused_reason', models.CharField(blank=True, max_length=32)),
                ('paused_state', models.CharField(blank=True, max_length=32)),
                ('step_left_minutes', models.PositiveIntegerField(null=True)),
                ('is_step_by_day', models.BooleanField(default=False)),
                ('case_left_minutes', models.PositiveIntegerField(null=True)),
                ('is_case_by_day', models.BooleanField(default=False)),
                ('paused_minutes', models.PositiveIntegerField(default=0)),
                ('paused_working_minutes', models.PositiveIntegerField(default=0)),
                ('contacted_at', models.DateTimeField(null=True)),
                ('solved', models.CharField(blank=True, choices=[('yes', '解决了'), ('partly', '解决了一部分'), ('no', '没解决')], max_length=8)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('on_time', models.CharField(blank=True, choices=[('yes', '按时'), ('no', '超时'), ('unknown', '不清楚')], max_length=8)),
                ('voices', models.PositiveIntegerField(default=1)),
                ('is_for_table', models.BooleanField(default=False)),
                ('table_on', models.DateField(null=True)),
                ('building', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('charter_version', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.charterversion')),
                ('community', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('compound', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('district', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('holder_body', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('holder_person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('place', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('street', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('thread', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_id', models.PositiveBigIntegerField(default=0)),
                ('matter_id', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='note', serialize=False, to='matters.entry')),
                ('words', models.TextField(blank=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('blanked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='matters.matter')),
                ('tokens', models.TextField()),
                ('inner_tokens', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('becomes', '变成'), ('duplicates', '和这件是同一件事'), ('answers', '答复'), ('pays_for', '付款给'), ('carries_over', '延续到'), ('part_of', '属于')], max_length=16)),
                ('figures', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='matters.matter')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt_digest', models.CharField(blank=True, max_length=64)),
                ('role', models.CharField(default='follower', max_length=16)),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.body')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='matters.matter')),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='matter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='matters.matter'),
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hat', models.CharField(blank=True, max_length=32)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.body')),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='matters.matter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Serial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community_code', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community_code', 'year'), name='serial_once')],
            },
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('next_alarm_at__isnull', False)), fields=['next_alarm_at'], name='matter_alarm'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('phase', 'done'), _negated=True), fields=['holder_body', 'urgent_at', 'id'], name='matter_body_day'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(models.Q(('phase', 'done'), _negated=True), ('holder_person__isnull', False)), fields=['holder_person', 'urgent_at', 'id'], name='matter_person_day'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('phase', 'done'), _negated=True), fields=['community', 'urgent_at', 'id'], name='matter_community_open'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['community', 'id'], name='matter_community'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['district', 'id'], name='matter_district'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['street', 'id'], name='matter_street'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['place', 'id'], name='matter_place'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('building__isnull', False)), fields=['building', 'id'], name='matter_building'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('thread__isnull', False)), fields=['thread'], name='matter_thread'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('is_for_table', True)), fields=['community', 'table_on'], name='matter_table'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('stars', None), ('stars__range', (1, 5)), _connector='OR'), name='matter_stars'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('paused_at', None), models.Q(('due_at', None), ('step_due_at', None)), _connector='OR'), name='matter_paused_clocks'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('source', 'target', 'kind'), name='link_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='link_two_matters'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('matter', 'person'), name='follower_person'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(condition=models.Q(('body__isnull', False)), fields=('matter', 'body'), name='follower_body'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(condition=models.Q(('receipt_digest', ''), _negated=True), fields=('matter', 'receipt_digest'), name='follower_receipt'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['matter', 'id'], name='entry_story'),
        ),
        migrations.AddConstraint(
            model_name='seen',
            constraint=models.UniqueConstraint(fields=('matter', 'person'), name='seen_once'),
        ),
    ]
