"""How large a list may be. A reader that meets a limit says so and stops; it never reads half."""

MIB = 1024 * 1024

MOST_ROWS = 200_000
"""Rows with anything in them, all sheets together."""

MOST_COLUMNS = 200
"""Columns with anything in them."""

MOST_CHARACTERS = 100_000
"""Characters of one cell; a spreadsheet holds 32,767."""

MOST_TEXT = 128 * MIB
"""Characters of all cells together; 200,000 people have some 40 million."""

MOST_FILE_BYTES = 64 * MIB
"""Bytes of the file itself."""

MOST_UNPACKED = 512 * MIB
"""Bytes of one part of a zipped file, unpacked; parts are read as a stream and never held."""

MOST_RATIO = 200
"""Unpacked bytes per packed byte, from ``RATIO_COUNTS_FROM`` bytes on; lists have 10 to 25."""

RATIO_COUNTS_FROM = 8 * MIB

MOST_PARTS = 2_000
"""Files inside a zipped file."""

MOST_SHEETS = 200

MOST_SHARED_TEXT = 128 * MIB
"""Characters of the texts that a workbook's sheets share, which are held in memory."""

PROCESS_MEMORY = 1024 * MIB
"""Address space of the process that reads (bytes)."""

PROCESS_SECONDS = 180
"""Processor time of the process that reads."""
