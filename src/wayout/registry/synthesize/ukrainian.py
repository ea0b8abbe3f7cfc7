"""Ukrainian words: the official romanisation, patronymics, women's forms, families' names."""

_LETTERS = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "h",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "ж": "zh",
    "з": "z",
    "и": "y",
    "і": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
}
_SOFT = {"є": ("ye", "ie"), "ї": ("yi", "i"), "й": ("y", "i"), "ю": ("yu", "iu"), "я": ("ya", "ia")}
"""At the beginning of a word, and elsewhere."""

_ENDINGS = ("енко", "чук", "ський", "ик", "юк", "ів", "цький")
_WOMEN = (("ський", "ська"), ("цький", "цька"), ("ий", "а"), ("ов", "ова"), ("ев", "ева"))
_PATRONYMICS = {
    "Ілля": ("Ілліч", "Іллівна"),
    "Микола": ("Миколайович", "Миколаївна"),
    "Яків": ("Якович", "Яківна"),
    "Лев": ("Львович", "Львівна"),
    "Григорій": ("Григорович", "Григорівна"),
    "Кирило": ("Кирилович", "Кирилівна"),
    "Федір": ("Федорович", "Федорівна"),
}


def romanised(word: str) -> str:
    """Latin letters after resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010."""
    lower = word.lower()
    letters = []
    for place, letter in enumerate(lower):
        if letter in _SOFT:
            letters.append(_SOFT[letter][place > 0])
        elif letter == "г" and lower[place - 1 : place] == "з":
            letters.append("gh")
        else:
            letters.append(_LETTERS.get(letter, ""))
    text = "".join(letters)
    return text[:1].upper() + text[1:]


def feminine(family: str) -> str:
    """The form of a family's name that women bear."""
    for man, woman in _WOMEN:
        if family.endswith(man):
            return family.removesuffix(man) + woman
    return family


def patronymic(father: str, female: bool) -> str:
    """What the children of a man of this given name are called after him."""
    if father in _PATRONYMICS:
        return _PATRONYMICS[father][female]
    if father.endswith("й"):
        return father[:-1] + ("ївна" if female else "йович")
    stem = father[:-1] if father[-1] in "оа" else father
    return stem + ("івна" if female else "ович")


def family_names(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Families' names made of stems and endings, in a fixed order; not all are in use."""
    return tuple(
        stem + _ENDINGS[(place + turn) % len(_ENDINGS)]
        for turn in range(len(_ENDINGS))
        for place, stem in enumerate(stems)
    )
