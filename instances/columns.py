"""The columns of the register as a table: the same going out and coming in, one line a mandate or a vacant seat."""

from instances.models import Instance, Mandate, Seat
from territories.names import fold

COLUMNS = {
    "instance": "Instance",
    "acronym": "Sigle",
    "level": "Niveau",
    "kind": "Nature",
    "organisers": "Organisée par",
    "territories": "Territoires",
    "mission": "Mission",
    "legal_basis": "Base juridique",
    "frequency": "Fréquence",
    "website": "Site web",
    "seat": "Siège",
    "college": "Collège",
    "alternate_of": "Supplée",
    "voice": "Voix",
    "cress_role": "Rôle de la CRESS",
    "person": "Personne",
    "quality": "Qualité",
    "on_behalf_of": "Au titre de",
    "appointed_by": "Désigné·e par",
    "act": "Acte",
    "starts_on": "Début",
    "term_on": "Échéance",
    "ended_on": "Terminé le",
    "standing": "État",
}
CHOICES = {
    "level": Instance.Level,
    "kind": Instance.Kind,
    "voice": Seat.Voice,
    "cress_role": Seat.CressRole,
    "quality": Mandate.Quality,
}
DATES = ("starts_on", "term_on", "ended_on")
OF_THE_BODY = ("acronym", "level", "kind", "mission", "legal_basis", "frequency", "website")
OF_THE_SEAT = ("college", "voice", "cress_role")
OF_THE_MANDATE = ("quality", "appointed_by", "act", *DATES)
SEVERAL = "; "  # between the organisers, or the territories, of a body
NOT_PUBLIC = ("appointed_by", "act")  # of a person the public knows name, quality and mandate
KNOWN = {fold(label): key for key, label in COLUMNS.items()}


def labels() -> str:
    """List the columns, in words."""
    return ", ".join(COLUMNS.values())
