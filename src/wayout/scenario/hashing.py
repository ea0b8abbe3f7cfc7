"""The hash that ties a plan to the scenario it was made for."""

import hashlib

from wayout.scenario.folder import files_of
from wayout.scenario.model import Scenario


def hash_of(scenario: Scenario) -> str:
    """SHA-256 (hex) over the canonical content and the case.

    The name is left out: it may come from the folder, and a folder that was moved or renamed is
    still the same scenario.
    """
    title = "" if scenario.title == scenario.name else scenario.title
    digest = hashlib.sha256()
    digest.update(f"case {scenario.case}\n".encode())
    for name, content in files_of(scenario.replace(name="", title=title)).items():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
