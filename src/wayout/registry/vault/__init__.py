"""Keys: who holds which, what they seal, and how they are destroyed.

::

    passphrase ─Argon2id─▶ unlock key ─┐           three paper shares, any two ─▶ recovery key pair
                                       └─opens─▶ a member's key pair                 │ HPKE
                                                        │ HPKE opens                 │
      compartment key: a list × a class, or the register × something common ◀────────┘
                                                        │ AES-256-GCM
      row key: one random key for each source row × class      ← destroyed: the row is gone
                                                        │ AES-256-GCM, padded
      the fields of that class

Three primitives from one library: AES-256-GCM, HMAC/HKDF with SHA-256, Ed25519 with HPKE; and
Argon2id (RFC 9106) for passphrases. HPKE (RFC 9180) is used with the hybrid of ML-KEM-768 and
X25519, so that what is recorded today is not opened by a quantum computer later.

The keys live in a *keyring*, a file of its own beside the register. Destroying a row's entry in it
erases the row from every copy of the register that exists; so backups of the keyring are kept apart
and for a short time only.
"""
