"""The compiler of the comparisons."""

from pathlib import Path

from wayout.compiling import Compiler

compiled = Compiler("link", Path(__file__).parent.glob("*.py"))
