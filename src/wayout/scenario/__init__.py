"""The scenario: what is given, as a frozen model, a folder, a book, and the rules it must keep."""
