"""What all tests share: the repository, a copy that may be spoiled, the documents of 2020."""

import shutil
from pathlib import Path

import pytest

from generator.checks.catalogue import EVERY_CHECK
from generator.cli import main

ROOT = Path(__file__).parents[1]
SMALL_FORMS = ("mof-project", "zhuzhou-project")
_FUNDS = "资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 95}"


@pytest.fixture(scope="session")
def documents(tmp_path_factory):
    """The folder output/2020 of a fresh run over the repository's own data."""
    out = tmp_path_factory.mktemp("output")
    assert main(["report", "2020", "--root", str(ROOT), "--out", str(out), "--quiet"]) == 0
    return out / "2020"


@pytest.fixture
def copied_root(tmp_path):
    """A copy of data, schema and templates in which a test may break things."""
    for name in ("data", "schema", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def small_root(tmp_path):
    """A copy with two packages and the data of one unit: what other forms do is no matter here."""
    shutil.copytree(ROOT / "data/2020/zhuzhou", tmp_path / "data/2020/zhuzhou")
    for form_id in SMALL_FORMS:
        shutil.copytree(ROOT / "templates" / form_id, tmp_path / "templates" / form_id)
    for name in ("用语.yaml", "检查.yaml"):
        shutil.copy(ROOT / "templates" / name, tmp_path / "templates")
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    return tmp_path


def write_years(root, files):
    """Write data files below a root that has the two forms of the whole country.

    What no check looks at is put behind the text of a file: 表式 (of a project), 年度, 资金.
    """
    for form_id in ("mof-project", "mof-department"):
        shutil.copytree(ROOT / "templates" / form_id, root / "templates" / form_id)
    for name in ("用语.yaml", "检查.yaml"):
        shutil.copy(ROOT / "templates" / name, root / "templates")
    shutil.copytree(ROOT / "schema", root / "schema")
    for name, text in files.items():
        file = root / "data" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [text.rstrip("\n")]
        if file.name != "_unit.yaml":
            lines += ["表式: mof-project"] if "表式:" not in text else []
            lines += [f"年度: {name[:4]}"]
            lines += [_FUNDS] if "资金:" not in text else []
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def switch_off(root, family):
    """Switch off a family of checks in a root: what they say is no matter there."""
    path = root / "templates/检查.yaml"
    rules = [check.RULE for check in EVERY_CHECK if check.CODE.startswith(family)]
    kept = "placeholder-text: {残留: [……, .....], 空话: [无, 无。, 暂无]}\n"
    path.write_text(kept + "".join(f"{rule}: {{级别: 关闭}}\n" for rule in rules), "utf-8")


def replace_once(path, old, new):
    """Replace a text that stands exactly once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def misspelt(tree, where=()):
    """Yield every copy of the data in which one key is misspelt."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield (*where, key), {(f"{k}误" if k == key else k): v for k, v in tree.items()}
            for place, inner in misspelt(value, (*where, key)):
                yield place, tree | {key: inner}
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            for place, inner in misspelt(item, (*where, index)):
                yield place, [*tree[:index], inner, *tree[index + 1 :]]
