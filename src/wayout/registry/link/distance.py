"""How far two words are apart as sounds: an edit distance whose prices are the habits of scribes.

After Levenshtein (1966), with prices by letter as in Wagner & Fischer (1974): what two systems of
romanisation write for one letter costs little, a vowel that Arabic script does not write costs next
to nothing, anything else costs one.
"""

import numpy as np

from wayout.registry.link.arrays import Floats, Words
from wayout.registry.link.compiled import compiled
from wayout.registry.names import NUM_SOUNDS, SOUNDS

_VOWELS = "aeiou"
_GLIDES = "ywvh"
_EXCHANGED = {
    0.05: "wv",
    0.1: "iy uw ow Kx kq hK ou ei ey",
    0.2: "ae gG kK Tt Dd Dz tT sT jC Zj ay vf sc gh Gh",
    0.35: "ao au ai aw eo iu gk qG qg Gk sS sz SC bp jg jy yZ zj kc Cs jz Kk Kq cz mn dt bv uv",
}


def _prices() -> tuple[Floats, Floats, Floats]:
    """Price of one sound for another; of one too many; of one that a bare script leaves out."""
    change = np.ones((NUM_SOUNDS, NUM_SOUNDS), dtype=np.float32)
    code = {letter: number for number, letter in enumerate(SOUNDS, start=1)}
    np.fill_diagonal(change, 0.0)
    for price, pairs in sorted(_EXCHANGED.items(), reverse=True):
        for one, other in ((code[pair[0]], code[pair[1]]) for pair in pairs.split()):
            change[one, other] = change[other, one] = price
    extra = np.ones(NUM_SOUNDS, dtype=np.float32)
    unwritten = np.ones(NUM_SOUNDS, dtype=np.float32)
    for letter in _VOWELS:
        extra[code[letter]], unwritten[code[letter]] = 0.4, 0.08
    for letter in _GLIDES:
        extra[code[letter]], unwritten[code[letter]] = 0.5, 0.5
    return change, extra, unwritten


CHANGE, EXTRA, UNWRITTEN = _prices()


@compiled
def distance(
    one: Words, other: Words, num_one: int, num_other: int, bare_one: bool, bare_other: bool
) -> float:
    """Price of turning one word into the other, per sound of the two on average.

    ``bare`` says that a word comes from a script without short vowels.
    """
    # A vowel of one word costs by whether the other word could have written it.
    drop = UNWRITTEN if bare_other else EXTRA
    add = UNWRITTEN if bare_one else EXTRA
    row = np.empty(num_other + 1, dtype=np.float32)
    row[0] = 0.0
    for j in range(num_other):
        row[j + 1] = row[j] + add[other[j]]
    for i in range(num_one):
        corner = row[0]
        row[0] = corner + drop[one[i]]
        for j in range(num_other):
            best = corner + CHANGE[one[i], other[j]]
            best = min(best, row[j + 1] + drop[one[i]], row[j] + add[other[j]])
            corner = row[j + 1]
            row[j + 1] = best
    apart: float = 2.0 * row[num_other] / max(1, num_one + num_other)
    return apart
