import factory

from territories.models import Collectivite


class CollectiviteFactory(factory.django.DjangoModelFactory):
    """A métropole unless told otherwise; `CollectiviteFactory(commune=True)` is a commune with its département."""

    class Meta:
        model = Collectivite

    class Params:
        commune = factory.Trait(
            kind=Collectivite.Kind.COMMUNE,
            code=factory.Sequence(lambda n: f"{n:05}"),
            name=factory.Sequence(lambda n: f"Ville {n}"),
            departement=factory.SubFactory("tests.territories.factories.CollectiviteFactory", as_departement=True),
        )
        as_departement = factory.Trait(
            kind=Collectivite.Kind.DEPARTEMENT,
            code=factory.Sequence(lambda n: f"{n:03}"),
            name=factory.Sequence(lambda n: f"Contrée {n}"),
        )

    kind = Collectivite.Kind.METROPOLE
    code = factory.Sequence(lambda n: f"{200_000_000 + n}")
    name = factory.Sequence(lambda n: f"Métropole {n}")
    display_name = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"collectivite-{n}")
