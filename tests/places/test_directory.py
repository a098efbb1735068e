import sys
from pathlib import Path

import brotli
import msgpack
import numpy as np
import pytest

from places import directory
from tests.places.small_directory import write


def test_the_package_is_found_and_read_without_being_imported() -> None:
    """It would import pandas, which nothing else here needs."""
    found = directory.files()
    jersey = directory.read(next(file for file in found if file.name == "postcodes_J.msgpack.br"))
    assert len(found) == 23
    assert {len(column) for column in jersey} == {len(jersey.codes)}
    assert set(jersey.areas) == {"L99999999"}
    assert np.isnan(jersey.latitudes).all()
    assert directory.PACKAGE not in sys.modules
    assert "pandas" not in sys.modules


def test_codes_of_every_width_lose_their_space_and_keep_their_halves(tmp_path: Path) -> None:
    [file] = write(tmp_path, [("A", "AB113AG"), ("A", "AB1 1AA"), ("A", "A1  1AA"), ("A", "AB1A1AA")])
    batch = directory.read(file)
    assert batch.codes == ["AB113AG", "AB11AA", "A11AA", "AB1A1AA"]
    assert batch.outcodes == ["AB11", "AB1", "A1", "AB1A"]


def test_a_reference_becomes_a_position_and_none_becomes_nan(tmp_path: Path) -> None:
    rows = [("L", "LS281AA", "E08000035", 422242.186, 433818.701), ("L", "LS281AB", None, None, None)]
    batch = directory.read(write(tmp_path, rows)[0])
    assert batch.areas == ["E08000035", ""]
    assert batch.latitudes[0] == pytest.approx(53.80021520, abs=1e-7)
    assert batch.longitudes[0] == pytest.approx(-1.66379168, abs=1e-7)
    assert np.isnan([batch.latitudes[1], batch.longitudes[1]]).all()


def test_a_northern_irish_reference_is_on_another_grid_and_gives_no_position(tmp_path: Path) -> None:
    """334316, 374675 is Belfast on the Irish grid and Liverpool's bay on the British one."""
    rows = [
        ("B", "BT1 1AA", "N09000003", 334316.0, 374675.0),
        ("B", "B1  1AA", "E08000025", 407000.0, 287000.0),
    ]
    batch = directory.read(write(tmp_path, rows)[0])
    assert np.isnan(batch.latitudes).tolist() == [True, False]


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path) -> None:
    data = {"osnrth1m": [433818.701], "laua": ["E08000035"], "oseast1m": [422242.186], "pcd": ["LS281AA"]}
    file = tmp_path / "postcodes_L.msgpack.br"
    file.write_bytes(brotli.compress(msgpack.packb({"data": data, "columns": list(data)})))
    assert directory.read(file).latitudes[0] == pytest.approx(53.8002152, abs=1e-7)


def test_a_missing_package_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(directory.DirectoryMissing, match="no postcodes_"):
        directory.files(tmp_path)
    monkeypatch.setattr(directory, "PACKAGE", "no_such_package")
    with pytest.raises(directory.DirectoryMissing, match="no_such_package is not installed"):
        directory.files()


def test_all_but_a_few_thousand_postcodes_of_great_britain_have_a_position() -> None:
    """Of 2.7 million, 8,151 of England, Scotland and Wales have no reference; a wrong grid loses more."""
    placed = without = abroad = 0
    for _, batch in directory.batches(directory.files()):
        known = ~np.isnan(batch.latitudes)
        elsewhere = np.array([code[:2] in {"BT", "IM", "JE", "GY"} for code in batch.codes])
        placed += int((known & ~elsewhere).sum())
        without += int((~known & ~elsewhere).sum())
        abroad += int((known & elsewhere).sum())
    assert placed > 2_600_000
    assert 0 < without < 10_000
    assert abroad == 0
