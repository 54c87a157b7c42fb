"""Where review happens: hooks, `git diff` of Word files and the jobs, run in real repositories."""

import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
from ruamel.yaml import YAML

from tests.commands.diff_repository import AUTHOR, PROJECT, begin, commit, git, replace
from tests.conftest import ROOT

HERE = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{HERE}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def repository(small_root):
    """A bureau's repository with its hooks set up as `make hooks` does."""
    for name in (".githooks", ".ci"):
        shutil.copytree(ROOT / name, small_root / name)
    shutil.copy(ROOT / ".gitattributes", small_root)
    begin(small_root)
    git(small_root, "config", "core.hooksPath", ".githooks")
    git(small_root, "config", "diff.docx.textconv", "ziping text --for-git")
    git(small_root, "config", "core.quotepath", "false")
    return small_root


def run(root, *command, code=0, **variables):
    """Run a command with ziping on the path; what it says."""
    done = subprocess.run(
        command,
        cwd=root,
        env=ENVIRONMENT | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def try_to_commit(root, *, code=0):
    git(root, "add", "--all")
    return run(root, "git", *AUTHOR, "commit", "--quiet", "--message", "更正", code=code)


def write_document(path, *paragraphs):
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.add_table(1, 2).cell(0, 0).text = "得分"
    made.tables[0].cell(0, 1).text = paragraphs[-1][-1]
    made.save(str(path))


def test_what_make_hooks_sets_is_what_is_tested():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nhooks:")[2].split("\n")[1]
    for setting in ("core.hooksPath .githooks", "diff.docx.textconv", "core.quotepath false"):
        assert f"git config {setting}" in recipe
    assert "ziping text --for-git" in recipe


def test_a_good_correction_is_committed(repository):
    replace(repository, PROJECT, ("得分: 9", "得分: 9  # 复核过"))
    assert try_to_commit(repository) == ""


def test_a_wrong_figure_is_not_committed(repository):
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 408"))
    said = try_to_commit(repository, code=1)
    assert "execution-rate" in said
    assert "没有提交。确要这样提交：git commit --no-verify" in said


def test_an_untidy_file_is_not_committed_until_it_is_laid_out(repository):
    replace(repository, PROJECT, ("  年初预算数: 600", "     年初预算数: 600  "))
    text = (repository / PROJECT).read_text(encoding="utf-8")
    text = text.replace("  全年预算数: 600\n", "     全年预算数: 600\n", 1)
    for name in ("全年执行数", "当年财政拨款", "上年结转资金", "其他资金"):
        text = text.replace(f"\n  {name}:", f"\n     {name}:", 1)
    (repository / PROJECT).write_text(text, encoding="utf-8")
    said = try_to_commit(repository, code=1)
    assert f"要整理：{PROJECT}" in said
    run(repository, "ziping", "format", PROJECT)
    assert git(repository, "diff", "HEAD", "--stat") == ""


def test_a_broken_form_is_not_committed(repository):
    file = repository / "templates/zhuzhou-project/rubric.yaml"
    file.write_text("执行率: [", encoding="utf-8")
    assert "templates/zhuzhou-project/rubric.yaml" in try_to_commit(repository, code=1)


def test_other_files_are_no_matter_to_the_hook(repository):
    (repository / "说明.txt").write_text("甲", encoding="utf-8")
    assert try_to_commit(repository) == ""


def test_a_kept_document_can_be_compared(repository):
    path = repository / "留存" / "自评报告.docx"
    path.parent.mkdir()
    write_document(path, "项目概况", "执行数为408万元，得分9")
    commit(repository, "留存")
    write_document(path, "项目概况", "执行数为508万元，得分8")
    for folder in (repository, path.parent):
        shown = run(folder, "git", "diff")
        assert "-执行数为408万元，得分9\n-得分\t9\n" in shown
        assert "+执行数为508万元，得分8\n+得分\t8\n" in shown
    commit(repository, "更正")
    shown = run(repository, "git", "log", "-p", "-1")
    assert "+执行数为508万元，得分8\n" in shown
    path.write_bytes(b"broken")
    assert "+〔不能读作 Word 文件：" in run(repository, "git", "diff")


def test_a_merge_request_is_reviewed(repository, tmp_path):
    git(repository, "checkout", "--quiet", "-b", "更正")
    replace(repository, PROJECT, ("全年执行数: 508", "全年执行数: 408"))
    commit(repository)
    file = tmp_path / "review.md"
    said = run(repository, ".ci/review", "main", "github", str(file), code=1, ZIPING="ziping")
    assert f"::error file={PROJECT},line=" in said
    text = file.read_text(encoding="utf-8")
    assert text.startswith("**数据的变化**：main（")
    assert "| 全年执行数 | 508 | 408 | 减少 100 | 第 15 行 |" in text
    git(repository, "checkout", "--quiet", "main")
    run(repository, ".ci/review", "main", "text", str(file), ZIPING="ziping")
    assert file.read_text(encoding="utf-8").endswith("没有变化。\n")


def test_a_comment_that_is_too_long_is_cut_at_a_line(repository, tmp_path):
    git(repository, "checkout", "--quiet", "-b", "更正")
    lines = "".join(f"        第{n}段：{'甲乙丙丁' * 20}{n}。\n" for n in range(900))
    replace(repository, PROJECT, ("        组织专门会议", f"{lines}        组织专门会议"))
    commit(repository)
    file = tmp_path / "review.md"
    run(repository, ".ci/review", "main", "text", str(file), ZIPING="ziping")
    blob = file.read_bytes()
    assert 50_000 < len(blob) < 61_000
    assert blob.decode().endswith("……太长，没有全部显示。全文：ziping diff main...HEAD\n")


class _Notes(BaseHTTPRequestHandler):
    """As much of GitLab as the comment needs."""

    notes: list = []  # noqa: RUF012 - what the requests leave behind

    def _answer(self, body):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def _body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def do_GET(self):
        self._answer(self.notes)

    def do_POST(self):
        assert self.headers["PRIVATE-TOKEN"] == "甲".encode().hex()
        self.notes.append({"id": len(self.notes) + 1, "body": self._body()})
        self._answer(self.notes[-1])

    def do_PUT(self):
        self.notes[int(self.path.rsplit("/", 1)[1]) - 1]["body"] = self._body()
        self._answer({})

    def log_message(self, *arguments):
        """Stay silent."""


def test_the_comment_of_before_is_written_anew(tmp_path):
    _Notes.notes = [{"id": 1, "body": "同事的话"}]
    server = HTTPServer(("127.0.0.1", 0), _Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api = f"http://127.0.0.1:{server.server_port}/merge_requests/1"
    file = tmp_path / "review.md"
    try:
        for text in ("**数据的变化**：一", "**数据的变化**：二"):
            file.write_text(text, encoding="utf-8")
            token = {"ZIPING_REVIEW_TOKEN": "甲".encode().hex(), "no_proxy": "127.0.0.1"}
            run(tmp_path, sys.executable, str(ROOT / ".ci/comment"), api, str(file), **token)
    finally:
        server.shutdown()
    assert [note["body"] for note in _Notes.notes] == ["同事的话", "**数据的变化**：二"]


@pytest.mark.parametrize(
    "file", [".github/workflows/review.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"]
)
def test_the_jobs_can_be_read_and_call_what_there_is(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    YAML(typ="safe", pure=True).load(text)
    for word in text.split():
        if word.startswith((".ci/", ".githooks/")):
            assert os.access(ROOT / word, os.X_OK), word
