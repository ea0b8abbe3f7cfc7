"""The compiler of the dispatcher."""

from pathlib import Path

from wayout.compiling import Compiler

compiled = Compiler("dispatch", Path(__file__).parent.glob("*.py"))
