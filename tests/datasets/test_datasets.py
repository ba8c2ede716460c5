"""The loaders: records, the table made from the originals, the flags, the errors."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inje import datasets
from inje.datasets import _files
from inje.errors import DataError, OptionError

LOADERS = [
    datasets.cdb90,
    datasets.ardennes,
    datasets.iwojima,
    datasets.bodart,
    datasets.acw,
]
ROWS = {"cdb90": 660, "ardennes": 33, "iwojima": 35, "bodart": 1079, "acw": 3008}


@pytest.fixture
def local(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))
    return data


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_frame_has_rows_and_a_record_of_every_column(local, loader):
    frame = loader()
    record = datasets.record(frame)
    assert record.name == loader.__name__
    assert len(frame) == ROWS[record.name]
    assert [column.name for column in record.columns if column.name not in frame.columns] == []
    assert set(frame.columns) == {column.name for column in record.columns}
    assert record.licence
    assert record.citation
    assert record.column(record.columns[0].name).meaning


def test_the_clean_table_equals_the_shared_one(local):
    shared = pd.read_csv(local / "cdb90" / "cdb90_clean.csv")
    made = datasets.cdb90()[list(shared.columns)]
    made.attrs.clear()
    pd.testing.assert_frame_equal(made, shared)


def test_attackers_losses_of_battle_are_kept(local):
    wins = datasets.cdb90()["wina"]
    assert (wins == -1).sum() == 217
    assert wins.isna().sum() == 2


def test_clean_makes_only_codes_and_negative_counts_missing():
    names = {
        **dict.fromkeys(datasets._cdb90_clean._FIRST, 0),
        "isqno": 7,
        "wina": -1,
        "cea": -9,
        "leada": -2,
        "casa": -1,
        "casd": 5,
        "kmda": -12.5,
    }
    patched = pd.DataFrame([{key.upper(): value for key, value in names.items()}])
    battles = pd.DataFrame([{"isqno": 7, **dict.fromkeys(datasets._cdb90_clean._BATTLE, "w")}])
    times = {"datetime_min": "1701-01-02T00:00:00", "datetime_max": "1701-01-03T00:00:00"}
    durations = pd.DataFrame([{"isqno": 7, **times, "duration1": 2, "duration2": 1.5}])
    sides = pd.DataFrame({"isqno": [7, 7], "attacker": [0, 1], "actors": ["D", "A"]})
    row = datasets.clean_cdb90(patched, battles, durations, sides).iloc[0]
    assert row["wina"] == -1
    assert row["leada"] == -2
    assert row["kmda"] == -12.5
    assert np.isnan(row["cea"])
    assert np.isnan(row["casa"])
    assert row["casd"] == 5
    assert (row["actors_a"], row["actors_d"], row["year"]) == ("A", "D", 1701)


def test_capped_durations_are_flagged_and_replaced(local):
    frame = datasets.cdb90()
    longer = frame[frame["elapsed_days"] > 2.1]
    assert len(longer) == 219
    assert (longer["duration2"] <= 2).sum() == 211
    capped = frame[frame["duration2_capped"]]
    assert (capped["duration2"] == 2).all()
    assert (capped["contact_days"] == capped["elapsed_days"]).all()
    assert frame.loc[frame["name"].str.contains("YPRES III"), "contact_days"].max() == 130
    assert frame["contact_days"].min() == 0.1


# Mean and sd of log rate, defenders on attackers and attackers on defenders.
MOMENTS = {
    (1600, 1799): (-1.01, 1.38, -0.85, 1.61),
    (1800, 1899): (-1.14, 1.06, -1.35, 1.30),
    (1900, 1938): (-2.37, 1.69, -3.04, 1.50),
    (1939, 1990): (-3.48, 1.25, -3.82, 1.39),
    (1600, 1990): (-2.36, 1.71, -2.66, 1.88),
}


@pytest.mark.parametrize("years", MOMENTS, ids=lambda years: f"{years[0]}-{years[1]}")
def test_moments_of_the_loss_rates_by_era(local, years):
    frame = datasets.cdb90()
    known = frame["year"].between(*years) & (frame["casa"] > 0) & (frame["casd"] > 0)
    rows = frame[known & frame["contact_days"].notna()]
    on_attackers = np.log(rows["casa"] / (rows["strd"] * rows["contact_days"]))
    on_defenders = np.log(rows["casd"] / (rows["stra"] * rows["contact_days"]))
    found = (on_attackers.mean(), on_attackers.std(), on_defenders.mean(), on_defenders.std())
    assert found == pytest.approx(MOMENTS[years], abs=0.0062)


def test_any_table_with_the_same_columns_can_be_read(local, tmp_path):
    whole = pd.read_csv(local / "cdb90" / "cdb90_clean.csv")
    path = tmp_path / "mine.csv"
    whole.head(20).to_csv(path, index=False)
    assert len(datasets.cdb90(path)) == 20
    whole.drop(columns=["casa", "war4"]).to_csv(path, index=False)
    with pytest.raises(DataError, match="lacks the columns casa, war4"):
        datasets.cdb90(path)
    with pytest.raises(DataError, match="cannot be read as a table"):
        datasets.cdb90(tmp_path / "none.csv")


def test_the_misprint_of_iwo_jima(local):
    right, printed = datasets.iwojima(), datasets.iwojima(corrected=False)
    assert right["effectives"].iloc[18] == 55792
    assert printed["effectives"].iloc[18] == 54792
    assert right["corrected"].sum() == 1
    assert (right["cumulative_casualties"].diff().dropna() >= 0).all()


def test_ardennes_tables(local):
    original, counted = datasets.ardennes(), datasets.ardennes("reformatted")
    assert (counted["blue_total_available"].diff().dropna() <= 0).all()
    assert (original["blue_total_killed"] == counted["blue_total_killed"]).all()
    with pytest.raises(OptionError, match="'original' or 'reformatted'"):
        datasets.ardennes("third")


def test_without_a_local_copy_the_error_says_where_the_original_is(monkeypatch, tmp_path):
    monkeypatch.delenv("INJE_DATA", raising=False)
    with pytest.raises(DataError, match="jrnold/acw_battle_data"):
        datasets.acw()
    monkeypatch.setenv("INJE_DATA", str(tmp_path))
    with pytest.raises(DataError, match="no such file"):
        datasets.iwojima()
    monkeypatch.setenv("INJE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="not a folder"):
        datasets.ardennes()


def test_a_changed_local_copy_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("INJE_DATA", str(tmp_path))
    (tmp_path / "bodart").mkdir()
    for number in ("01", "02", "03", "04"):
        (tmp_path / "bodart" / f"{number}.csv").write_text("year;R0;Rc;B0;Bc\n1620;2;1;2;1\n")
    with pytest.raises(DataError, match="not that of the published file"):
        datasets.bodart()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """A test needs no log of its own requests."""


@pytest.fixture
def server(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield site, f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_file_is_fetched_once_and_checked_by_its_hash(server, monkeypatch, tmp_path):
    site, address = server
    monkeypatch.delenv("INJE_DATA", raising=False)
    monkeypatch.setenv("INJE_CACHE", str(tmp_path / "cache"))
    content = b"year;R0;Rc;B0;Bc\n1620;47500;400;32000;6000\n"
    (site / "01.csv").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    remote = _files.Remote("bodart/01.csv", f"{address}/01.csv", digest)
    (path,) = _files.obtain([remote])
    assert Path(path).read_bytes() == content
    (site / "01.csv").unlink()
    assert _files.obtain([remote]) == (path,)


def test_a_fetched_file_with_another_hash_is_refused(server, monkeypatch, tmp_path):
    site, address = server
    monkeypatch.delenv("INJE_DATA", raising=False)
    monkeypatch.setenv("INJE_CACHE", str(tmp_path / "cache"))
    (site / "01.csv").write_bytes(b"something else")
    remote = _files.Remote("bodart/01.csv", f"{address}/01.csv", "0" * 64)
    with pytest.raises(DataError, match="cannot be fetched"):
        _files.obtain([remote])
    missing = _files.Remote("bodart/02.csv", f"{address}/02.csv", "0" * 64)
    with pytest.raises(DataError, match="set INJE_DATA"):
        _files.obtain([missing])


def test_a_closed_port_is_a_clear_error(server, monkeypatch, tmp_path):
    monkeypatch.delenv("INJE_DATA", raising=False)
    monkeypatch.setenv("INJE_CACHE", str(tmp_path / "cache"))
    remote = _files.Remote("bodart/01.csv", "http://127.0.0.1:9/01.csv", "0" * 64)
    with pytest.raises(DataError, match="a connection, or a local copy"):
        _files.obtain([remote])
