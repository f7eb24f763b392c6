"""What an entry is made of, and how a walk along the chain finds what was touched."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.ledger.rules import (
    GENESIS,
    Checkpoint,
    Finding,
    Header,
    broken_links,
    canonical,
    commitment,
    digest,
    instant,
    plain,
)

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
values = st.none() | st.booleans() | st.integers() | st.text()
payloads = st.dictionaries(st.text(max_size=8), values | st.lists(values, max_size=3), max_size=5)


def chain(length):
    previous, entries = GENESIS, []
    for seq in range(1, length + 1):
        header = Header(
            seq=seq, recorded_at=NOON, kind="note", subject="x:1", actor_id=None, unit_id=seq
        )
        previous = digest(previous, header, f'{{"n":{seq}}}')
        entries.append((header, f'{{"n":{seq}}}', previous))
    return entries, Checkpoint(size=length, hash=previous)


@given(payload=payloads)
def test_a_payload_is_written_in_one_way_whatever_the_order_of_its_keys(payload):
    turned = dict(reversed(list(payload.items())))

    assert canonical(payload) == canonical(turned)


def test_chinese_stays_readable_and_blanks_are_left_out():
    assert canonical({"b": [1, None], "a": "签约"}) == '{"a":"签约","b":[1,null]}'


@pytest.mark.parametrize("payload", [{"x": 0.1}, {"x": {"y": [1, 2.0]}}, {"x": (1.5,)}])
def test_floats_have_no_place_in_the_ledger(payload):
    with pytest.raises(TypeError):
        canonical(payload)


def test_moments_and_days_are_text_and_the_same_in_every_zone():
    in_china = NOON.astimezone(timezone(timedelta(hours=8)))

    assert plain(in_china) == plain(NOON) == "2026-11-20T04:00:00.000000Z"
    assert plain(date(2026, 5, 9)) == "2026-05-09"
    assert [plain(value) for value in (None, True, 7, "x")] == [None, True, 7, "x"]


def test_what_has_no_canonical_form_is_not_written():
    with pytest.raises(TypeError):
        plain(Decimal("1.10"))


def test_an_instant_has_always_the_same_length():
    assert len(instant(NOON)) == len(instant(NOON.replace(microsecond=7)))


def test_a_commitment_hides_a_name_and_binds_it():
    hidden = commitment("salt", "王强")

    assert "王强" not in hidden
    assert hidden == commitment("salt", "王强")
    assert hidden not in {commitment("other", "王强"), commitment("salt", "王刚")}


def test_every_part_of_an_entry_is_hashed():
    header = Header(seq=1, recorded_at=NOON, kind="k", subject="s", actor_id=1, unit_id=2)
    others = [
        replace(header, seq=2),
        replace(header, recorded_at=NOON + timedelta(microseconds=1)),
        replace(header, kind="l"),
        replace(header, subject="t"),
        replace(header, actor_id=None),
        replace(header, unit_id=None),
    ]

    digests = {digest(GENESIS, each, "{}") for each in (header, *others)}
    digests |= {digest("1" * 64, header, "{}"), digest(GENESIS, header, "[]")}

    assert len(digests) == 9


def test_a_checkpoint_is_read_back_from_its_text():
    kept = Checkpoint(size=12, hash="a" * 64)

    assert Checkpoint.read(f" {kept}\n") == kept
    assert Checkpoint.read("12:" + "A" * 64) == kept


@pytest.mark.parametrize("text", ["", "12", "x:" + "a" * 64, "12:abc"])
def test_what_is_no_checkpoint_is_refused_with_its_text(text):
    with pytest.raises(ValueError, match="不是账本存证"):
        Checkpoint.read(text)


def test_an_untouched_chain_has_no_findings():
    entries, head = chain(5)

    assert list(broken_links(iter(entries), head)) == []
    assert list(broken_links(iter([]), Checkpoint(size=0, hash=GENESIS))) == []


def test_a_gap_is_found_where_it_is():
    entries, head = chain(5)

    found = [str(each) for each in broken_links(iter(entries[:2] + entries[3:]), head)]

    assert found[0] == "账本第 3 条：缺失，下一条是第 4 条"


def test_an_altered_payload_is_found_where_it_is():
    entries, head = chain(5)
    header, _, stored = entries[2]
    entries[2] = (header, '{"n":99}', stored)

    found = list(broken_links(iter(entries), head))

    assert found == [Finding("账本第 3 条", "内容或顺序与摘要不符，被改动过")]


def test_an_end_that_is_not_the_heads_is_found():
    entries, head = chain(5)

    assert [each.where for each in broken_links(iter(entries[:4]), head)] == ["账本末尾"]
    assert [each.where for each in broken_links(iter(entries), replace(head, size=4))] == [
        "账本末尾"
    ]
