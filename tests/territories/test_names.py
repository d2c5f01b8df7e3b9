import pytest

from territories import names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Île-d’Yeu", "l ile d yeu"),
        ("SUCÉ SUR  ERDRE", "suce sur erdre"),
        ("St-Gildas, Ste Pazanne", "saint gildas sainte pazanne"),
        ("Maine Cœur de Sarthe", "maine coeur de sarthe"),
        ("_'\0-", ""),
    ],
)
def test_folding_keeps_the_words_alone(text: str, folded: str) -> None:
    assert names.fold(text) == folded


def test_the_search_text_holds_each_distinct_name_between_bars() -> None:
    assert names.search_text("Nantes Métropole", "Nantes Metropole", "", "NM") == "| nantes metropole | nm |"


EPCI = [
    ("244400404", "Nantes Métropole", "Nantes Métropole", "de Nantes Métropole"),
    ("244900015", "CU Angers Loire Métropole", "Angers Loire Métropole", "d’Angers Loire Métropole"),
    ("247200132", "CU Le Mans Métropole", "Le Mans Métropole", "du Mans Métropole"),
    ("246100663", "CU d'Alençon", "Communauté urbaine d’Alençon", "de la Communauté urbaine d’Alençon"),
    (
        "244400644",
        "CA de la Région Nazairienne et de l'Estuaire (CARENE)",
        "Saint-Nazaire Agglomération (CARENE)",
        "de Saint-Nazaire Agglomération (CARENE)",
    ),
    (
        "200071165",
        "CA Les Sables d'Olonne Agglomération",
        "Les Sables d’Olonne Agglomération",
        "des Sables d’Olonne Agglomération",
    ),
    (
        "244400503",
        "CC d'Erdre et Gesvres",
        "Communauté de communes d’Erdre et Gesvres",
        "de la Communauté de communes d’Erdre et Gesvres",
    ),
    (
        "200068963",
        "CC Maine Coeur de Sarthe",
        "Communauté de communes Maine Cœur de Sarthe",
        "de la Communauté de communes Maine Cœur de Sarthe",
    ),
    (
        "248500191",
        "CC de l'Ile de Noirmoutier",
        "Communauté de communes de l’Île de Noirmoutier",
        "de la Communauté de communes de l’Île de Noirmoutier",
    ),
    ("246700488", "Eurométropole de Strasbourg", "Eurométropole de Strasbourg", "de l’Eurométropole de Strasbourg"),
]


@pytest.mark.parametrize(("siren", "official", "shown", "of"), EPCI)
def test_an_epci_is_shown_by_its_usual_name(siren: str, official: str, shown: str, of: str) -> None:
    assert names.display_name("epci", siren, official) == shown
    assert names.of_name(shown) == of


@pytest.mark.parametrize(
    ("family", "code", "official", "tncc", "of"),
    [
        ("region", "52", "Pays de la Loire", 4, "de la Région des Pays de la Loire"),
        ("region", "53", "Bretagne", 0, "de la Région de Bretagne"),
        ("region", "11", "Île-de-France", 1, "de la Région d’Île-de-France"),
        ("region", "44", "Grand Est", 2, "de la Région du Grand Est"),
        ("region", "94", "Corse", 0, "de la Collectivité de Corse"),
        ("departement", "72", "Sarthe", 3, "du Département de la Sarthe"),
        ("departement", "49", "Maine-et-Loire", 0, "du Département de Maine-et-Loire"),
        ("departement", "89", "Yonne", 5, "du Département de l’Yonne"),
        ("departement", "90", "Territoire de Belfort", 2, "du Territoire de Belfort"),
    ],
)
def test_a_region_and_a_departement_take_their_article(
    family: str, code: str, official: str, tncc: int, of: str
) -> None:
    shown = names.display_name(family, code, official, tncc, "metro")
    assert names.of_name(shown) == of


def test_a_region_is_shown_by_its_full_name() -> None:
    assert names.display_name("region", "52", "Pays de la Loire", 4, "metro") == "Région des Pays de la Loire"


def test_a_collectivite_d_outre_mer_is_neither_region_nor_departement() -> None:
    assert names.display_name("region", "987", "Polynésie française", 0, "com") == "Polynésie française"


@pytest.mark.parametrize(
    ("official", "tncc", "of"),
    [
        ("Nantes", 0, "de Nantes"),
        ("Angers", 1, "d’Angers"),
        ("Herbignac", 1, "d’Herbignac"),
        ("Haute-Goulaine", 0, "de Haute-Goulaine"),
        ("Le Mans", 2, "du Mans"),
        ("La Roche-sur-Yon", 3, "de La Roche-sur-Yon"),
        ("Les Sables-d'Olonne", 4, "des Sables-d’Olonne"),
        ("L'Île-d'Yeu", 5, "de L’Île-d’Yeu"),
    ],
)
def test_a_commune_is_elided_by_its_tncc(official: str, tncc: int, of: str) -> None:
    assert names.of_name(names.display_name("commune", "00000", official), tncc) == of


def test_addresses_are_tried_from_the_shortest() -> None:
    slugs = names.slug_candidates("Communauté de communes des Quatre Rivières", "247400666")
    assert [next(slugs) for _ in range(4)] == [
        "quatre-rivieres",
        "quatre-rivieres-247400666",
        "quatre-rivieres-2",
        "quatre-rivieres-3",
    ]


def test_an_address_is_cut_between_two_words() -> None:
    slugs = names.slug_candidates("Pays " * 30, "247400666")
    assert [next(slugs), next(slugs)] == ["-".join(["pays"] * 13), "-".join([*["pays"] * 13, "247400666"])]
    assert names.SLUG_BASE_LENGTH + len("-247400666") <= names.SLUG_LENGTH


def test_a_name_without_latin_letters_has_an_address() -> None:
    assert next(names.slug_candidates("☃", "")) == "collectivite"
