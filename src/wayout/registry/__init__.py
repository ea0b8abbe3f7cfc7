"""The people: many lists as one register, where every decision has a reason and an undo."""
