"""The compiler of the search over duties, which calls the dispatcher's tables."""

from pathlib import Path

from wayout.compiling import Compiler

_HERE = Path(__file__).parent

compiled = Compiler("duties", [*_HERE.glob("*.py"), *(_HERE.parent / "dispatch").glob("*.py")])
