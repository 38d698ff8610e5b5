import asyncio

import pytest

from serai.base.probe.turns import Crowded, Turns


async def nobody(before):
    raise AssertionError("nobody waits")


def test_places_are_given_at_once_while_there_are_some():
    async def go():
        turns = Turns(2, 1)
        await turns.enter(nobody)
        await turns.enter(nobody)
        return turns.waiting

    assert asyncio.run(go()) == 0


def test_who_waits_is_told_how_many_are_before_and_comes_in_turn():
    async def go():
        turns = Turns(1, 5)
        told, came = [], []

        async def one(name):
            async def tell(before):
                told.append((name, before))

            await turns.enter(tell)
            came.append(name)
            turns.leave()

        await turns.enter(nobody)
        waiting = [asyncio.create_task(one(name)) for name in "ab"]
        await asyncio.sleep(0)
        turns.leave()
        await asyncio.gather(*waiting)
        return told, came

    assert asyncio.run(go()) == ([("a", 0), ("b", 1)], ["a", "b"])


def test_a_full_queue_is_said():
    async def go():
        turns = Turns(1, 0)
        await turns.enter(nobody)
        await turns.enter(nobody)

    with pytest.raises(Crowded):
        asyncio.run(go())


def test_who_goes_away_leaves_the_queue_and_no_place_is_lost():
    async def go():
        turns = Turns(1, 5)

        async def tell(before):
            pass

        await turns.enter(nobody)
        gone = asyncio.create_task(turns.enter(tell))
        called = asyncio.create_task(turns.enter(tell))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0)
        left = turns.waiting
        turns.leave()
        called.cancel()
        await asyncio.gather(gone, called, return_exceptions=True)
        await turns.enter(nobody)
        return left, turns.waiting

    assert asyncio.run(go()) == (1, 0)
