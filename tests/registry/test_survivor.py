from hypothesis import given
from hypothesis import strategies as st

from wayout.registry.records import Record
from wayout.registry.survivor import SINGLE, survivor_of

EMBASSY = Record(
    "r1",
    "embassy",
    given="Ahmad",
    family="Zaki",
    birth_year=1980,
    birth_month=1,
    birth_day=1,
    birth_precision="default",
    needs="wheelchair",
    threat="letter",
)
CHARITY = Record(
    "r2",
    "charity",
    given="Ahmed",
    birth_year=1980,
    birth_month=5,
    birth_day=4,
    birth_precision="day",
    phone="+93701234567",
    needs="stretcher wheelchair",
)
CHURCH = Record("r3", "church", given="AHMED ", family="Zaky", birth_year=1979, threat="raid")
ALL = (EMBASSY, CHARITY, CHURCH)


def test_what_most_lists_state_wins_and_the_source_is_told() -> None:
    given_name = survivor_of("r1", ALL).fields["given"]
    assert (given_name.value, given_name.source, given_name.record) == ("AHMED ", "church", "r3")
    assert given_name.others == ("Ahmad",)
    assert "more than anything else" in given_name.why


def test_trust_decides_between_equals() -> None:
    assert survivor_of("r1", ALL, ("embassy",)).value("family") == "Zaki"
    assert survivor_of("r1", ALL, ("church", "embassy")).value("family") == "Zaky"
    assert survivor_of("r1", ALL).value("family") == "Zaky"


def test_birth_is_picked_as_a_whole_and_1_january_says_the_year_only() -> None:
    found = survivor_of("r1", ALL)
    assert [found.value(f"birth_{part}") for part in ("year", "month", "day")] == [1980, 5, 4]
    assert found.fields["birth_year"].source == "charity"
    assert found.fields["birth_year"].others == (1979,)
    alone = survivor_of("r1", (EMBASSY,))
    assert alone.value("birth_year") == 1980
    assert alone.value("birth_month") is None


def test_needs_and_threats_are_all_kept() -> None:
    found = survivor_of("r1", ALL)
    assert found.value("needs") == "wheelchair stretcher"
    assert found.value("threat") == "letter; raid"


def test_sources_in_order() -> None:
    assert survivor_of("r1", (*ALL, EMBASSY)).sources == ("embassy", "charity", "church")


TEXT = st.one_of(st.none(), st.sampled_from(["a", "A", "b", "c c"]))
RECORDS = st.lists(
    st.builds(
        Record,
        record=st.text("0123456789", min_size=1),
        source=st.sampled_from(["x", "y", "z"]),
        given=TEXT,
        family=TEXT,
        phone=TEXT,
        birth_year=st.one_of(st.none(), st.integers(1950, 1953)),
        birth_precision=st.sampled_from([None, "day", "year", "default"]),
    ),
    min_size=1,
)


@given(RECORDS)
def test_every_value_shown_stands_in_the_record_that_is_named(records: list[Record]) -> None:
    found = survivor_of("p", records)
    for name, chosen in found.fields.items():
        holders = [record for record in records if record.record == chosen.record]
        assert any(getattr(record, name) == chosen.value for record in holders)
        assert chosen.source in {record.source for record in holders}
    for name in SINGLE:
        stated = any(getattr(record, name) is not None for record in records)
        assert (name in found.fields) == stated
