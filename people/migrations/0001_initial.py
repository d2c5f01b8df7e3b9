import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("territories", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "utilisateur",
                "verbose_name_plural": "utilisateurs",
                "ordering": ["last_name", "first_name", "email"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Lecture"), (2, "Contribution"), (3, "Rédaction"), (4, "Pilotage")],
                        verbose_name="rôle",
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="empreinte du lien"),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="acceptée le")),
                (
                    "collectivite",
                    models.ForeignKey(
                        blank=True,
                        help_text="Laissez vide pour l’équipe de la CRESS.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="territories.collectivite",
                        verbose_name="collectivité",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invité par",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-sent_at"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Lecture"), (2, "Contribution"), (3, "Rédaction"), (4, "Pilotage")],
                        verbose_name="rôle",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="accordé le")),
                (
                    "collectivite",
                    models.ForeignKey(
                        blank=True,
                        help_text="Laissez vide pour l’équipe de la CRESS.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="territories.collectivite",
                        verbose_name="collectivité",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "habilitation",
                "verbose_name_plural": "habilitations",
                "ordering": [
                    models.OrderBy(models.F("collectivite__search"), nulls_first=True),
                    "-role",
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("acronym", models.CharField(blank=True, max_length=30, verbose_name="sigle")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("association", "Association"),
                            ("cooperative", "Coopérative"),
                            ("mutuelle", "Mutuelle"),
                            ("fondation", "Fondation"),
                            ("company", "Société commerciale de l’ESS"),
                            ("collectivite", "Collectivité"),
                            ("state", "État ou opérateur"),
                            ("network", "Réseau ou tête de réseau"),
                            ("funder", "Financeur"),
                            ("other", "Autre"),
                        ],
                        default="association",
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="site web")),
                ("sort", models.CharField(editable=False, max_length=600, verbose_name="nom replié")),
                ("search", models.TextField(editable=False, verbose_name="texte cherché")),
                (
                    "collectivite",
                    models.OneToOneField(
                        blank=True,
                        help_text="Si cet organisme est une collectivité du portail.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisation",
                        to="territories.collectivite",
                        verbose_name="collectivité",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme",
                "verbose_name_plural": "organismes",
                "ordering": ["sort"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="prénom")),
                ("last_name", models.CharField(max_length=150, verbose_name="nom")),
                ("job", models.CharField(blank=True, max_length=200, verbose_name="fonction ou qualité")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="people.organisation",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne",
                "verbose_name_plural": "personnes",
                "ordering": ["last_name", "first_name"],
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="a_user_email_is_in_lower_case",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None)),
                fields=("email", "collectivite"),
                name="one_pending_invitation_per_collectivite",
                violation_error_message="Cette adresse a déjà une invitation en attente pour cette collectivité.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("collectivite", None)),
                fields=("email",),
                name="one_pending_invitation_in_the_team",
                violation_error_message="Cette adresse a déjà une invitation en attente pour l’équipe de la CRESS.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("collectivite", None), ("role__lte", 2), _connector="OR"),
                name="only_the_team_is_invited_to_write",
                violation_error_message="Seule l’équipe de la CRESS rédige et publie : choisissez « Lecture » ou « Contribution ».",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", [1, 2, 3, 4])),
                name="an_invitation_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="an_invitation_email_is_in_lower_case",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "collectivite"),
                name="one_role_per_collectivite",
                violation_error_message="Cette personne a déjà un rôle dans cette collectivité.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("collectivite", None)),
                fields=("user",),
                name="one_role_in_the_team",
                violation_error_message="Cette personne a déjà un rôle dans l’équipe de la CRESS.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("collectivite", None), ("role__lte", 2), _connector="OR"),
                name="only_the_team_writes",
                violation_error_message="Seule l’équipe de la CRESS rédige et publie : choisissez « Lecture » ou « Contribution ».",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", [1, 2, 3, 4])),
                name="a_membership_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("sort",),
                name="an_organisation_name_is_unique",
                violation_error_message="Un organisme porte déjà ce nom (accents et majuscules mis à part).",
            ),
        ),
    ]
