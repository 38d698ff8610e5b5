"""Which copies stay: the newest of 7 days, 4 weeks, 12 months."""

from datetime import UTC, datetime, timedelta

from serai.base.backup import keeping

NIGHT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)


def test_a_name_gives_back_its_moment():
    assert keeping.moment_of(keeping.name_for(NIGHT)) == NIGHT


def test_other_names_are_nobody_s_turn():
    assert keeping.moment_of("before-restore-20260630T010000Z") is None


def test_a_year_of_nights_leaves_days_weeks_and_months():
    nights = [NIGHT - timedelta(days=n) for n in range(400)]

    kept = sorted(keeping.to_keep(nights), reverse=True)

    days = [NIGHT - timedelta(days=n) for n in range(7)]
    weeks = [datetime(2026, 6, day, 1, tzinfo=UTC) for day in (30, 28, 21, 14)]
    months = [
        datetime(2026, 6, 30, 1, tzinfo=UTC),
        *(datetime(2026, m, d, 1, tzinfo=UTC) for m, d in ((5, 31), (4, 30), (3, 31), (2, 28))),
        *(
            datetime(y, m, d, 1, tzinfo=UTC)
            for y, m, d in (
                (2026, 1, 31),
                (2025, 12, 31),
                (2025, 11, 30),
                (2025, 10, 31),
                (2025, 9, 30),
                (2025, 8, 31),
                (2025, 7, 31),
            )
        ),
    ]
    assert kept == sorted({*days, *weeks, *months}, reverse=True)


def test_a_gap_does_not_cost_a_copy():
    nights = [NIGHT - timedelta(days=60 * n) for n in range(5)]

    assert keeping.to_keep(nights) == set(nights)


def test_prune_removes_only_nightly_copies(tmp_path):
    for n in range(10):
        (tmp_path / keeping.name_for(NIGHT - timedelta(hours=n))).mkdir()
    (tmp_path / "before-restore-20200101T000000Z").mkdir()
    (tmp_path / "notes.txt").write_text("mine")

    removed = keeping.prune(tmp_path)

    left = sorted(p.name for p in tmp_path.iterdir())
    assert len(removed) == 8  # of ten copies within two days the newest of each day stay
    assert left == [
        "before-restore-20200101T000000Z",
        "notes.txt",
        "serai-20260629T230000Z",
        "serai-20260630T010000Z",
    ]


def test_latest_of_nothing_is_none(tmp_path):
    assert keeping.latest(tmp_path / "none") is None
