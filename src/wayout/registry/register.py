"""The register: the one door to the people, through which import, linking and review go.

Every act names the role under which it is done and, where it reads people, a reason; both land in
the hash-chained log before anything is handed out. Time comes from the caller's clock. ::

    made = create("sqlite:///people.db", Path("people.keys"), "ada", passphrase, clock=now)
    made.shares                  # three recovery shares; any two of them; shown once

    with open_register("sqlite:///people.db", Path("people.keys"), "ada", passphrase) as register:
        receipt = register.add_list("embassy", date(2026, 8, 1), "embassy.csv", sha256, rows)
        receipt.is_new, receipt.records      # the same file twice changes nothing
        register.remember_mapping("embassy", {"Name": "given"}); register.mapping("embassy")

        register.record_ids()                                     # opaque, in order of arrival
        register.records(Role.REVIEWER, "linking")                # a polars table, RECORD_SCHEMA
        register.records(Role.REVIEWER, "review", [a, b])         # only these
        register.source_rows(Role.CLERK, "complaint", [a])        # KeptRow: every cell as read
        register.find(Role.CLERK, "call", Look(phone="+93701234567"))   # by blind index

        register.decide("same", {"left": a, "right": b, "score": 7.1}, "same document",
                        role=Role.REVIEWER, records=(a, b))
        register.decisions(); register.decisions("same")          # Decision, in order
        register.save_pairs(frame)                                # left, right, score, and more
        register.pairs()                                          # the latest for each pair
        register.erase(a, "asked to be forgotten", role=Role.CLERK)

``body`` of a decision is JSON without fractions that matter to a hash (it is sealed, never hashed
in clear), and holds identifiers and figures only: names belong in ``reason``, which is destroyed
with the records that the decision is about. An explanation of a pair names fields and weights and
never a value, for the same reason. In a table of records, the columns that the role does not open
are null.

Raises, everywhere: AccessError when role, list or passphrase do not allow it or the register is
locked; StoreError when nothing was written; SealError when something was altered.
"""
