"""The key, and what it locks."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecheckin.keeping.errors import KeepingError, Problem
from voicecheckin.keeping.sealer import Sealer, erase_key, make_key, move_key, read_key, replace_key

HERE = Path("kept")
SEALER = Sealer(bytes(range(32)))


def problem(error: pytest.ExceptionInfo[KeepingError]) -> Problem:
    return error.value.problem


@settings(deadline=None)
@given(st.binary(max_size=2000), st.binary())
def test_what_is_sealed_comes_out_again(content: bytes, label: bytes) -> None:
    assert SEALER.unseal(SEALER.seal(content, label), label, HERE) == content


def test_the_same_thing_is_never_sealed_alike() -> None:
    assert len({SEALER.seal(b"the same", b"label") for _ in range(100)}) == 100


@settings(deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 255))
def test_sr_35_no_bit_of_a_sealed_thing_changes_unnoticed(place: int, change: int) -> None:
    sealed = bytearray(SEALER.seal(b"one small offer", b"label"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(KeepingError):
        SEALER.unseal(bytes(sealed), b"label", HERE)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_what_was_never_sealed_is_refused(junk: bytes) -> None:
    with pytest.raises(KeepingError):
        SEALER.unseal(junk, b"label", HERE)


def test_a_seal_is_tied_to_its_label() -> None:
    with pytest.raises(KeepingError) as error:
        SEALER.unseal(SEALER.seal(b"thing", b"keepsake 1"), b"keepsake 2", HERE)
    assert problem(error) is Problem.ALTERED


def test_another_key_and_a_newer_format_are_told_apart() -> None:
    sealed = SEALER.seal(b"thing", b"label")
    with pytest.raises(KeepingError) as error:
        Sealer(bytes(32)).unseal(sealed, b"label", HERE)
    assert problem(error) is Problem.WRONG_KEY
    with pytest.raises(KeepingError) as error:
        SEALER.unseal(b"\x02" + sealed[1:], b"label", HERE)
    assert problem(error) is Problem.NEWER


def test_a_new_key_is_its_owners_alone_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "config" / "key"
    sealer = make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]
    assert read_key(path).id == sealer.id


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    assert make_key(tmp_path / "key").id == make_key(tmp_path / "key").id


def test_a_key_half_written_before_a_power_cut_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "key.new").write_bytes(b"voicecheckin-key-1 ab")
    make_key(tmp_path / "key")
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("content", [b"", b"hello", b"voicecheckin-key-1 abc\n", b"\xff" * 300])
def test_a_file_that_is_no_key_is_called_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(KeepingError) as error:
        read_key(tmp_path / "key")
    assert problem(error) is Problem.BAD_KEY


def test_a_key_of_the_right_length_with_other_letters_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("voicecheckin-key-1 " + "z" * 64)
    with pytest.raises(KeepingError) as error:
        read_key(tmp_path / "key")
    assert problem(error) is Problem.BAD_KEY


def test_a_missing_stick_is_a_missing_key_and_is_not_made_up(tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "key"
    with pytest.raises(KeepingError) as error:
        read_key(stick)
    assert problem(error) is Problem.NO_KEY
    with pytest.raises(KeepingError) as error:
        move_key(tmp_path / "key", stick)
    assert problem(error) is Problem.NO_KEY
    assert list(tmp_path.iterdir()) == []


def test_a_key_moves_to_the_stick_and_leaves_the_device(tmp_path: Path) -> None:
    device, stick = tmp_path / "device" / "key", tmp_path / "stick" / "key"
    stick.parent.mkdir()
    sealer = make_key(device)
    assert move_key(device, stick).id == sealer.id
    assert not device.exists()
    assert move_key(device, stick).id == sealer.id


def test_a_stick_that_has_another_key_takes_nothing_away(tmp_path: Path) -> None:
    device, stick = tmp_path / "device", tmp_path / "stick"
    sealer, other = make_key(device), make_key(stick)
    assert move_key(device, stick).id == other.id
    assert read_key(device).id == sealer.id


def test_a_stick_is_given_a_new_key_where_there_was_none(tmp_path: Path) -> None:
    assert move_key(tmp_path / "none", tmp_path / "key").id == read_key(tmp_path / "key").id


def test_an_erased_key_is_overwritten_first(tmp_path: Path) -> None:
    path, same_file = tmp_path / "key", tmp_path / "link"
    make_key(path)
    before = path.read_bytes()
    same_file.hardlink_to(path)
    erase_key(path)
    assert not path.exists()
    assert same_file.read_bytes() != before
    erase_key(path)


def test_a_replaced_key_is_another_one_in_the_same_place(tmp_path: Path) -> None:
    before = make_key(tmp_path / "key").id
    shutil.copy(tmp_path / "key", tmp_path / "copy")
    replace_key(tmp_path / "key")
    assert read_key(tmp_path / "key").id != before
    assert read_key(tmp_path / "copy").id == before
