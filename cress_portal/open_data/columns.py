"""What the columns of the data sets mean, where no list of the portal names them already."""

import datetime as dt

from publishing.tables import Column

ADDRESS = Column("Adresse", "La page où on le lit.")
ROADMAP = Column("Feuille de route", "L’identifiant de la feuille de route.")

EDITIONS = {
    "identifiant": Column("Identifiant", "Celui de la feuille de route, un point, le numéro de l’édition."),
    "feuille_de_route": ROADMAP,
    "numero": Column("Numéro", "Les éditions se suivent à partir de 1.", int),
    "en_vigueur": Column("En vigueur", "« oui » : c’est la dernière publiée.", bool),
    "publiee_le": Column("Publiée le", "Elle ne change plus depuis.", dt.date),
    "premiere_annee": Column("Première année", "Le début de la période.", int),
    "derniere_annee": Column("Dernière année", "La fin de la période.", int),
    "niveaux": Column("Niveaux", "Comment elle nomme ses niveaux d’objectifs, du plus haut au plus bas.", list[str]),
    "adoptee_le": Column("Adoptée le", "Année, mois ou jour."),
    "adoptee_par": Column("Adoptée par", "L’assemblée qui l’a votée."),
    "deliberation": Column("Délibération", "Son numéro."),
    "ce_qui_change": Column("Ce qui change", "Depuis l’édition précédente."),
    "donnees": Column("Données", "Tout ce qu’elle dit, en JSON : sections, actions, financements, indicateurs."),
    "adresse": ADDRESS,
}
OBJECTIVES = {
    "identifiant": Column("Identifiant", "Il reste le même d’une édition à l’autre."),
    "feuille_de_route": ROADMAP,
    "parent": Column("Parent", "L’identifiant de l’objectif dont il dépend ; vide au premier niveau."),
    "niveau": Column("Niveau", "1 pour le plus haut, 3 pour le plus bas.", int),
    "nom_du_niveau": Column("Nom du niveau", "Axe, orientation, enjeu : le mot de l’édition."),
    "code": Column("Code", "Tel qu’imprimé dans le document."),
    "intitule": Column("Intitulé"),
    "texte": Column("Texte", "Le texte, sans sa mise en forme."),
    "source": Column("Source", "Le document d’où il vient."),
    "adresse": ADDRESS,
}
INSTANCES = {
    "identifiant": Column("Identifiant", "Le nom de l’instance dans son adresse ; il ne change jamais."),
    "nom": Column("Nom"),
    "sigle": Column("Sigle"),
    "niveau": Column("Niveau", "National, régional, départemental ou local."),
    "nature": Column("Nature", "Commission, comité de pilotage, conseil…"),
    "organisee_par": Column("Organisée par", "Les organismes qui la réunissent.", list[str]),
    "territoires": Column("Territoires", "Les codes INSEE ou SIREN des collectivités qu’elle couvre.", list[str]),
    "thematiques": Column("Thématiques", kind=list[str]),
    "mission": Column("Mission", "Ce dont on y parle, ce qui s’y décide."),
    "base_juridique": Column("Base juridique"),
    "frequence": Column("Fréquence", "Telle qu’annoncée."),
    "site": Column("Site", "Le site de l’instance."),
    "sous_groupe_de": Column("Sous-groupe de", "L’identifiant de l’instance principale."),
    "feuilles_de_route": Column("Feuilles de route", "Les identifiants de celles qu’elle pilote.", list[str]),
    "sieges": Column("Sièges", "Ceux que l’ESS y a.", int),
    "sieges_vacants": Column("Sièges vacants", "Ceux que personne n’occupe.", int),
    "a_confirmer": Column("À confirmer", "« oui » : la place de la CRESS n’y a pas encore été vérifiée.", bool),
    "verifiee_le": Column("Vérifiée le", "Le jour où la CRESS a tout vérifié.", dt.date),
    "dissoute_le": Column("Dissoute le", "Le premier jour où elle n’existe plus.", dt.date),
    "adresse": ADDRESS,
}
SEATS = {
    "identifiant": Column("Identifiant", "Le numéro du siège ; il ne change jamais."),
    "instance": Column("Instance", "L’identifiant de l’instance."),
    "intitule": Column("Intitulé"),
    "college": Column("Collège"),
    "supplee": Column("Supplée", "Le numéro du siège de titulaire qu’il supplée."),
    "voix": Column("Voix", "Délibérative, consultative, ou invité."),
    "role_cress": Column("Rôle de la CRESS"),
    "etat": Column("État", "Pourvu, à échéance proche, prolongé ou vacant, le jour du fichier."),
    "personne": Column("Personne", "Qui l’occupe ; vide s’il est vacant."),
    "qualite": Column("Qualité", "Élu·e bénévole, salarié·e, personnalité qualifiée."),
    "au_titre_de": Column("Au titre de", "L’organisme que la personne représente."),
    "debut": Column("Début", "Le premier jour du mandat, s’il est connu.", dt.date),
    "echeance": Column("Échéance", "Le dernier jour prévu du mandat.", dt.date),
    "adresse": Column("Adresse", "La page de l’instance."),
}
MEETINGS = {
    "identifiant": Column("Identifiant", "Il ne change jamais."),
    "instance": Column("Instance", "L’identifiant de l’instance."),
    "intitule": Column("Intitulé"),
    "date": Column("Date", kind=dt.date),
    "debut": Column("Début", "L’heure de Paris.", dt.time),
    "fin": Column("Fin", "L’heure de Paris.", dt.time),
    "lieu": Column("Lieu"),
    "ordre_du_jour": Column("Ordre du jour"),
    "annulee": Column("Annulée", "« oui » : elle n’a pas lieu.", bool),
    "adresse": Column("Adresse", "La page de l’instance."),
}
TERMS = {
    "code": Column("Code", "Par lequel on filtre."),
    "libelle": Column("Libellé", "Tel qu’écrit dans les autres jeux de données."),
}
