"""Zips of others: what is wanted of a good one comes out, and of one that lies or would fill the memory nothing."""

import io
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from hiproutine import zips
from hiproutine.errors import HiproutineError
from tests.hostile_zips import RECORD, TRICKS, packed, repeated

MEMBER = "history/x{}-2026.jsonl"


def is_history(name: str) -> bool:
    return name.startswith("history/")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("before", [b"", b"something in front of it"])
def test_what_is_wanted_comes_out(tmp_path: Path, method: int, before: bytes) -> None:
    content = {"history/a": RECORD * 30_000, "history/b": b"", "history/\xfc": b"x"}
    path = tmp_path / "good.zip"
    path.write_bytes(
        before + packed(*((name, [data]) for name, data in content.items()), ("a", [RECORD]), method=method)
    )
    assert zips.read(path, is_history) == content


def test_a_zip_that_was_written_as_a_stream_is_read(tmp_path: Path) -> None:
    """Its heads hold no sizes; those stand behind each member, and in the list."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with zipfile.ZipFile(pipe := Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("history/a", RECORD)
        archive.writestr("history/b", RECORD * 2)
    (tmp_path / "good.zip").write_bytes(pipe.getvalue())
    assert zips.read(tmp_path / "good.zip", is_history) == {"history/a": RECORD, "history/b": RECORD * 2}


@pytest.mark.parametrize("name", TRICKS)
def test_tricks_are_refused_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("tests.hostile_zips.MB", 10_000)
    monkeypatch.setattr(zips, "_PIECE", 10_000)
    path = tmp_path / "odd.zip"
    path.write_bytes(TRICKS[name](MEMBER))
    tracemalloc.start()
    with pytest.raises(HiproutineError, match=r"odd\.zip: (not a whole zip|it would unpack|it holds more)"):
        zips.read(path, is_history, 1_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


def test_as_much_as_may_be_comes_out_and_no_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(packed(("history/a", repeated(b"\0", 2_000_000)), ("history/b", [b"x"])))
    assert len(zips.read(path, is_history, 2_000_001)) == 2
    with pytest.raises(HiproutineError, match="would unpack to more than 2 MB"):
        zips.read(path, is_history, 2_000_000)


def test_every_byte_that_is_turned_is_told_or_means_nothing(tmp_path: Path) -> None:
    good = packed(("history/a", [RECORD * 5]), ("settings.yaml", [b"sound: bell"]))
    path = tmp_path / "turned.zip"
    refused = 0
    for at in range(len(good)):
        path.write_bytes(good[:at] + bytes([good[at] ^ 255]) + good[at + 1 :])
        try:
            assert zips.read(path, is_history) == {"history/a": RECORD * 5}
        except HiproutineError:
            refused += 1
    assert refused > len(good) // 2


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(OSError, match="not a regular file"):
        zips.read(tmp_path / "pipe.zip", is_history)
