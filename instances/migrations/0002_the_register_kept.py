"""Names once among the bodies in force, documents with their earlier files and a bin, one mail a week for each."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("instances", "0001_initial"),
        ("people", "0002_gender_of_a_person"),
        ("roadmaps", "0005_comments"),
        ("territories", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="instances/%Y/", verbose_name="fichier")),
                ("added_at", models.DateTimeField(verbose_name="ajouté le")),
            ],
            options={
                "verbose_name": "version antérieure",
                "verbose_name_plural": "versions antérieures",
                "ordering": ("-added_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="semaine du")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="prise en charge le")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="envoyé le")),
            ],
            options={
                "verbose_name": "envoi hebdomadaire",
                "verbose_name_plural": "envois hebdomadaires",
            },
        ),
        migrations.RemoveField(
            model_name="digest",
            name="sent_on",
        ),
        migrations.AddField(
            model_name="document",
            name="added_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="ajouté le"),
        ),
        migrations.AddField(
            model_name="document",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="mis à la corbeille le"),
        ),
        migrations.AddConstraint(
            model_name="instance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dissolved_on", None), ("parent", None)),
                fields=("sort",),
                name="instances_instance_name_once",
                violation_error_message="Une instance porte déjà ce nom\xa0: ouvrez-la, ou dites ce qui distingue celle-ci, son territoire par exemple.",
            ),
        ),
        migrations.AddConstraint(
            model_name="instance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dissolved_on", None)),
                fields=("parent", "sort"),
                name="instances_instance_name_once_in_its_parent",
                violation_error_message="Une instance porte déjà ce nom\xa0: ouvrez-la, ou dites ce qui distingue celle-ci, son territoire par exemple.",
            ),
        ),
        migrations.AddField(
            model_name="formerfile",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ajouté par",
            ),
        ),
        migrations.AddField(
            model_name="formerfile",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="former_files", to="instances.document"
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="instance_mailings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(fields=("user", "week"), name="instances_mailing_once_a_week"),
        ),
    ]
