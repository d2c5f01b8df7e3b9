"""What the measures are made of: invented texts, the same in every run and for whoever is measured."""

import random
from collections.abc import Callable, Iterator

PER_ROADMAP = 40
VOCABULARY = 8_000  # words, drawn as a language draws them: the n-th n times less often than the first
COMMON = ("emploi", "insertion", "mobilité", "alimentation", "coopérative", "association", "numérique", "culture")
TITLES = ("Créer", "Soutenir", "Former", "Accompagner", "Développer", "Ouvrir", "Financer", "Mesurer")
WORDS = (
    "soutenir", "créer", "animer", "financer", "former", "réseau", "économie", "sociale", "solidaire", "circulaire",
    "alimentation", "énergie", "mobilité", "logement", "emploi", "insertion", "culture", "achats", "responsables",
    "tiers-lieu", "coopérative", "association", "jeunesse", "territoire", "filière", "réemploi", "diagnostic",
    "observatoire", "foncier", "commun", "accompagnement",
)  # fmt: skip
ASKED: dict[str, Callable[[random.Random], str]] = {
    "common word": lambda draw: draw.choice(COMMON),
    "rare word": lambda draw: rare(draw.randrange(5_000, VOCABULARY)),
    "word between": lambda draw: rare(draw.randrange(10, 400)),
    "two common words": lambda draw: " ".join(draw.sample(COMMON, 2)),
    "common and rare": lambda draw: f"{draw.choice(COMMON)} {rare(draw.randrange(2_000, 6_000))}",
    "two words between": lambda draw: f"{rare(draw.randrange(10, 200))} {rare(draw.randrange(10, 200))}",
    "phrase": lambda _: '"économie sociale et solidaire"',
}


def sentence(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words)).capitalize()


def rare(rank: int) -> str:
    """Give an invented word, the more seldom the greater its rank."""
    letters = "".join("bdfglmnprt"[int(figure)] + "aeiou"[int(figure) % 5] for figure in str(rank))
    return f"{letters}k"


def action_texts(count: int) -> Iterator[tuple[str, str]]:
    """Give the titles and texts of actions: of sixty words, a third of them common."""
    draw = random.Random(7)
    ranks = range(VOCABULARY)
    weights = [1 / (rank + 3) for rank in ranks]
    for _ in range(count):
        said = [rare(rank) for rank in draw.choices(ranks, weights, k=45)] + draw.choices(COMMON, k=6)
        title = f"{draw.choice(TITLES)} {draw.choice(COMMON)} {said[0]} {said[1]}"
        yield title, f"{' '.join(said[:30])} pour l’économie sociale et solidaire {' '.join(said[30:])}"


def questions(label: str, count: int) -> list[str]:
    draw = random.Random(11)
    return [ASKED[label](draw) for _ in range(count)]
