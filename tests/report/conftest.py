"""The little Kabul plan and its page, made once."""

import pytest
from tests.report import worlds

from wayout.report.content.assemble import Content
from wayout.report.document.pdf import pdf
from wayout.report.web.page import page


@pytest.fixture(scope="session")
def kabul() -> Content:
    """The content of the report on a few thousand people, seven places and six aircraft."""
    return worlds.content(worlds.planned(worlds.scenario()))


@pytest.fixture(scope="session")
def kabul_page(kabul: Content) -> str:
    """Its page."""
    return page(kabul)


@pytest.fixture(scope="session")
def kabul_pdf(kabul: Content) -> bytes:
    """Its document."""
    return pdf(kabul)
