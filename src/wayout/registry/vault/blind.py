"""Blind indexes: keyed hashes cut so short that many records share one.

An index finds candidates; the vault opens them and compares. Each bit told helps whoever steals the
register and knows some numbers, so all indexes of a row together have a *budget*: with n rows and
b bits in all, 2 ≤ n / 2^b must hold and n / 2^b < √n should, for the index to be of use
(CipherSweet, "Blind index planning"). Two indexes exist, of telephone and of document number; sex,
nationality, place or year of birth are never indexed, their hashes would be as good as the values.
"""

from dataclasses import dataclass

from wayout.registry.vault.sealing import derived, keyed_hash

_MOST = 20


@dataclass(frozen=True, slots=True)
class Budget:
    """Bits of each index at an epoch; the sum is what a thief is told of a row."""

    phone: int
    document: int

    @property
    def total(self) -> int:
        """Bits told of a row in all."""
        return self.phone + self.document

    def fits(self, num_rows: int) -> bool:
        """Whether at least two rows share every combination on average."""
        return self.total <= max(0, allowed_bits(num_rows))


def allowed_bits(num_rows: int) -> int:
    """Bits of all indexes together: floor(log2 n) − 1."""
    return max(0, num_rows.bit_length() - 2) if num_rows else 0


def budget_for(num_rows: int) -> Budget:
    """The bits for a number of rows: halves of what is allowed, at most ten each."""
    allowed = min(_MOST, allowed_bits(num_rows))
    return Budget(phone=(allowed + 1) // 2, document=allowed // 2)


def normal_document(number: str) -> str:
    """A document number as it is compared: letters and digits only, upper case."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


class BlindIndex:
    """The indexes of one epoch: values in, short numbers out."""

    def __init__(self, root: bytes, epoch: int, budget: Budget) -> None:
        self._keys = {
            name: derived(root, f"wayout index {name} {epoch}") for name in ("phone", "document")
        }
        self.epoch, self.budget = epoch, budget

    def _cut(self, name: str, value: str, bits: int) -> int:
        digest = keyed_hash(self._keys[name], value.encode())
        return int.from_bytes(digest[:4], "big") >> (32 - bits)

    def phone(self, number: str | None) -> int | None:
        """The index of a telephone number in E.164; None: no number."""
        if not number:
            return None
        return self._cut("phone", number, self.budget.phone)

    def document(self, number: str | None) -> int | None:
        """The index of a document number, however it is spaced; None: no number."""
        normal = normal_document(number or "")
        return self._cut("document", normal, self.budget.document) if normal else None
