"""What columns mean: headers of six languages, what is inferred, what is told and remembered."""

from datetime import date
from pathlib import Path

import pytest

from wayout.registry import lists
from wayout.registry.lists.columns import FIELDS, Reason, header_texts, letters_of, propose
from wayout.registry.lists.faults import MEANINGS, Fault
from wayout.registry.lists.reading import RawList, RawSheet, read
from wayout.registry.lists.rows import row_hash
from wayout.registry.lists.understanding import ABOVE, Hints, Understood, understand
from wayout.registry.lists.wire import Cell, Row, Sheet
from wayout.registry.lists.words import headers

AS_OF = date(2021, 8, 1)


def fields(*texts: str) -> list[str | None]:
    samples: list[list[Cell]] = [[] for _ in texts]
    return [column.field for column in propose(texts, samples, {}, {})]


def listed(*rows: tuple[Cell, ...], hints: Hints | None = None) -> Understood:
    kept = [Row(number, cells) for number, cells in enumerate(rows, start=1)]
    raw = RawList("a.csv", "0" * 64, [RawSheet(Sheet(None), kept)])
    return understand(raw, "source", AS_OF, hints)


@pytest.mark.parametrize(
    "texts",
    [
        ("First Name", "Surname", "Father's Name", "DOB", "Sex", "Mobile No."),
        ("نام", "تخلص", "نام پدر", "تاریخ تولد", "جنسیت", "شماره تماس"),
        ("نوم", "د کورنۍ نوم", "د پلار نوم", "د زیږېدو نېټه", "جنس", "د تلیفون شمېره"),
        ("الاسم الأول", "اسم العائلة", "اسم الأب", "تاريخ الميلاد", "الجنس", "رقم الهاتف"),
        ("Ім’я", "Прізвище", "По батькові", "Дата народження", "Стать", "Телефон"),
        ("Prénom", "NOM", "Nom du père", "Date de naissance", "Sexe", "N° de téléphone"),
        ("given_name", "family_name", "father name", "date_of_birth", "sex", "phone"),
    ],
)
def test_headers_of_every_language(texts: tuple[str, ...]) -> None:
    assert fields(*texts) == ["given", "family", "father", "birth", "sex", "phone"]


def test_every_known_header_leads_to_a_field() -> None:
    assert {field for field in headers().values() if field != "name?"} == set(FIELDS)


def test_a_plain_name_is_what_the_other_columns_leave() -> None:
    assert fields("Name", "Surname") == ["given", "family"]
    assert fields("Name", "DOB") == ["name", "birth"]
    assert fields("Nom", "Prénom") == ["family", "given"]
    assert fields("نام", "شماره تلفن") == ["given", "phone"]


def test_a_mistyped_header_is_taken_and_marked_as_a_guess() -> None:
    (column,) = propose(["Telephone numbr"], [[]], {}, {})
    assert (column.field, column.reason) == ("phone", Reason.ALIKE)


def test_an_unlike_header_is_not_guessed() -> None:
    assert fields("author name", "date", "nickname", "colour") == [None] * 4


def test_what_can_only_be_a_number_or_an_address_is_seen() -> None:
    phones: list[Cell] = ["+93701234567", "0093701234568", "+380501234567"]
    mails: list[Cell] = ["a@b.org", "c@d.org", None, "e@f.org"]
    columns = propose(["x1", "x2"], [phones, mails], {}, {})
    assert [column.field for column in columns] == ["phone", "email"]
    assert {column.reason for column in columns} == {Reason.CELLS}
    settled = propose(["Phone", "x1"], [phones, phones], {}, {})
    assert [column.field for column in settled] == ["phone", None]


def test_told_goes_before_remembered_and_remembered_before_known() -> None:
    told, remembered = {"First Name": "family"}, {"First Name": "father", "Last Name": "given"}
    columns = propose(["First Name", "Last Name", "DOB"], [[], [], []], told, remembered)
    assert [column.field for column in columns] == ["family", "given", "birth"]
    assert [c.reason for c in columns] == [Reason.TOLD, Reason.REMEMBERED, Reason.KNOWN]
    assert propose(["DOB"], [[]], {"dob": "nothing"}, {})[0].field is None


