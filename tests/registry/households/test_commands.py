import json
from pathlib import Path

from tests.cli.program import Program
from tests.registry.office import Office

from wayout.registry.eligibility.order import KIND
from wayout.registry.review.verdicts import body_of, pair_of
from wayout.registry.vault.roles import Role

ON = ("--reason", "test", "--on", "2026-08-15")


def merged(office: Office) -> None:
    """Ada and Ben call Ahmad, Bibi and Daud of both lists the same."""
    for user in ("ada", "ben"):
        with office.open(user) as register:
            for one, other in (("Ahmad", "Ahmed"), ("Bibi", "Bibi"), ("Daud", "Daud")):
                pair = pair_of(office.record("embassy", one), office.record("charity", other))
                body = body_of(pair, 1.0, {}, ("x", "y"))
                records = (pair.left, pair.right)
                register.decide("same", body, "same", role=Role.REVIEWER, records=records)


def shown(office: Office, program: Program) -> dict[str, list[str]]:
    done = program("people", "households", *office.options(), *ON, "--json")
    assert done.code == 0, done.err
    found: dict[str, list[str]] = json.loads(done.out)["households"]
    return found


def test_merging_persons_joins_the_same_family_and_proposes_the_other(
    office: Office, program: Program
) -> None:
    before = shown(office, program)
    assert sorted(len(persons) for persons in before.values()) == [1, 1, 2, 2, 3]
    merged(office)
    done = json.loads(program("people", "households", *office.options(), *ON, "--json").out)
    sizes = sorted(len(persons) for persons in done["households"].values())
    assert sizes == [1, 1, 1, 3]
    (proposal,) = done["proposals"]
    assert proposal["shared"] == [office.record("embassy", "Daud")]
    signs = {question["household"]: question["signs"] for question in done["questions"]}
    assert signs[office.record("charity", "Farid")][0] == "children without an adult"


def test_join_history_and_undo(office: Office, program: Program) -> None:
    merged(office)
    names = (office.record("embassy", "Ahmad"), office.record("charity", "Daud"))
    joins = [part for name in names for part in ("--join", name)]
    done = program("people", "households", *office.options(), *ON, *joins)
    assert done.code == 0, done.err
    assert sorted(map(len, shown(office, program).values())) == [1, 1, 4]
    history = program("people", "households", *office.options(), *ON, "--history", names[0])
    assert "join-households" in history.out
    number = done.out.split("decision ")[1].split(";")[0]
    program("people", "households", *office.options(), *ON, "--undo", number)
    assert sorted(map(len, shown(office, program).values())) == [1, 1, 1, 3]


def test_leave_apart_and_split_and_asked(office: Office, program: Program) -> None:
    merged(office)
    base = ("people", "households", *office.options(), *ON)
    family, uncle = office.record("embassy", "Ahmad"), office.record("charity", "Daud")
    assert program(*base, "--leave-apart", family, "--leave-apart", uncle).code == 0
    assert json.loads(program(*base, "--json").out)["proposals"] == []
    assert program(*base, "--split", office.record("embassy", "Bibi")).code == 0
    sizes = sorted(map(len, shown(office, program).values()))
    assert sizes == [1, 1, 1, 1, 2]
    karim = office.record("embassy", "Karim")
    assert program(*base, "--asked", karim).code == 0
    questions = json.loads(program(*base, "--json").out)["questions"]
    assert karim not in {question["household"] for question in questions}


def test_unknown_households_are_refused(office: Office, program: Program) -> None:
    base = ("people", "households", *office.options(), *ON)
    done = program(*base, "--join", "nobody", "--join", office.record("embassy", "Ahmad"))
    assert done.code == 1
    assert "no household nobody" in done.err
    assert program(*base, "--split", "nobody").code == 1
    assert program(*base, "--asked", "nobody").code == 1


def rules(office: Office, program: Program) -> Path:
    path = office.folder / "rules.toml"
    if not path.exists():
        assert program("people", "rules", "-o", path).code == 0
        text = path.read_text(encoding="utf-8").replace("citizens = []", 'citizens = ["GBR"]')
        text = text.replace("employers = []", 'employers = ["british council"]')
        path.write_text(text, encoding="utf-8")
    return path


def published(office: Office, program: Program) -> None:
    done = program("people", "prioritise", rules(office, program), *office.options(), *ON)
    assert done.code == 0, done.err


def test_why_says_rule_version_and_what_is_not_known(office: Office, program: Program) -> None:
    merged(office)
    published(office, program)
    bibi = program("people", "why", office.record("charity", "Bibi"), *office.options()[:8])
    assert bibi.code == 0, bibi.err
    assert "number 1 of 4 households" in bibi.out
    assert "family of a citizen" in bibi.out
    farid = program("people", "why", office.record("charity", "Farid"), *office.options())
    assert "unaccompanied child (minor)" in farid.out
    assert "could rank higher: citizen" in farid.out
    assert program("people", "why", "nobody", *office.options()).code == 1


def test_order_is_made_again_after_more_answers_came(office: Office, program: Program) -> None:
    """The digest is the same although persons were merged since."""
    published(office, program)
    merged(office)
    done = program("people", "equity", *office.options(), "--reason", "test", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["same_order"] is True
    with office.open() as register:
        register.erase([office.record("embassy", "Karim")], "asked", role=Role.CLERK)
    done = program("people", "equity", *office.options(), "--reason", "test", "--json")
    assert json.loads(done.out)["same_order"] is False


def test_only_show_publishes_nothing(office: Office, program: Program) -> None:
    done = program(
        "people", "prioritise", rules(office, program), *office.options(), *ON, "--only-show"
    )
    assert "Nothing was published" in done.out
    with office.open() as register:
        assert register.decisions(KIND) == ()
    assert program("people", "why", "x", *office.options()).code == 1


def test_bad_rules_are_told_at_once(office: Office, program: Program) -> None:
    path = office.folder / "bad.toml"
    path.write_text('[[major]]\ngives = "X"\n[[minor]]\nname = "a"\n', encoding="utf-8")
    done = program("people", "prioritise", path, *office.options(), *ON)
    assert done.code == 1
    assert done.err.count("error rules-") == 6
