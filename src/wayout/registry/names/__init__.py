"""Names across scripts and spellings: what is left of a name when its spelling is taken away.

Everything here is rules of writing (which letters stand for which sounds, which words are glued to
the next), in our own words; there is no dictionary of names.
"""

from wayout.registry.names.skeletons import skeleton
from wayout.registry.names.sounds import NUM_SOUNDS, SOUNDS, sounds, spell
from wayout.registry.names.tokens import romanised, tokens

__all__ = ["NUM_SOUNDS", "SOUNDS", "romanised", "skeleton", "sounds", "spell", "tokens"]
