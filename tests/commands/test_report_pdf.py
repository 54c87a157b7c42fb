"""`report --pdf`: with a stand-in for LibreOffice; the real one is asked in tests/pages."""

import json
import shutil

import pytest

from generator.cli import main
from generator.rendering import pdf
from tests.conftest import ROOT, replace_once

FAKE = """#!/bin/sh
echo run >> "$0.log"
for word in "$@"; do
    case $previous in --outdir) mkdir -p "$word"; out=$word;; esac
    previous=$word
    case $word in
        */{bad}.docx) {fault};;
        *.docx) printf '%%PDF-1.6 {text} %%%%EOF\\n' > "$out/$(basename "$word" .docx).pdf";;
    esac
done
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Return a function that puts a stand-in for LibreOffice on the path."""

    def install(bad="none", fault="exit 0", text="one"):
        script = tmp_path / "soffice"
        script.write_text(FAKE.format(bad=bad, fault=fault, text=text))
        script.chmod(0o755)
        monkeypatch.setattr(pdf.shutil, "which", lambda _name: str(script))
        return script.with_name("soffice.log")

    return install


@pytest.fixture
def report(tmp_path):
    def run(*arguments):
        out = tmp_path / "out"
        shared = ["--root", str(ROOT), "--out", str(out), "--project", "zhuzhou/*", "--quiet"]
        return main(["report", "2020", *arguments, *shared]), out / "2020"

    return run


def test_every_document_has_a_pdf_and_the_program_runs_once(office, report):
    log = office()
    code, folder = report("--pdf")
    assert code == 0
    documents = sorted(folder.rglob("*.docx"))
    assert [path.with_suffix(".pdf") for path in documents] == sorted(folder.rglob("*.pdf"))
    assert log.read_text().split() == ["run"]
    assert not list(folder.rglob(".*"))


def test_pdfs_are_counted_where_they_are_wanted(office, tmp_path, capsys):
    words = ["report", "2020", "--root", str(ROOT), "--out", str(tmp_path / "out")]
    for bad, count in (("3", 10), ("none", 11)):
        office(bad=bad, fault="exit 1")
        main([*words, "--pdf"])
        assert f"，{count} 份 PDF；" in capsys.readouterr().out
    main([*words, "--pdf"])  # nothing to do
    assert "11 份文档（0 份有变化），11 份 PDF；" in capsys.readouterr().out
    main(words)
    assert " PDF；" not in capsys.readouterr().out


def test_without_the_program_the_documents_stand(report, monkeypatch, capsys):
    monkeypatch.setattr(pdf.shutil, "which", lambda _name: None)
    code, folder = report("--pdf")
    assert code == 2
    said = capsys.readouterr().err
    assert "没有找到 LibreOffice" in said
    assert "apt install libreoffice-writer" in said
    assert "Windows" in said
    assert len(list(folder.rglob("*.docx"))) == 6
    assert (folder / "manifest.json").is_file()


@pytest.mark.parametrize("fault", ["exit 1", "continue", "kill -9 $$"])
def test_a_document_that_cannot_be_converted_is_a_finding(office, report, capsys, fault):
    office(bad="3", fault=fault)
    code, folder = report("--pdf")
    assert code == 2
    assert capsys.readouterr().out.count("错误 O607") == 1
    assert len(list(folder.rglob("*.docx"))) == 6
    assert len(list(folder.rglob("*.pdf"))) == 5


def test_a_program_that_makes_nothing_is_not_asked_for_each_document(office, report, capsys):
    log = office(bad="*", fault="exit 1")
    assert report("--pdf")[0] == 2
    assert capsys.readouterr().out.count("错误 O607") == 6
    assert log.read_text().split() == ["run", "run"]


def test_a_program_that_hangs_is_ended(office, tmp_path, documents, monkeypatch):
    office(bad="1", fault="sleep 60")
    monkeypatch.setattr(pdf, "_EACH", 0)
    file = next(documents.rglob("*.docx"))
    made = pdf.convert(str(tmp_path / "soffice"), [file], start=1)
    assert made.failed == (file,)


def test_a_pdf_that_somebody_put_there_is_kept(office, report, capsys):
    office()
    code, folder = report("--pdf")
    signed = next(folder.rglob("*.pdf"))
    signed.write_bytes(b"signed")
    code, _ = report("--pdf")
    assert code == 1
    assert "不是本程序上次写的，没有覆盖" in capsys.readouterr().out
    assert signed.read_bytes() == b"signed"
    assert report("--pdf", "--force")[0] == 0
    assert signed.read_bytes() != b"signed"


def test_a_run_without_pdf_does_not_forget_them(office, report):
    office()
    _, folder = report("--pdf")
    before = (folder / "manifest.json").read_bytes()
    assert report() == (0, folder)
    assert (folder / "manifest.json").read_bytes() == before
    assert all("pdf" in one for one in json.loads(before)["documents"])
    office(text="two")
    assert report("--pdf")[0] == 0


def test_the_clock_is_written_over_with_as_many_bytes(office, documents, tmp_path):
    clock = "/CreationDate(D:20261121112233Z) /ID [ <AB12><AB12> ] /DocChecksum /AB"
    office(text=clock)
    file = next(documents.rglob("*.docx"))
    blob = pdf.convert(str(tmp_path / "soffice"), [file]).pdfs[file].decode()
    fixed = "/CreationDate(D:19800101000000Z) /ID [ <0000><0000> ] /DocChecksum /00"
    assert fixed in blob
    assert len(fixed) == len(clock)


def test_what_is_no_package_does_not_stop_the_others(office, documents, tmp_path):
    office()
    bad, file = tmp_path / "bad.docx", next(documents.rglob("*.docx"))
    shutil.copy(__file__, bad)
    made = pdf.convert(str(tmp_path / "soffice"), [bad, file])
    assert made.failed == (bad,)
    assert set(made.pdfs) == {file}


def test_a_pdf_is_made_again_when_its_document_changed_or_it_is_gone(office, small_root, capsys):
    log = office()

    def run(*options):
        return main(["report", "2020", "--root", str(small_root), "--quiet", *options])

    assert run("--pdf") == 0
    assert run("--pdf") == 0
    assert log.read_text().split() == ["run"]
    folder = small_root / "output/2020"
    next(folder.rglob("温暖*.pdf")).unlink()
    assert run("--pdf") == 0
    assert log.read_text().split() == ["run"] * 2
    assert len(list(folder.rglob("*.pdf"))) == 6
    data = small_root / "data/2020/zhuzhou/smart-manufacturing.yaml"
    replace_once(data, "提高了每个", "提高了单个")
    assert run() == 0
    capsys.readouterr()
    assert main(["status", "2020", "--root", str(small_root)]) == 1
    shown = capsys.readouterr().out
    assert "Word 文档已变" in shown
    assert shown.endswith("12 份文档：10 份最新，2 份过期\n")
    office(text="two")
    assert run("--pdf") == 0
    assert log.read_text().split() == ["run"] * 3
    assert sum(b"two" in path.read_bytes() for path in folder.rglob("*.pdf")) == 2
    assert main(["status", "2020", "--root", str(small_root)]) == 0
