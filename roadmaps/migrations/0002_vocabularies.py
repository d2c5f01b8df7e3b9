"""The vocabularies that the public documents share; the CRESS then keeps its own in the admin.

Levers and themes: merged from the guides of RTES and Avise and the roadmaps of Nantes Métropole and Toulouse
Métropole. ESS families: law n° 2014-856 of 31 July 2014, article 1. Goals: the 17 of the United Nations.
"""

from django.db import migrations

LEVERS = {
    "CONN": "Connaissance et observation",
    "ACCO": "Accompagnement",
    "FINA": "Financement",
    "FONC": "Foncier et immobilier",
    "ACHA": "Achats responsables",
    "CONV": "Conventionnement",
    "ANIM": "Animation et mise en réseau",
    "COMM": "Communication",
    "FORM": "Formation et acculturation",
    "INNO": "Innovation sociale",
    "EVAL": "Utilité sociale et évaluation",
    "GOUV": "Gouvernance partagée",
    "EMPL": "Emploi",
}
THEMES = {
    "alimentation": "Alimentation durable et circuits courts",
    "mobilite": "Mobilité",
    "reemploi": "Réemploi et économie circulaire",
    "habitat": "Habitat inclusif et participatif",
    "energie": "Énergie citoyenne",
    "eco-construction": "Éco-construction",
    "numerique": "Numérique responsable",
    "sante": "Santé et autonomie",
    "services": "Services aux personnes et petite enfance",
    "culture": "Culture et citoyenneté",
    "sport": "Sport et loisirs",
    "insertion": "Insertion par l’activité économique",
    "tiers-lieux": "Tiers-lieux",
    "ptce": "Pôles territoriaux de coopération économique",
    "tourisme": "Tourisme",
    "ruralites": "Ruralités",
    "quartiers": "Politique de la ville",
    "jeunesse": "Jeunesse et entrepreneuriat",
    "egalite": "Égalité femmes-hommes",
    "transition": "Transition écologique",
    "commerce": "Commerce de proximité",
    "international": "Solidarité internationale",
}
FAMILIES = {
    "ASSO": "Associations",
    "COOP": "Coopératives",
    "MUT": "Mutuelles",
    "FOND": "Fondations",
    "SC-ESS": "Sociétés commerciales de l’ESS",
}
GOALS = {
    "ODD1": "1. Pas de pauvreté",
    "ODD2": "2. Faim « zéro »",
    "ODD3": "3. Bonne santé et bien-être",
    "ODD4": "4. Éducation de qualité",
    "ODD5": "5. Égalité entre les sexes",
    "ODD6": "6. Eau propre et assainissement",
    "ODD7": "7. Énergie propre et d’un coût abordable",
    "ODD8": "8. Travail décent et croissance économique",
    "ODD9": "9. Industrie, innovation et infrastructure",
    "ODD10": "10. Inégalités réduites",
    "ODD11": "11. Villes et communautés durables",
    "ODD12": "12. Consommation et production responsables",
    "ODD13": "13. Mesures relatives à la lutte contre les changements climatiques",
    "ODD14": "14. Vie aquatique",
    "ODD15": "15. Vie terrestre",
    "ODD16": "16. Paix, justice et institutions efficaces",
    "ODD17": "17. Partenariats pour la réalisation des objectifs",
}
VOCABULARIES = {"Lever": LEVERS, "Theme": THEMES, "EssFamily": FAMILIES, "SustainableGoal": GOALS}


def fill(apps, schema_editor):
    for model_name, terms in VOCABULARIES.items():
        model = apps.get_model("roadmaps", model_name)
        model.objects.bulk_create(
            model(code=code, label=label, position=position) for position, (code, label) in enumerate(terms.items(), 1)
        )


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
