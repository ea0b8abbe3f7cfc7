"""Names made of other names, as they are made in life: servant of, gift of, son of, tribe of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its own script, and its Latin spellings, the usual one first."""

    native: str
    latin: tuple[str, ...]


def _name(native: str, *latin: str) -> Name:
    return Name(native, tuple(dict.fromkeys(latin)))


def afghan_servant(name: Name) -> Name:
    """``Abdul Rahman``, in one word and in two."""
    usual = name.latin[0]
    joined = f"Abdul{usual.lower()}"
    return _name(
        f"عبدال{name.native}", f"Abdul {usual}", joined, f"Abdul {name.latin[-1]}", f"Ab {usual}"
    )


def arabic_servant(name: Name) -> Name:
    """``Abdul Rahman``, with the article as it is heard and as it is not."""
    usual, other = name.latin[0], name.latin[-1]
    return _name(
        f"عبد {name.native}",
        f"Abdul {usual}",
        f"Abdul{usual.lower()}",
        f"Abdul {other}",
        f"Abdel {usual}",
        f"Abd al-{usual}",
        f"Abd El {usual}",
        f"Abdel{usual.lower()}",
    )


def divine(name: Name) -> Name:
    """``Rahmatullah``, in one word and in two."""
    usual, other = name.latin[0], name.latin[-1]
    return _name(
        f"{name.native} الله",
        f"{usual}ullah",
        f"{usual}ollah",
        f"{usual} Ullah",
        f"{other}ullah",
        f"{usual}ulla",
    )


_AFGHAN_ENDINGS = (
    ("زی", ("zai", "zay")),
    ("زاده", ("zada", "zadeh")),
    ("یار", ("yar", "yar")),
    ("خیل", ("khel", "khil")),
)


def afghan_families(given: tuple[Name, ...]) -> tuple[Name, ...]:
    """``Karimzai``, ``Karimyar``: families called after a forefather; not all are in use."""
    return tuple(
        _name(native_of + ending, *(f"{word}{end}" for end in latin for word in name.latin[:2]))
        for turn in range(len(_AFGHAN_ENDINGS) // 2)
        for place, name in enumerate(given)
        for native_of in (name.native,)
        for ending, latin in (_AFGHAN_ENDINGS[(place + 2 * turn) % len(_AFGHAN_ENDINGS)],)
    )


def arabic_families(given: tuple[Name, ...]) -> tuple[Name, ...]:
    """``Al-Karim`` and ``Abu Karim`` in turn: families called after a forefather."""
    families = []
    for place, name in enumerate(given):
        first, other = name.latin[0], name.latin[min(1, len(name.latin) - 1)]
        if place % 3 == 0:
            forms = (f"Abu {first}", f"Abou {first}", f"Abu {other}", f"Abo {first}")
            families.append(_name(f"أبو {name.native}", *forms))
        elif not name.native.startswith("ال"):
            forms = (f"Al-{first}", f"Al{first.lower()}", f"Al {other}", f"El {first}")
            families.append(_name(f"ال{name.native}", *forms))
    return tuple(families)
