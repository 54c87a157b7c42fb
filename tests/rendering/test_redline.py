"""A redline accepted is the new document, rejected the old one: text, looks, rows, merges."""

import io
import re
import shutil
import zipfile

import pytest

from generator.pipeline import open_workbench
from generator.reading.discovery import project_files
from generator.reading.yaml_source import read_yaml
from generator.rendering.package import read_package, write_package
from generator.rendering.redline import make_redline
from generator.rendering.redline_text import Stamp
from generator.rendering.template_check import Templates
from generator.rendering.validity import find_problems
from tests.conftest import ROOT
from tests.pictures import png
from tests.rendering.redline_edits import TABLE, edit, render
from tests.tracked import W, accept, body_of, canon, reject

FILES = project_files(ROOT, 2020)
IDS = [file.id for file in FILES]
STAMP = Stamp("甲某", "2021-03-01T09:30:00Z")
SEEDS = 5


class World:
    """A copy of the repository whose data are edited."""

    def __init__(self, root):
        for name in ("data", "schema", "templates"):
            shutil.copytree(ROOT / name, root / name)
        self.bench, self.templates = open_workbench(root), Templates(root)
        self.files = {file.id: file for file in project_files(root, 2020)}
        self.data = {k: read_yaml(f.path, file=f.file).value for k, f in self.files.items()}

    def render(self, project, data):
        return render(self.bench, self.templates, self.files[project], data)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("world"))


def redline(old, new):
    """Return a redline that was proved: both ways, valid, and the same bytes again."""
    made = make_redline(old, new, STAMP)
    assert canon(accept(made.blob)) == canon(body_of(new))
    assert canon(reject(made.blob)) == canon(body_of(old))
    assert find_problems(made.blob) == ()
    return made


def told(blob):
    """Return what is kept, deleted and inserted, paragraph by paragraph, where any is."""
    lines = []
    for paragraph in body_of(blob).iter(f"{W}p"):
        line = ""
        for text in paragraph.iter(f"{W}t", f"{W}delText"):
            kinds = [e.tag for e in text.iterancestors() if e.tag in (f"{W}ins", f"{W}del")]
            sign = {f"{W}ins": "+", f"{W}del": "-"}[kinds[0]] if kinds else ""
            line += f"[{sign}{text.text}]" if sign and text.text else text.text or ""
        if "[" in line:
            lines.append(line)
    return lines


def rows(blob, kind):
    """Return the texts of the rows that are inserted or deleted."""
    found = [r for r in body_of(blob).iter(f"{W}tr") if r.find(f"{W}trPr/{W}{kind}") is not None]
    return ["|".join(c.xpath("string()") for c in row.findall(f"{W}tc")) for row in found]


@pytest.mark.parametrize("project", IDS)
def test_random_edits_are_accepted_and_rejected(world, project):
    data = world.data[project]
    documents = world.render(project, data)
    compared = 0
    for seed in range(SEEDS):
        edited = world.render(project, edit(data, seed))
        for name in documents.keys() & edited.keys():
            redline(documents[name], edited[name])
            redline(edited[name], documents[name])
            compared += documents[name] != edited[name]
    assert compared >= SEEDS // 2


@pytest.mark.parametrize("project", IDS)
def test_a_document_becomes_any_other(world, project):
    """However little two documents share, of two forms even, nothing is lost."""
    others = IDS[IDS.index(project) + 1 :] + IDS[: IDS.index(project)]
    own = world.render(project, world.data[project])
    other = world.render(others[0], world.data[others[0]])
    for old in own.values():
        for new in other.values():
            redline(old, new)


@pytest.mark.parametrize("project", IDS)
def test_what_is_the_same_has_no_change(world, project):
    for blob in world.render(project, world.data[project]).values():
        made = redline(blob, blob)
        assert made.changes == 0
        assert canon(body_of(made.blob)) == canon(body_of(blob))


WARM = "2020/zhuzhou/warm-enterprises"
SUZHOU = "2020/suzhou/manufacturing-base"


