import pytest

from wayout.report.palette import DARK, LIGHT, TEXT_COLOURS, contrast


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel", "sea", "land"])
@pytest.mark.parametrize("colour", TEXT_COLOURS)
def test_letters_have_contrast(palette: dict[str, str], ground: str, colour: str) -> None:
    assert contrast(palette[colour], palette[ground]) >= 4.5


def test_contrast_of_black_and_white_is_the_greatest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
