from roadmaps.sigles import SIGLES, sigles_used


def test_only_the_sigles_that_the_text_uses_are_told_in_the_order_of_the_alphabet() -> None:
    text = "Une SCIC de l’ESS, deux SCIC ; l’ESSENTIEL, la scop et l’ABC n’en sont pas."
    assert sigles_used(text) == [
        ("ESS", "économie sociale et solidaire"),
        ("SCIC", "société coopérative d’intérêt collectif"),
    ]


def test_a_sigle_is_found_beside_any_sign() -> None:
    assert [sigle for sigle, _ in sigles_used("(EPCI), QPV/PCAET, l’IAE.")] == ["EPCI", "IAE", "PCAET", "QPV"]


def test_the_list_stands_in_the_order_of_the_alphabet() -> None:
    assert list(SIGLES) == sorted(SIGLES)
    assert sigles_used(" ".join(SIGLES)) == list(SIGLES.items())
