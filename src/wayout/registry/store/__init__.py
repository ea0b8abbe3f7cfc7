"""Where the register is kept: SQLite or PostgreSQL, written so that nothing said is lost."""
