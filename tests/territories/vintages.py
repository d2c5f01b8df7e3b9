"""A hand-made year of the COG, small enough to read: two régions, three départements, three EPCI, six communes."""

import copy
import csv
from pathlib import Path

Tables = dict[str, list[dict[str, str]]]


def _table(columns: str, *lines: str) -> list[dict[str, str]]:
    names = columns.split(",")
    return [dict(zip(names, line.split(","), strict=True)) for line in lines]


_SMALL: Tables = {
    "regions": _table("code,nom,zone,type_liaison", "52,Pays de la Loire,metro,4", "53,Bretagne,metro,0"),
    "departements": _table(
        "code,nom,region,zone,type_liaison",
        "35,Ille-et-Vilaine,53,metro,1",
        "44,Loire-Atlantique,52,metro,3",
        "85,Vendée,52,metro,3",
    ),
    "epci": _table(
        "siren,nom,type,population_municipale,communes",
        "244400404,Nantes Métropole,METRO,683981,2",
        "244400503,CC d'Erdre et Gesvres,CC,68096,1",
        "243500741,CA Redon Agglomération,CA,67121,2",
    ),
    "communes": _table(
        "code,nom,type_liaison,departement,region,epci,siren,population,codes_postaux",
        "35236,Redon,0,35,53,243500741,213502362,9000,35600",
        "44007,Avessac,1,44,52,243500741,214400079,2500,44460",
        "44109,Nantes,0,44,52,244400404,214401093,325000,44000 44100",
        "44143,Rezé,0,44,52,244400404,214401432,44000,44400",
        "44201,Sucé-sur-Erdre,0,44,52,244400503,214402018,7500,44240",
        "85113,L'Île-d'Yeu,5,85,52,,218501138,4900,85350",
    ),
}


def small_vintage() -> Tables:
    return copy.deepcopy(_SMALL)


def find(table: list[dict[str, str]], code: str) -> dict[str, str]:
    return next(row for row in table if code in (row.get("code"), row.get("siren")))


def write_vintage(folder: Path, tables: Tables) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows in tables.items():
        with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return folder