def changed(world, project, name, change):
    """Return the redline of a document of a project whose data are changed."""
    old, data = world.render(project, world.data[project]), edit(world.data[project], 0, 0)
    change(data)
    return redline(old[name], world.render(project, data)[name])


def test_a_number_is_replaced_whole(world):
    def change(data):
        data["资金"]["全年执行数"] = "215.7"

    lines = told(changed(world, WARM, "自评报告", change).blob)
    assert lines == ["全年,上述资金共支出[-215.2][+215.7]万元,结余[-24.2][+23.7]万元。"]


def test_the_first_row_of_a_merge_is_deleted_with_its_merge(world):
    def change(data):
        del data["绩效指标"]["产出指标"]["数量指标"][0]

    blob = changed(world, WARM, "自评表", change).blob
    assert [row.count("开展主题活动") for row in rows(blob, "del")] == [1, 0]
    assert len(rows(blob, "ins")) == 1
    assert "交办解决企业问题" in rows(blob, "del")[1]
    assert "交办解决企业问题" in rows(blob, "ins")[0]


def test_a_later_row_of_a_merge_is_one_row(world):
    def change(data):
        del data["绩效指标"]["产出指标"]["数量指标"][1]
        data["绩效指标"]["满意度指标"]["服务对象满意度指标"].append(
            {"名称": "某项满意率", "目标值": "90%", "完成值": "91%", "分值": "1", "得分": "1"}
        )

    blob = changed(world, WARM, "自评表", change).blob
    assert any("交办解决企业问题" in row for row in rows(blob, "del"))
    assert any("某项满意率" in row for row in rows(blob, "ins"))


def test_a_merge_divided_for_the_page_does_not_delete_rows(world):
    """A row less moves every division of a long merge; only that row is deleted."""

    def change(data):
        del data["绩效指标"]["产出目标"][8]

    blob = changed(world, SUZHOU, "自评价报告", change).blob
    assert [row.count("打造市级先导产业集聚区数量") for row in rows(blob, "del")] == [1]
    assert rows(blob, "ins") == []


def test_a_table_of_the_narrative_comes_grows_and_goes(world):
    def with_rows(count):
        data = edit(world.data[WARM], 0, 0)
        texts = data["报告"]["基本情况"]
        table = {**TABLE["表"], "行": TABLE["表"]["行"][:count]}
        if count:
            texts["项目概况"] = ["甲。\n", {"表": table}, "乙。\n"]
        return world.render(WARM, data)["自评报告"]

    none, one, two = (with_rows(count) for count in range(3))
    assert rows(redline(one, two).blob, "ins") == ["乙项|7"]
    assert len(rows(redline(none, two).blob, "ins")) == 3
    assert len(rows(redline(two, none).blob, "del")) == 3


def test_a_table_of_other_columns_does_not_touch_the_new_one(world):
    def with_columns(names):
        data = edit(world.data[WARM], 0, 0)
        table = {"题": "甲乙两项", "列": names, "行": [list(names)]}
        data["报告"]["基本情况"]["项目概况"] = ["甲。\n", {"表": table}]
        return world.render(WARM, data)["自评报告"]

    blob = redline(with_columns(["项", "数"]), with_columns(["项", "数", "备注"])).blob
    tables = list(body_of(blob).iter(f"{W}tbl"))
    assert len(tables) == 2
    assert all(table.getnext().tag == f"{W}p" for table in tables)


def test_a_picture_that_is_replaced_is_deleted_and_inserted(world):
    """Both are in the package; the one whose text moved is no change."""

    def with_pictures(*shades):
        folder = world.files[WARM].path.parent / "图"
        folder.mkdir(exist_ok=True)
        data = edit(world.data[WARM], 0, 0)
        blocks = data["报告"]["基本情况"]["项目概况"] = ["甲。"]
        for shade in shades:
            (folder / f"{shade}.png").write_bytes(png(300, 200, shade))
            blocks.append({"图": {"题": "现场", "文件": f"图/{shade}.png"}})
        return world.render(WARM, data)["自评报告"]

    made = redline(with_pictures(10, 20), with_pictures(10, 30))
    body = body_of(made.blob)
    drawn = {kind: len(list(body.iter(f"{W}{kind}"))) for kind in ("ins", "del", "drawing")}
    assert drawn == {"ins": 1, "del": 1, "drawing": 3}
    members = read_package(io.BytesIO(made.blob))
    assert sum(name.startswith("word/media/") for name in members) == 3
    assert redline(with_pictures(20), with_pictures(10, 20)).changes == 2
    assert redline(with_pictures(20), with_pictures()).changes == 2


