"""The words of the portal, for whoever reads it: what each means here, in the order of the alphabet."""

WORDS = {
    "Action, fiche action": (
        "Ce qui sera fait\u00a0: qui le pilote, avec qui, pour quand, avec quels moyens, et à quel besoin cela répond."
    ),
    "Axe, orientation, objectif": (
        "Les niveaux qui ordonnent les actions d’une feuille de route. Chaque document donne aux siens le nom "
        "qu’il veut."
    ),
    "Chiffre clé": "Un chiffre donné avec son année, sa source, son unité et le territoire dont il parle.",
    "Collectivité porteuse": (
        "La commune, l’intercommunalité, le département ou la région dont la feuille de route dit la politique. "
        "Il peut y en avoir plusieurs."
    ),
    "Démarche": (
        "Les étapes par lesquelles un territoire et la CRESS construisent, adoptent et suivent une feuille de "
        "route, du cadrage à l’évaluation."
    ),
    "Document-socle": (
        "Le document écrit qui engage une collectivité sur l’ESS, quel que soit le nom qu’elle lui donne."
    ),
    "Économie sociale et solidaire": (
        "Les associations, coopératives, mutuelles, fondations et sociétés commerciales qui poursuivent un autre "
        "but que le seul partage des bénéfices, avec une gouvernance démocratique, comme le définit la loi du 31 "
        "juillet 2014."
    ),
    "Édition": (
        "Un état publié d’une feuille de route. Il ne change plus\u00a0: l’édition suivante le remplace, et "
        "l’ancienne reste lisible."
    ),
    "En retard": "Se dit d’une action dont la date prévue est passée sans qu’elle soit réalisée ni abandonnée.",
    "Enquête-flash": "Une courte enquête auprès des structures de l’ESS, sur un sujet du moment.",
    "Feuille de route": (
        "Un document qui énumère les objectifs et les actions d’une collectivité pour l’ESS, à court et à moyen terme."
    ),
    "Horizon": (
        "Le délai que se donne une action\u00a0: court, moyen ou long terme, avec les années que le document fixe."
    ),
    "Indicateur, relevé": "Ce qui dira si un objectif est atteint, et une valeur mesurée à une date.",
    "Instance": "Un lieu de décision ou de concertation où l’ESS siège, ou est entendue.",
    "Lettre ouverte": "Une demande publique, adressée à quelqu’un et signée, avec la réponse reçue s’il y en a une.",
    "Levier": "Le moyen par lequel une action agit\u00a0: achats, foncier, financement, accompagnement…",
    "Mandat": "La mission d’une personne qui occupe un siège, de son premier jour à son échéance.",
    "Plaidoyer": "Ce que l’ESS défend auprès des pouvoirs publics. La CRESS relaie celui d’ESS France.",
    "Plan d’actions": "Un document qui met une stratégie en actions, souvent sur deux ou trois ans.",
    "Plan transversal": "Un document qui fait entrer l’ESS dans toutes les politiques d’une collectivité.",
    "Point d’étape": (
        "Ce que la collectivité ou la CRESS a dit de l’avancement d’une action, et quel jour. Sans point d’étape, "
        "personne n’a encore dit où elle en est."
    ),
    "Siège": "Une place dans une instance, pourvue ou vacante. Un suppléant remplace le titulaire absent.",
    "Thématique": "Le domaine dont parle une action\u00a0: alimentation, emploi, logement, mobilité…",
}
