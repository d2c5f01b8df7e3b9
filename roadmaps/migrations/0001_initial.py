import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import publishing.constraints
import publishing.versions
import ui.partial_date


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("territories", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lever",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=120, unique=True, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "levier",
                "verbose_name_plural": "leviers",
                "ordering": ("position", "label"),
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=120, unique=True, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "thématique",
                "verbose_name_plural": "thématiques",
                "ordering": ("position", "label"),
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="EssFamily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=120, unique=True, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "famille de l’ESS",
                "verbose_name_plural": "familles de l’ESS",
                "ordering": ("position", "label"),
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SustainableGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=120, unique=True, verbose_name="libellé")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "objectif de développement durable",
                "verbose_name_plural": "objectifs de développement durable",
                "ordering": ("position", "label"),
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "collectivite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadmaps",
                        to="territories.collectivite",
                        verbose_name="collectivité porteuse",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("roadmap", "Feuille de route"),
                            ("action_plan", "Plan d’actions"),
                            ("cross_plan", "Plan transversal"),
                            ("strategy", "Stratégie"),
                        ],
                        default="roadmap",
                        max_length=12,
                        verbose_name="type de document",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("slug", models.SlugField(editable=False, max_length=120, unique=True, verbose_name="adresse")),
                (
                    "ambition",
                    models.TextField(
                        blank=True,
                        help_text="En deux ou trois phrases : ce que le territoire veut.",
                        max_length=600,
                        verbose_name="ambition",
                    ),
                ),
                (
                    "referent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_roadmaps",
                        to="people.person",
                        verbose_name="référent·e à la CRESS",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Le document de la génération précédente.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="successors",
                        to="roadmaps.roadmap",
                        verbose_name="fait suite à",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        blank=True,
                        help_text="La stratégie dont ce document est un plan d’actions.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="action_plans",
                        to="roadmaps.roadmap",
                        verbose_name="décline",
                    ),
                ),
                (
                    "is_fictional",
                    models.BooleanField(
                        default=False,
                        help_text="Le document et ses chiffres sont inventés ; la page le dit.",
                        verbose_name="exemple fictif",
                    ),
                ),
                (
                    "co_carriers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="carried_roadmaps",
                        to="territories.collectivite",
                        verbose_name="collectivités co-porteuses",
                    ),
                ),
            ],
            options={
                "verbose_name": "feuille de route",
                "verbose_name_plural": "feuilles de route",
                "ordering": ("title",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("id")), _negated=True),
                        name="roadmaps_roadmap_does_not_follow_itself",
                        violation_error_message="Une feuille de route ne peut pas faire suite à elle-même.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strategy", models.F("id")), _negated=True),
                        name="roadmaps_roadmap_does_not_decline_itself",
                        violation_error_message="Une feuille de route ne peut pas se décliner elle-même.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoadmapActor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roadmap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actors", to="roadmaps.roadmap"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.organisation", verbose_name="organisme"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("carrier", "Porteur"),
                            ("pilot", "Pilote"),
                            ("co_pilot", "Co-pilote"),
                            ("writer", "Rédaction"),
                            ("diagnosis", "Diagnostic"),
                            ("signatory", "Signataire"),
                            ("funder", "Financeur"),
                            ("partner", "Partenaire"),
                        ],
                        default="partner",
                        max_length=10,
                        verbose_name="rôle",
                    ),
                ),
            ],
            options={
                "verbose_name": "acteur",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roadmap", "organisation", "role"),
                        name="roadmaps_roadmapactor_one_role_once",
                        violation_error_message="Cet organisme a déjà ce rôle.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "roadmap",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="roadmaps.roadmap",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scoping", "Cadrage"),
                            ("diagnosis", "Diagnostic partagé"),
                            ("feedback", "Restitution"),
                            ("workshop", "Atelier"),
                            ("co_design", "Co-construction"),
                            ("writing", "Formalisation"),
                            ("adoption", "Adoption"),
                            ("delivery", "Mise en œuvre"),
                            ("evaluation", "Suivi-évaluation"),
                        ],
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="intitulé")),
                ("held_on", ui.partial_date.PartialDateField(verbose_name="date")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                ("participants", models.CharField(blank=True, max_length=200, verbose_name="participants")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="description")),
                ("document", models.FileField(blank=True, upload_to="demarche/%Y/", verbose_name="document")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "jalon de la démarche",
                "verbose_name_plural": "jalons de la démarche",
                "ordering": (models.OrderBy(models.F("held_on"), nulls_last=True), "id"),
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "roadmap",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="roadmaps.roadmap",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="numéro")),
                (
                    "level_1_name",
                    models.CharField(
                        default="Axe",
                        help_text="Axe, enjeu, ambition, levier…",
                        max_length=40,
                        verbose_name="nom du premier niveau",
                    ),
                ),
                ("level_2_name", models.CharField(blank=True, max_length=40, verbose_name="nom du deuxième niveau")),
                ("level_3_name", models.CharField(blank=True, max_length=40, verbose_name="nom du troisième niveau")),
                (
                    "period_start",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="première année"),
                ),
                ("period_end", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="dernière année")),
                ("foreword", models.TextField(blank=True, verbose_name="édito")),
                ("foreword_author", models.CharField(blank=True, max_length=200, verbose_name="signature de l’édito")),
                (
                    "caveat",
                    models.CharField(
                        blank=True,
                        help_text="Ce qu’il faut savoir avant de lire : document non publié, extrait, chiffres provisoires…",
                        max_length=500,
                        verbose_name="avertissement au lecteur",
                    ),
                ),
                ("adopted_on", ui.partial_date.PartialDateField(verbose_name="date d’adoption")),
                (
                    "adopted_by",
                    models.CharField(
                        blank=True,
                        help_text="L’assemblée : conseil communautaire, conseil régional…",
                        max_length=200,
                        verbose_name="adoptée par",
                    ),
                ),
                (
                    "deliberation_number",
                    models.CharField(blank=True, max_length=60, verbose_name="numéro de délibération"),
                ),
                (
                    "deliberation",
                    models.FileField(blank=True, upload_to="deliberations/%Y/", verbose_name="délibération"),
                ),
                (
                    "change_note",
                    models.TextField(
                        blank=True,
                        help_text="Depuis l’édition précédente, pour qui l’a lue.",
                        max_length=2000,
                        verbose_name="ce qui change",
                    ),
                ),
                ("sources", models.TextField(blank=True, verbose_name="sources")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="créée le")),
                ("modified_at", models.DateTimeField(auto_now=True, verbose_name="modifiée le")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="publiée le"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publiée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "édition",
                "ordering": ("roadmap", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roadmap", "number"), name="roadmaps_edition_number_once_per_roadmap"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("roadmap",),
                        name="roadmaps_edition_one_in_preparation",
                        violation_error_message="Une édition de cette feuille de route est déjà en préparation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="roadmaps_edition_numbers_start_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="roadmaps_edition_period_ends_after_it_starts",
                        violation_error_message="La période se termine avant de commencer : vérifiez les deux années.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level_1_name", ""), _negated=True),
                            models.Q(
                                ("level_3_name", ""), models.Q(("level_2_name", ""), _negated=True), _connector="OR"
                            ),
                        ),
                        name="roadmaps_edition_levels_are_named_in_order",
                        violation_error_message="Nommez les niveaux dans l’ordre : premier, deuxième, troisième.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Printing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="printing",
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                ("file", models.FileField(upload_to="editions/", verbose_name="fichier")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("printed_at", models.DateTimeField(auto_now_add=True, verbose_name="imprimée le")),
            ],
            options={
                "verbose_name": "impression",
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preamble", "Préambule"),
                            ("context", "Contexte"),
                            ("diagnosis", "Diagnostic"),
                            ("stakes", "Enjeux"),
                            ("governance", "Gouvernance"),
                            ("evaluation", "Suivi et évaluation"),
                            ("other", "Autre"),
                        ],
                        help_text="Gouvernance, suivi et évaluation se lisent après les actions ; le reste avant.",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
            ],
            options={
                "verbose_name": "section",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_section_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_section_key_with_edition"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Horizon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                ("label", models.CharField(max_length=60, verbose_name="libellé")),
                ("first_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="de l’année")),
                ("last_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="à l’année")),
            ],
            options={
                "verbose_name": "horizon",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_horizon_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_horizon_key_with_edition"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_year__isnull", True),
                            ("last_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="roadmaps_horizon_ends_after_it_starts",
                        violation_error_message="L’horizon se termine avant de commencer : vérifiez les deux années.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("value", models.DecimalField(decimal_places=3, max_digits=16, verbose_name="valeur")),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="salariés, %, établissements…", max_length=60, verbose_name="unité"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année")),
                (
                    "scope",
                    models.CharField(
                        blank=True, help_text="Ce qui est compté, et où.", max_length=200, verbose_name="périmètre"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "chiffre clé",
                "verbose_name_plural": "chiffres clés",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_keyfigure_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_keyfigure_key_with_edition"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Annex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                ("file", models.FileField(blank=True, upload_to="annexes/%Y/", verbose_name="fichier")),
            ],
            options={
                "verbose_name": "annexe",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_annex_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_annex_key_with_edition"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="roadmaps.objective",
                        verbose_name="rattaché à",
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="niveau")),
                (
                    "parent_depth",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="niveau du parent"),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="Tel qu’imprimé : 1, 1.2, Axe A…",
                        max_length=20,
                        verbose_name="code affiché",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="intitulé")),
                ("text", models.TextField(blank=True, verbose_name="texte")),
                (
                    "tone",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Teinte 1"),
                            (2, "Teinte 2"),
                            (3, "Teinte 3"),
                            (4, "Teinte 4"),
                            (5, "Teinte 5"),
                            (6, "Teinte 6"),
                        ],
                        help_text="Au premier niveau seulement ; sans choix, les teintes se suivent.",
                        null=True,
                        verbose_name="couleur",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "objectif",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_objective_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_objective_key_with_edition"),
                    models.UniqueConstraint(
                        fields=("edition", "id", "depth"), name="roadmaps_objective_key_with_depth"
                    ),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "parent", "parent_depth"],
                        name="roadmaps_objective_is_one_level_under_its_parent",
                        through="parent",
                        to_fields=["edition", "id", "depth"],
                        violation_error_message="Un objectif se rattache à un objectif de la même édition, un niveau plus haut, qui ne lui est pas lui-même rattaché.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "parent_depth",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("depth"), "-", models.Value(1)
                                ),
                            )
                        ),
                        name="roadmaps_objective_is_one_level_under",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("depth__gte", 1), ("depth__lte", 3)),
                        name="roadmaps_objective_has_three_levels_at_most",
                        violation_error_message="Une édition a trois niveaux d’objectifs au plus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", 1), ("parent__isnull", True)),
                            models.Q(("depth__gt", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="roadmaps_objective_without_parent_is_at_the_top",
                        violation_error_message="Un objectif du premier niveau n’a pas de parent ; les autres en ont un.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="roadmaps.objective",
                        verbose_name="objectif",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="Tel qu’imprimé : 3.1, Action 14, A7…",
                        max_length=20,
                        verbose_name="code affiché",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Commencez par un verbe : créer, soutenir, former…",
                        max_length=300,
                        verbose_name="intitulé",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True, help_text="Une ou deux phrases.", max_length=300, verbose_name="résumé"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "horizon",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="roadmaps.horizon",
                        verbose_name="horizon",
                    ),
                ),
                ("starts_on", ui.partial_date.PartialDateField(verbose_name="début")),
                ("ends_on", ui.partial_date.PartialDateField(verbose_name="fin")),
                (
                    "is_recurring",
                    models.BooleanField(
                        default=False, help_text="Elle revient chaque année.", verbose_name="récurrente"
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        blank=True,
                        choices=[("high", "Haute"), ("medium", "Moyenne"), ("low", "Basse")],
                        max_length=6,
                        verbose_name="priorité",
                    ),
                ),
                ("answers_economic_need", models.BooleanField(default=False, verbose_name="besoin économique")),
                ("answers_social_need", models.BooleanField(default=False, verbose_name="besoin social")),
                (
                    "answers_environmental_need",
                    models.BooleanField(default=False, verbose_name="besoin environnemental"),
                ),
                ("audience", models.CharField(blank=True, max_length=300, verbose_name="public visé")),
                (
                    "elected_referent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referred_actions",
                        to="people.person",
                        verbose_name="élu·e référent·e",
                    ),
                ),
                (
                    "means",
                    models.TextField(
                        blank=True,
                        help_text="En mots : équipe, locaux, budget…",
                        max_length=2000,
                        verbose_name="moyens",
                    ),
                ),
                (
                    "deliverables",
                    models.TextField(blank=True, help_text="Un par ligne.", max_length=2000, verbose_name="livrables"),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "internal_note",
                    models.TextField(blank=True, help_text="Jamais publiée ni imprimée.", verbose_name="note interne"),
                ),
                ("levers", models.ManyToManyField(blank=True, to="roadmaps.lever", verbose_name="leviers")),
                ("themes", models.ManyToManyField(blank=True, to="roadmaps.theme", verbose_name="thématiques")),
                (
                    "families",
                    models.ManyToManyField(
                        blank=True, to="roadmaps.essfamily", verbose_name="familles de l’ESS concernées"
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True, to="roadmaps.sustainablegoal", verbose_name="objectifs de développement durable"
                    ),
                ),
                (
                    "linked_actions",
                    models.ManyToManyField(blank=True, to="roadmaps.action", verbose_name="actions liées"),
                ),
            ],
            options={
                "verbose_name": "action",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_action_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_action_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "objective"],
                        name="roadmaps_action_objective_of_its_edition",
                        through="objective",
                        to_fields=["edition", "id"],
                        violation_error_message="L’objectif choisi appartient à une autre édition.",
                    ),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "horizon"],
                        name="roadmaps_action_horizon_of_its_edition",
                        through="horizon",
                        to_fields=["edition", "id"],
                        violation_error_message="L’horizon choisi appartient à une autre édition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.RPad(
                                    django.db.models.functions.text.Replace(
                                        models.F("ends_on"), models.Value("-"), models.Value("")
                                    ),
                                    8,
                                    models.Value("9"),
                                ),
                                django.db.models.functions.text.RPad(
                                    django.db.models.functions.text.Replace(
                                        models.F("starts_on"), models.Value("-"), models.Value("")
                                    ),
                                    8,
                                    models.Value("0"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="roadmaps_action_ends_after_it_starts",
                        violation_error_message="L’action se termine avant de commencer : vérifiez les deux dates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionActor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "action",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actors",
                        to="roadmaps.action",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.organisation", verbose_name="organisme"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Pilote"),
                            ("co_lead", "Co-pilote"),
                            ("carrier", "Porteur"),
                            ("partner", "Partenaire"),
                            ("funder", "Financeur"),
                        ],
                        default="partner",
                        max_length=8,
                        verbose_name="rôle",
                    ),
                ),
            ],
            options={
                "verbose_name": "acteur",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "uid"), name="roadmaps_actionactor_uid_once_per_edition"
                    ),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_actionactor_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "action"],
                        name="roadmaps_actionactor_action_of_its_edition",
                        through="action",
                        to_fields=["edition", "id"],
                        violation_error_message="L’action appartient à une autre édition.",
                    ),
                    models.UniqueConstraint(
                        fields=("action", "organisation", "role"),
                        name="roadmaps_actionactor_one_role_once",
                        violation_error_message="Cet organisme a déjà ce rôle dans l’action.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Funding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "action",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fundings",
                        to="roadmaps.action",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("operating", "Fonctionnement"),
                            ("investment", "Investissement"),
                            ("staff", "Équivalents temps plein"),
                            ("in_kind", "En nature"),
                            ("unknown", "Nature non précisée"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.organisation",
                        verbose_name="financeur",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="En euros ; en ETP pour les équivalents temps plein.",
                        max_digits=14,
                        verbose_name="montant",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "Prévu"), ("granted", "Accordé"), ("spent", "Réalisé")],
                        default="planned",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
            ],
            options={
                "verbose_name": "financement",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_funding_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_funding_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "action"],
                        name="roadmaps_funding_action_of_its_edition",
                        through="action",
                        to_fields=["edition", "id"],
                        violation_error_message="L’action appartient à une autre édition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="roadmaps_funding_is_not_negative",
                        violation_error_message="Un montant n’est pas négatif.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "action",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="roadmaps.action",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="étape")),
                ("due_on", ui.partial_date.PartialDateField(verbose_name="échéance")),
                ("done_on", ui.partial_date.PartialDateField(verbose_name="faite le")),
            ],
            options={
                "verbose_name": "étape",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_step_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_step_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "action"],
                        name="roadmaps_step_action_of_its_edition",
                        through="action",
                        to_fields=["edition", "id"],
                        violation_error_message="L’action appartient à une autre édition.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="roadmaps.objective",
                        verbose_name="objectif",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="roadmaps.action",
                        verbose_name="action",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unité")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="valeur de départ"
                    ),
                ),
                (
                    "baseline_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année de départ"),
                ),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="cible"),
                ),
                ("target_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année cible")),
                ("scope", models.CharField(blank=True, max_length=200, verbose_name="périmètre")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "indicateur",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_indicator_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_indicator_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "objective"],
                        name="roadmaps_indicator_objective_of_its_edition",
                        through="objective",
                        to_fields=["edition", "id"],
                        violation_error_message="L’objectif choisi appartient à une autre édition.",
                    ),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "action"],
                        name="roadmaps_indicator_action_of_its_edition",
                        through="action",
                        to_fields=["edition", "id"],
                        violation_error_message="L’action choisie appartient à une autre édition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__isnull", False), ("objective__isnull", True)),
                            models.Q(("action__isnull", True), ("objective__isnull", False)),
                            _connector="OR",
                        ),
                        name="roadmaps_indicator_follows_an_objective_or_an_action",
                        violation_error_message="Un indicateur suit soit un objectif, soit une action.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "edition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="roadmaps.edition",
                        verbose_name="édition",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=publishing.versions.new_uid, editable=False, max_length=8, verbose_name="identifiant"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, editable=False, verbose_name="rang")),
                (
                    "indicator",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="roadmaps.indicator",
                    ),
                ),
                ("measured_on", ui.partial_date.PartialDateField(verbose_name="date ou année")),
                ("value", models.DecimalField(decimal_places=3, max_digits=16, verbose_name="valeur")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="précision")),
            ],
            options={
                "verbose_name": "relevé",
                "ordering": ("position", "id"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "uid"), name="roadmaps_measure_uid_once_per_edition"),
                    models.UniqueConstraint(fields=("edition", "id"), name="roadmaps_measure_key_with_edition"),
                    publishing.constraints.ReferenceConstraint(
                        fields=["edition", "indicator"],
                        name="roadmaps_measure_indicator_of_its_edition",
                        through="indicator",
                        to_fields=["edition", "id"],
                        violation_error_message="L’indicateur appartient à une autre édition.",
                    ),
                ],
            },
        ),
    ]
