"""The team that visitors of the demonstration meet, and what they wrote: all of it fictional."""

import datetime as dt

from django.utils import timezone

from editorial.models import ContactMessage
from people.models import Person, TeamMember, User

TEAM = (
    ("cress@demo.test", "Accompagner une collectivité\nMandats et représentation\nPresse", "02 00 00 00 01"),
    ("redaction@demo.test", "Accompagner une collectivité\nDonnées et observatoire", "02 00 00 00 02"),
)
MESSAGES = (
    (
        "Accompagner une collectivité",
        "Élise Tanguy",
        "Exemple fictif. Notre communauté de communes voudrait écrire sa feuille de route ESS : par où commencer ?",
        "/politiques-ess/",
    ),
    (
        "Signaler une erreur sur une page",
        "Marius Lebreton",
        "Exemple fictif. La date de la prochaine séance me paraît fausse.",
        "/instances/agenda/",
    ),
    (
        "Données et observatoire",
        "Inès Guilloux",
        "Exemple fictif. Puis-je réutiliser vos tableaux dans un mémoire ?",
        "",
    ),
)
ANSWER = "Bonjour, oui : tout ce qui est publié ici l’est sous licence ouverte 2.0. Citez la CRESS. Bonne rédaction !"


def fill_contact() -> None:
    """Put in the team and some messages, the last of them answered, unless there are some."""
    if TeamMember.objects.exists():
        return
    for position, (email, subjects, phone) in enumerate(TEAM):
        person = Person.objects.get(user__email=email)
        TeamMember.objects.create(person=person, subjects=subjects, phone=phone, email=email, position=position)
    sent = {"email": "visiteur@exemple.test", "is_acknowledged": True, "is_forwarded": True}
    written = [
        ContactMessage.objects.create(subject=subject, name=name, text=text, page=page, **sent)
        for subject, name, text, page in MESSAGES
    ]
    handled = {"answer": ANSWER, "is_answer_sent": True, "handled_by": User.objects.get(email=TEAM[1][0])}
    when = timezone.now() - dt.timedelta(days=3)
    ContactMessage.objects.filter(pk=written[-1].pk).update(received_at=when, handled_at=timezone.now(), **handled)