def test_paragraphs_at_the_end_keep_the_last_mark():
    """Text typed behind the last paragraph: the mark before it is the inserted one."""
    old = document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    new = document("<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>")
    for left, right in ((old, new), (new, old)):
        body = body_of(redline(left, right).blob)
        marks = [p.find(f"{W}pPr/{W}rPr") is not None for p in body.iter(f"{W}p")]
        assert marks == [True, False]


def document(body, **parts):
    """Return a document of this repository with another body."""
    with zipfile.ZipFile(next((ROOT / "templates").glob("*/report.docx"))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["word/document.xml"].decode()
    section = re.search(r"<w:sectPr.*</w:sectPr>", text, re.S)[0]
    head = text[: text.index("<w:body>")]
    whole = f"{head}<w:body>{body}{section}</w:body></w:document>"
    return write_package({**members, "word/document.xml": whole.encode(), **parts})


LINK = '<w:hyperlink w:anchor="a"><w:r><w:t>{}</w:t></w:r></w:hyperlink>'
BODIES = {
    "look": (
        "<w:p><w:r><w:t>甲12乙</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>12</w:t></w:r>"
        "<w:r><w:t>乙</w:t></w:r></w:p>",
    ),
    "alignment": (
        '<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
    ),
    "breaks": (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/></w:r></w:p>",
    ),
    "field": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        "<w:p><w:r><w:t>页</w:t></w:r></w:p>",
    ),
    "link": (f"<w:p>{LINK.format('甲')}</w:p>", "<w:p><w:r><w:t>乙</w:t></w:r></w:p>"),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_else_stands_in_a_paragraph(name):
    for left, right in (BODIES[name], BODIES[name][::-1]):
        assert redline(document(left), document(right)).changes


def test_two_bookmarks_of_one_name_do_not_meet():
    marked = '<w:p><w:bookmarkStart w:id="{0}" w:name="a"/><w:r><w:t>{1}</w:t></w:r>'
    marked += '<w:bookmarkEnd w:id="{0}"/></w:p>'
    made = redline(document(marked.format(1, "甲")), document(marked.format(1, "乙")))
    assert told(made.blob) == ["[-甲][+乙]"]


def test_styles_that_only_deleted_text_has_come_with_it():
    styles = read_package(io.BytesIO(document("<w:p/>")))["word/styles.xml"].decode()
    own = '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="own"/></w:style></w:styles>'
    styled = '<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p/>'
    more = styles.replace("</w:styles>", own).encode()
    made = redline(document(styled, **{"word/styles.xml": more}), document("<w:p/>"))
    assert made.untracked == ("样式",)


def test_author_and_date_are_those_given_and_numbers_are_unique(world):
    def change(data):
        data["资金"]["全年执行数"] = "215.7"

    body = body_of(changed(world, WARM, "自评表", change).blob)
    tracked = [e for e in body.iter() if e.get(f"{W}author")]
    assert {(e.get(f"{W}author"), e.get(f"{W}date")) for e in tracked} == {
        ("甲某", "2021-03-01T09:30:00Z")
    }
    numbers = [e.get(f"{W}id") for e in tracked]
    assert len(numbers) == len(set(numbers)) > 1


def test_the_same_sides_give_the_same_bytes_and_no_date_where_there_is_none():
    old, new = document("<w:p/>"), document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    made = [make_redline(old, new, Stamp("甲某", "")).blob for _ in range(2)]
    assert made[0] == made[1]
    assert f"{W}date".encode() not in made[0]
    assert not [e for e in body_of(made[0]).iter() if e.get(f"{W}date")]
