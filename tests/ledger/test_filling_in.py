"""What a list knows of somebody known already fills what is empty, and overwrites nothing."""

from tests.worker.bringing_in import MONDAY, bring_in, letter, mbox

from followthrough.ledger import search
from followthrough.ledger.models import Party, Person
from followthrough.ledger.parties import Known, find_or_add

OURS = "bob@banners.example"
MAIL = mbox(letter("ann@customer.test", OURS))
LIST = b"Name,Company,Email,Role\nAnn Lee,Signs Ltd,ann@customer.test,Buyer\n"


def written():
    people = Person.objects.values_list("name", "role").order_by("pk")
    return list(Party.objects.values_list("name", "company")), list(people)


def test_a_list_names_whom_a_mail_left_without_a_name(bob):
    bring_in(bob, MAIL, ours=(OURS,))
    assert written() == ([("ann@customer.test", "")], [("ann@customer.test", "")])

    bring_in(bob, LIST)
    search.catch_up(bob.workspace, most=10)

    assert written() == ([("Ann Lee", "Signs Ltd")], [("Ann Lee", "Buyer")])
    assert [one.name for one in search.found(bob.workspace, "lee")] == ["Ann Lee"]
    assert [one.name for one in search.found(bob.workspace, "signs")] == ["Ann Lee"]
    assert not Party.objects.filter(compared=True).exists()


def test_within_one_list_too(bob):
    head, row = LIST.splitlines(keepends=True)

    bring_in(bob, head + b",,ann@customer.test,\n" + row)

    assert written() == ([("Ann Lee", "Signs Ltd")], [("Ann Lee", "Buyer")])


def test_what_somebody_wrote_down_is_not_overwritten(bob):
    known = Known(name="Ann", company="Roofs", role="Owner", emails=("ann@customer.test",))
    find_or_add(bob.workspace, known, owner=bob, at=MONDAY)

    bring_in(bob, LIST)

    assert written() == ([("Ann", "Roofs")], [("Ann", "Owner")])


def test_another_person_at_the_same_address_gives_them_no_role(bob):
    known = Known(name="Zoe Kay", emails=("ann@customer.test",))
    find_or_add(bob.workspace, known, owner=bob, at=MONDAY)

    bring_in(bob, LIST)

    assert written() == ([("Zoe Kay", "Signs Ltd")], [("Zoe Kay", "")])


def test_a_word_by_hand_names_them_too(bob):
    bring_in(bob, MAIL, ours=(OURS,))

    known = Known(name="Ann Lee", emails=("ann@customer.test",))
    find_or_add(bob.workspace, known, owner=bob, at=MONDAY)

    assert written()[0] == [("Ann Lee", "")]
    assert [one.name for one in search.found(bob.workspace, "lee")] == ["Ann Lee"]
