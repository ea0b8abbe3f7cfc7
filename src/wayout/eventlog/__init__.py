"""What happened, in order: an append-only log whose entries are chained by their hashes.

An entry is the canonical bytes of an event. Its leaf is SHA-256(0x00 ‖ entry), its link
SHA-256(0x01 ‖ link before ‖ leaf); the leaves also form the Merkle tree of RFC 6962, section 2.1.
A *checkpoint* is signed text that says how long the log was and what its root was. Whoever holds an
older checkpoint can tell whether any of the entries that it covers was changed, removed, swapped,
or whether the whole log was written anew by its owner: a chain alone cannot show the last.

Nothing here knows a key. Who signs and who judges signatures is handed in.
"""