def test_headers_are_made_different() -> None:
    texts = header_texts(["Name", None, "Name", " "], 5)
    assert texts == ("Name", "column B", "Name (2)", "column D", "column E")
    assert [letters_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_columns_of_other_languages_can_be_told() -> None:
    hints = Hints({"Adı": "given", "Soyadı": "family"}, {})
    found = listed(("Adı", "Soyadı"), ("Amina", "Karimi"), hints=hints)
    assert (found.rows[0].record.given, found.rows[0].record.family) == ("Amina", "Karimi")
    assert listed(("Adı", "Soyadı"), ("Amina", "Karimi")).refused


def test_what_stands_above_the_headers_is_kept_with_the_first_row() -> None:
    rows = (("Ward 4", None, "as of May"), ("First Name", "Last Name"), ("A", "B"), ("C", "D"))
    found = listed(*rows)
    assert found.rows[0].cells[ABOVE] == "Ward 4 | as of May"
    assert ABOVE not in found.rows[1].cells
    assert [finding.rule for finding in found.findings] == [Fault.ABOVE_HEADER]


def test_a_header_can_say_of_what_kind_a_document_is() -> None:
    found = listed(("First Name", "Passport No", "Tazkira"), ("A", "P1234567", None))
    assert found.rows[0].record.document_kind == "passport"
    found = listed(("First Name", "Passport No", "Tazkira"), ("A", None, "1400-0100-12345"))
    assert found.rows[0].record.document_kind == "tazkira"


def test_a_local_number_rings_in_its_owners_country() -> None:
    header = ("First Name", "Phone", "Nationality")
    found = listed(header, ("A", "0501234567", "UKR"), ("B", "0701234567", "AFG"))
    assert [row.record.phone for row in found.rows] == ["+380501234567", "+93701234567"]


def test_birth_in_three_columns_and_by_age() -> None:
    header = ("First Name", "Birth Year", "Birth Month", "Birth Day", "Age")
    found = listed(
        header, ("A", 1990, 2, 3, None), ("B", 1990, None, None, None), ("C", None, None, None, 30)
    )
    births = [
        (r.record.birth_year, r.record.birth_day, r.record.birth_precision) for r in found.rows
    ]
    assert births == [(1990, 3, "day"), (1990, None, "year"), (1991, None, "year")]


def test_the_hash_of_a_row_is_that_of_its_headers_and_cells() -> None:
    # printf '[["Given","Amina"]]' | sha256sum
    known = "5ebfd970b0d2ad948111ddd9f72017644d388364fb3d70fdc34f407230bbaa24"
    found = row_hash({"Given": "Amina"})
    assert found == known
    assert row_hash({"Amina": "Given"}) != found
    assert row_hash({"Given": "Amina "}) != found


def test_findings_never_quote_a_cell() -> None:
    header = ("First Name", "Phone", "DOB", "Sex", "Document No", "Document Type", "Email", "Age")
    found = listed(header, *[("Zmaray\u202e", *[f"SECRET{n}" for n in range(7)])] * 2)
    said = " ".join(map(str, found.all_findings))
    assert len(list(found.all_findings)) > 10
    assert "SECRET" not in said
    assert "Zmaray" not in said


def test_every_code_is_used() -> None:
    folder = Path(lists.__file__).parent
    code = "".join(
        path.read_text("utf-8") for path in folder.rglob("*.py") if path.name != "faults.py"
    )
    assert [fault.name for fault in Fault if f"Fault.{fault.name}" not in code] == []


def test_a_column_of_whole_names_is_said_once() -> None:
    found = listed(("Full name", "DOB"), ("Amina Karimi", "1990"), ("KARIMI, Omar", "1985"))
    assert [finding.rule for finding in found.findings] == ["L47"]
    assert [row.record.family for row in found.rows] == ["Karimi", "KARIMI"]


def test_every_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Fault)
    assert len({fault.value for fault in Fault}) == len(Fault)


def test_the_template_is_understood_column_by_column() -> None:
    template = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "list-template.csv"
    found = understand(read(template), "template", AS_OF)
    assert not list(found.all_findings)
    assert all(column.field for column in found.columns)
    assert [row.record.household for row in found.rows] == ["1", "1"]
    assert all("SYNTHETIC" in (row.record.note or "") for row in found.rows)
