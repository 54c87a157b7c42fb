"""Several processes and a cluster make what one process makes, and lose nothing when one dies."""

import os
import shutil
import signal
import sys
import time
from threading import Thread

import pytest
from distributed import LocalCluster

from bench.data import copy_forms, write_year
from generator.cli import main
from generator.commands import report_cluster, report_work, report_workers
from tests.commands.test_report import digests
from tests.commands.test_report_remembered import replace_in_template
from tests.conftest import ROOT, replace_once

YEAR = 2030


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Return four units; in one of them a project cannot be read."""
    root = tmp_path_factory.mktemp("workers")
    copy_forms(ROOT, root)
    write_year(root, projects=12, indicators=20)
    data = root / f"data/{YEAR}"
    for number, path in enumerate(sorted((data / "unit000").iterdir())):
        folder = data / f"unit{number % 4:03}"
        folder.mkdir(exist_ok=True)
        path.rename(folder / path.name)
    replace_once(data / "unit001/project00005.yaml", "资金:", "资金: [")
    return root


def run(root, out, *options):
    return main(["report", str(YEAR), "--root", str(root), "--out", str(out), *options])


@pytest.fixture(scope="module")
def alone(root, tmp_path_factory):
    """Return what one process makes, by hash."""
    out = tmp_path_factory.mktemp("alone")
    assert run(root, out, "--jobs", "1", "--quiet") == 1
    found = digests(out)
    assert len(found) == 11 * 2 + 1
    return found


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield cluster


def address(cluster):
    return cluster.scheduler_address.replace("tcp://", "dask://")


def test_two_processes_make_the_same_bytes(root, tmp_path, alone, capsys):
    assert run(root, tmp_path / "one", "--jobs", "1") == 1
    one = capsys.readouterr().out
    assert run(root, tmp_path / "two", "--jobs", "2") == 1
    assert capsys.readouterr().out.replace("/two/", "/one/") == one
    assert digests(tmp_path / "two") == alone


def test_what_a_killed_process_leaves_is_made_here(root, tmp_path, alone, monkeypatch):
    """Forked workers die at their first unit."""
    parent, real = os.getpid(), report_work.Workshop.make

    def die(self, unit, note=None):
        if os.getpid() != parent and unit.unit_id.endswith("unit002"):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, unit, note)

    monkeypatch.setattr(report_work.Workshop, "make", die)
    assert run(root, tmp_path, "--jobs", "2", "--quiet") == 1
    assert digests(tmp_path) == alone


def test_when_all_processes_have_died_the_rest_is_made_here(tmp_path, monkeypatch):
    copy_forms(ROOT, tmp_path)
    write_year(tmp_path, projects=24, indicators=9)
    data = tmp_path / f"data/{YEAR}"
    for path in sorted((data / "unit000").iterdir()):
        folder = data / path.stem
        folder.mkdir()
        path.rename(folder / path.name)
    (data / "unit000").rmdir()
    parent, real = os.getpid(), report_work.Workshop.make

    def die(self, unit, note=None):
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, unit, note)

    monkeypatch.setattr(report_work.Workshop, "make", die)
    assert run(tmp_path, tmp_path / "out", "--jobs", "2", "--quiet") == 0
    assert len(digests(tmp_path / "out")) == 24 * 2 + 1


def test_a_cluster_makes_the_same_bytes(root, tmp_path, alone, cluster):
    assert run(root, tmp_path, "--executor", address(cluster), "--quiet") == 1
    assert digests(tmp_path) == alone


def test_workers_that_stay_know_nothing_of_the_last_run(root, tmp_path, cluster):
    copy = tmp_path / "root"
    for name in ("templates", "schema", "data"):
        shutil.copytree(root / name, copy / name)
    options = ("--executor", address(cluster), "--quiet")
    assert run(copy, tmp_path / "out", *options) == 1
    file = copy / f"data/{YEAR}/unit002/project00002.yaml"
    replace_once(file, "支出{{ 资金.全年执行数 }}万元。", "支出{{ 资金.全年执行数 }}万元整。")
    replace_in_template(copy / "templates/mof-project/table.docx", "自评表", "自己评价表")
    assert run(copy, tmp_path / "out", *options) == 1
    assert run(copy, tmp_path / "fresh", "--jobs", "1", "--quiet") == 1
    assert digests(tmp_path / "out") == digests(tmp_path / "fresh")


def test_a_killed_worker_of_a_cluster_loses_nothing(root, tmp_path, alone, cluster):
    workers = [nanny.process.pid for nanny in cluster.workers.values()]

    def kill():
        while not list(tmp_path.rglob("*.docx")):
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGKILL)

    killer = Thread(target=kill)
    killer.start()
    assert run(root, tmp_path, "--executor", address(cluster), "--quiet") == 1
    killer.join()
    assert digests(tmp_path) == alone


def test_a_cluster_without_workers_is_not_waited_for(root, tmp_path, alone, monkeypatch):
    monkeypatch.setattr(report_workers, "_LOOK", 0.05)
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        assert run(root, tmp_path, "--executor", address(empty), "--quiet") == 1
    assert digests(tmp_path) == alone


@pytest.mark.parametrize(
    "case",
    [
        ("10.0.0.1:8786", "--executor 不能是「10.0.0.1:8786」"),
        ("dask://nowhere", "--executor 不能是「dask://nowhere」"),
        ("dask://127.0.0.1:1", "连不上 dask://127.0.0.1:1"),
    ],
)
def test_a_cluster_that_is_not_there_is_one_line(root, tmp_path, capsys, monkeypatch, case):
    said, line = case
    monkeypatch.setattr(report_cluster, "_PATIENCE", 1)
    assert run(root, tmp_path, "--executor", said) == 2
    assert line in capsys.readouterr().err


@pytest.mark.parametrize("said", ["0", "-1", "two", "65"])
def test_a_number_of_processes_that_is_none_is_one_line(root, tmp_path, capsys, said):
    assert run(root, tmp_path, f"--jobs={said}") == 2
    assert f"--jobs 不能是「{said}」" in capsys.readouterr().err


def test_without_the_extra_the_line_says_how_to_get_it(root, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "generator.commands.report_cluster", raising=False)
    assert run(root, tmp_path, "--executor", "dask://127.0.0.1:1") == 2
    assert "make cluster" in capsys.readouterr().err
