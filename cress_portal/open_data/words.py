"""What the values of a column or of a parameter are, in words."""

import datetime as dt

KIND_WORDS = {
    str: "texte",
    int: "nombre entier",
    bool: "oui ou non",
    dt.date: "jour (AAAA-MM-JJ)",
    dt.time: "heure (HH:MM:SS)",
    list[str]: "plusieurs textes",
}
