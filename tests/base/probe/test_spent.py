from serai.base.probe.spent import Spent


def test_a_ticket_is_taken_as_often_as_it_may_be():
    spent = Spent()

    taken = [spent.take("t1", "/echo", most=2, until=100) for _ in range(3)]

    assert taken == [True, True, False]


def test_ways_and_tickets_are_counted_apart():
    spent = Spent()

    taken = [
        spent.take(ticket, path, most=1, until=100)
        for ticket, path in (("t1", "/down"), ("t1", "/up"), ("t2", "/down"), ("t1", "/up"))
    ]

    assert taken == [True, True, True, False]


def test_what_was_used_is_known_after_a_new_start(tmp_path):
    first = Spent(str(tmp_path / "spent"))
    first.take("t1", "/up", most=1, until=100)
    first.close()

    assert Spent(str(tmp_path / "spent")).take("t1", "/up", most=1, until=100) is False


def test_what_has_expired_is_forgotten():
    spent = Spent()
    spent.take("t1", "/up", most=1, until=100)
    spent.take("t2", "/up", most=1, until=300)

    assert (spent.forget(200), spent.forget(200)) == (1, 0)
