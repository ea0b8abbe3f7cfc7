"""The compiler of the engine."""

from pathlib import Path

from wayout.compiling import Compiler

compiled = Compiler("simulate", (Path(__file__).parent / "engine").glob("*.py"))
