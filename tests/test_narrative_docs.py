"""The example of 正文的写法 in the guide makes its document; its picture is an input of it."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from docx import Document

from generator import cli
from tests.pictures import jpeg_head, png
from tests.test_docs import read, write_examples

PROJECT = "data/2020/shili/jishu-gaizao.yaml"
PICTURE = "data/2020/shili/图/现场.png"


def example() -> str:
    (found,) = re.findall(
        r"^<!-- 正文例子 -->\n```yaml\n(.*?)^```", read("编写数据.md"), re.MULTILINE | re.DOTALL
    )
    return found


@pytest.fixture
def root(copied_root):
    """A root with the complete example of the guide, its report taken from this section."""
    write_examples(copied_root, "编写数据.md")
    data = copied_root / PROJECT
    text = data.read_text(encoding="utf-8").partition("报告:\n")[0] + example()
    data.write_text(text, encoding="utf-8")
    (copied_root / PICTURE).parent.mkdir()
    (copied_root / PICTURE).write_bytes(png(800, 600))
    return copied_root


def run(root, command: str = "report") -> int:
    out = ["--out", str(root / "output")] if command == "report" else []
    return cli.main([command, "2020", "--root", str(root), "--project", "shili/*", *out])


def entry(root) -> dict:
    manifest = json.loads((root / "output/2020/manifest.json").read_text(encoding="utf-8"))
    return next(one for one in manifest["documents"] if "报告" in one["path"])


def test_the_example_is_clean_and_printed(root, capsys) -> None:
    assert run(root) == 0
    assert capsys.readouterr().out.endswith("0 处错误，0 处警告，0 处已豁免\n")
    blob = (root / "output/2020" / entry(root)["path"]).read_bytes()
    document = Document(io.BytesIO(blob))
    texts = [paragraph.text for paragraph in document.paragraphs]
    first = texts.index("（一）项目概况")
    assert texts[first + 1 : first + 10] == [
        "2020年安排企业技术改造补助（示例）资金500.00万元，用于：",
        "1. 补助企业技术改造；",
        "2. 开展培训。",
        "资金使用情况见表1。",
        "表1 2020年资金使用情况（万元）",
        "",
        "现场情况见图1。",
        "",
        "图1 设备安装现场（示例）",
    ]
    listed = texts.index("附件：1. 项目验收意见")
    assert texts[listed + 1 :][:2] == ["2. 补助企业名单", "3. 设备安装现场照片"]
    assert [text for text in texts[listed + 3 :] if text] == [
        "附件2",
        "补助企业名单",
        "附件3",
        "设备安装现场照片",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["设备补助", "460", "440.50", "补助企业15个"]
    assert rows[3] == ["合计", "500.00", "475.50", ""]
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    digest = hashlib.sha256((root / PICTURE).read_bytes()).hexdigest()
    assert pictures == [f"word/media/{digest}.png"]


def test_a_picture_is_an_input_of_its_documents(root) -> None:
    assert run(root) == 0
    before = entry(root)
    (root / PICTURE).write_bytes(png(800, 600, shade=50))
    assert run(root) == 0
    after = entry(root)
    assert PICTURE in before["inputs"]
    assert before["inputs"][PICTURE] != after["inputs"][PICTURE]
    assert before["sha256"] != after["sha256"]


def test_a_missing_picture_is_said_by_check_at_its_line(root, capsys) -> None:
    (root / PICTURE).rename(root / "data/2020/shili/图/现场1.png")
    assert run(root, "check") == 1
    shown = capsys.readouterr().out
    assert shown.count("错误 S214 没有图片「图/现场.png」") == 2
    assert "是不是「图/现场1.png」？" in shown
    assert run(root) == 1
    assert not (root / "output/2020/shili").exists()


def test_a_photo_taken_turned_is_a_warning(root, capsys) -> None:
    (root / PICTURE).write_bytes(jpeg_head(800, 600, orientation=6))
    assert run(root, "check") == 0
    assert "警告 S216 照片「图/现场.png」是转着拍的，印出来可能躺倒" in capsys.readouterr().out


def test_attachments_need_a_template_that_prints_the_whole_report(root, capsys) -> None:
    name = root / "data/2020/jinzhong/innovation.yaml"
    text = name.read_text(encoding="utf-8")
    name.write_text(text.replace("\n评价人员:", "\n  附件: [验收意见]\n\n评价人员:"), "utf-8")
    arguments = ["report", "2020", "--root", str(root), "--out", str(root / "output")]
    assert cli.main([*arguments, "--project", "innovation"]) == 1
    shown = capsys.readouterr().out
    assert "错误 T304 附件印不出来：表式「" in shown
    assert "附件: [验收意见]" in shown
