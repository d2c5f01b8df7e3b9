"""The columns of the register as a table: the same going out and coming in, one line a mandate or a vacant seat."""

from instances.models import Instance, Mandate, Seat
from publishing.tables import Column
from territories.names import fold

DICTIONARY = {
    "instance": Column("Instance", "Nom de l’instance."),
    "slug": Column(
        "Identifiant de l’instance", "La fin de l’adresse de sa page ; il ne change jamais, même si elle est renommée."
    ),
    "acronym": Column("Sigle", "Sigle de l’instance."),
    "level": Column("Niveau", "National, régional, départemental ou local."),
    "kind": Column("Nature", "Assemblée consultative, comité de pilotage, groupe de travail…"),
    "parent": Column("Sous-groupe de", "Identifiant de l’instance dont celle-ci est une commission ou un groupe."),
    "organisers": Column("Organisée par", "Organismes qui la réunissent, séparés par un point-virgule."),
    "organiser_ids": Column("N° des organisateurs", "Numéro de chacun dans le registre des organismes."),
    "territories": Column("Territoires", "Collectivités couvertes, chacune avec son code INSEE ou SIREN."),
    "mission": Column("Mission", "Ce dont on y parle, ce qui s’y décide."),
    "legal_basis": Column("Base juridique", "Loi, décret, arrêté, statuts, règlement intérieur."),
    "frequency": Column("Fréquence", "Rythme des séances, tel qu’annoncé."),
    "website": Column("Site web", "Adresse du site de l’instance."),
    "is_public": Column("Visible de tous", "« oui » ou « non » ; sinon, seule l’équipe de la CRESS la voit."),
    "is_to_confirm": Column(
        "À confirmer", "« oui » tant que la place qu’y tient la CRESS n’a pas été vérifiée, « non » ensuite."
    ),
    "verified_on": Column("Vérifiée le", "Dernier jour où l’ensemble a été relu ; vide si personne ne l’a fait."),
    "dissolved_on": Column("N’existe plus depuis le", "Premier jour sans elle ; vide pour une instance qui existe."),
    "seat": Column("Siège", "Intitulé du siège ; il existe même quand personne ne l’occupe."),
    "college": Column("Collège", "Collège auquel le siège appartient."),
    "alternate_of": Column("Supplée", "Siège de titulaire que celui-ci supplée ; vide pour un siège de titulaire."),
    "voice": Column("Voix", "Délibérative, consultative ou invité."),
    "cress_role": Column("Rôle de la CRESS", "Membre, co-préside, anime, invitée…"),
    "person": Column("Personne", "Qui occupe le siège ; vide pour un siège vacant."),
    "person_id": Column("N° de la personne", "Son numéro, qui distingue deux personnes de même nom."),
    "quality": Column("Qualité", "Élu·e bénévole, salarié·e ou personnalité qualifiée."),
    "on_behalf_of": Column("Au titre de", "Organisme que la personne représente."),
    "on_behalf_of_id": Column("N° de l’organisme", "Numéro de celui-ci dans le registre des organismes."),
    "appointed_by": Column("Désigné·e par", "Qui a désigné la personne."),
    "act": Column("Acte", "Délibération, arrêté ou lettre : numéro et date."),
    "starts_on": Column("Début", "Premier jour du mandat ; vide s’il n’est pas connu."),
    "term_on": Column("Échéance", "Dernier jour prévu ; vide si le mandat n’a pas de terme."),
    "ended_on": Column("Terminé le", "Dernier jour exercé ; vide tant que le mandat court."),
    "standing": Column("État", "Pourvu, échéance proche, prolongé ou vacant, le jour de l’export."),
}
COLUMNS = {key: column.label for key, column in DICTIONARY.items()}
CHOICES = {
    "level": Instance.Level,
    "kind": Instance.Kind,
    "voice": Seat.Voice,
    "cress_role": Seat.CressRole,
    "quality": Mandate.Quality,
}
DATES = ("starts_on", "term_on", "ended_on", "verified_on", "dissolved_on")
FLAGS = ("is_public", "is_to_confirm")
NO, YES = "non", "oui"
OF_THE_BODY = (
    "acronym", "level", "kind", "mission", "legal_basis", "frequency", "website", "is_public", "is_to_confirm",
    "verified_on", "dissolved_on",
)  # fmt: skip
OF_THE_SEAT = ("college", "voice", "cress_role")
OF_THE_MANDATE = ("quality", "appointed_by", "act", "starts_on", "term_on", "ended_on")
SEVERAL = "; "  # between the organisers, or the territories, of a body
# Of a person the public knows name, quality and mandate; all that it reads is visible.
NOT_PUBLIC = ("appointed_by", "act", "is_public")
PUBLIC_DICTIONARY = [column for key, column in DICTIONARY.items() if key not in NOT_PUBLIC]
KNOWN = {fold(label): key for key, label in COLUMNS.items()}


def labels() -> str:
    """List the columns, in words."""
    return ", ".join(COLUMNS.values())
