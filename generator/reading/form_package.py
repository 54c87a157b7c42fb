"""A form package: form.yaml and rubric.yaml after 沿用, checked as a whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.domain.rubrics import CheckSetting, Terms
from generator.findings import Finding, Place, Severity
from generator.reading.form_builder import build_form
from generator.reading.inheritance import (
    Merger,
    expand_names,
    find_doubled,
    without_identity,
)
from generator.reading.package import SETTINGS_FILE, TERMS_FILE, Package, list_forms
from generator.reading.package_check import check_package
from generator.reading.rubric_builder import build_rubric, build_settings, build_terms
from generator.reading.schema_check import SchemaChecker
from generator.reading.settings_check import check_settings
from generator.reading.traced import Merged, Traced, trace, walk
from generator.reading.yaml_source import Source, read_yaml

_DEEPEST = 3  # packages in a chain of 沿用


class PackageReader(Struct, frozen=True):
    """Reads packages below one root; each schema is loaded once."""

    root: Path
    form_schema: SchemaChecker  # of form.yaml as typed
    rubric_schema: SchemaChecker
    resolved_form: SchemaChecker  # of what must be there after 沿用
    resolved_rubric: SchemaChecker

    def read(self, form_id: str) -> Package:
        """Read a package; everything wrong with it is a finding with its place."""
        findings: list[Finding] = []
        chain = self._chain(form_id, findings.append)
        if not chain:
            return Package(form_id, None, None, None, (), tuple(findings))
        rubrics = [self._read_file(one, "rubric.yaml", findings.append) for one, _ in chain]
        sources = [form.source.file for _, form in chain]
        sources += [rubric.source.file for rubric in rubrics if rubric is not None]
        if any(finding.is_blocking for finding in findings):
            return Package(form_id, None, None, None, tuple(sources), tuple(findings))
        merger = Merger(findings.append)
        tree = _fold(merger, [form for _, form in chain])
        written = [rubric for rubric in rubrics if rubric is not None]
        rubric_tree = _fold(merger, written) if written else replace(tree, value={})
        findings += self.resolved_form.check(Merged(tree))
        findings += self.resolved_rubric.check(Merged(rubric_tree))
        if any(finding.is_blocking for finding in findings):
            return Package(form_id, None, None, None, tuple(sources), tuple(findings))
        templates = self._find_templates(tree, [one for one, _ in chain], findings.append)
        form = build_form(form_id, tree, templates=templates)
        rubric = build_rubric(rubric_tree) if rubric_tree.entries else None
        findings += check_package(tree, rubric_tree, form=form, rubric=rubric)
        open_points = sum(one.text("待核") == "是" for t in (tree, rubric_tree) for one in walk(t))
        plain, files = tree.plain(), tuple(sources)
        return Package(form_id, form, rubric, plain, files, tuple(findings), open_points)

    def _chain(self, form_id: str, report: Callable[[Finding], None]) -> list[tuple[str, Traced]]:
        """Return the packages from the form to its last base, each with its form.yaml."""
        chain: list[tuple[str, Traced]] = []
        wanted, place = form_id, Place(f"templates/{form_id}/form.yaml")
        while wanted:
            before = [one for one, _ in chain]
            if wanted in before or len(chain) >= _DEEPEST:
                path = " → ".join([*before, wanted])
                reason = "成环" if wanted in before else f"超过 {_DEEPEST} 层"
                report(_refuse("R204", "form-base", place, f"沿用{reason}：{path}"))
                return []
            form = self._read_file(wanted, "form.yaml", report)
            if form is None:
                message = f"没有表式「{wanted}」：templates/{wanted}/form.yaml 不存在或不能读"
                hint = f"现有表式：{'、'.join(list_forms(self.root)) or '无'}"
                report(_refuse("R204", "form-base", place, message, hint=hint))
                return []
            if form.text("表式") != wanted:
                message = f"表式写作「{form.text('表式')}」，应与文件夹同名「{wanted}」"
                report(_refuse("R205", "form-identity", form.place_of("表式"), message))
            chain.append((wanted, form))
            wanted, place = form.text("沿用"), form.place_of("沿用")
        return chain

    def _read_file(
        self, form_id: str, name: str, report: Callable[[Finding], None]
    ) -> Traced | None:
        """Read and validate one file as typed; None when it is not there or not readable."""
        file = f"templates/{form_id}/{name}"
        path = self.root / file
        if not path.is_file():
            return None
        source = read_yaml(path, file=file)
        checker = self.form_schema if name == "form.yaml" else self.rubric_schema
        findings = [*source.findings, *(checker.check(source) if source.is_readable else ())]
        for finding in findings:
            report(finding)
        if not source.is_readable:
            return None
        tree = expand_names(trace(source))
        for finding in find_doubled(tree):
            report(finding)
        return tree

    def _find_templates(
        self, tree: Traced, chain: list[str], report: Callable[[Finding], None]
    ) -> dict[str, str]:
        """Return the path of each Word template: the form's own, else its base's."""
        found: dict[str, str] = {}
        for document in tree.each("文档"):
            name = document.text("模板")
            paths = [f"templates/{form_id}/{name}" for form_id in chain]
            path = next((path for path in paths if (self.root / path).is_file()), "")
            found[name] = path
            if not path:
                message = f"文档「{document.text('名称')}」的模板不存在：{'、'.join(paths)}"
                place = document.place_of("模板")
                hint = f"运行 ziping form-template {chain[0]}，照表式生成"
                report(_refuse("R206", "template-missing", place, message, hint=hint))
        return found


def read_terms(root: Path, checker: SchemaChecker) -> tuple[Terms, tuple[Finding, ...]]:
    """Read the words by which targets are read."""
    source: Source = read_yaml(root / TERMS_FILE, file=TERMS_FILE)
    findings = [*source.findings, *(checker.check(source) if source.is_readable else ())]
    tree = trace(source)
    return build_terms(tree), (*findings, *_check_words(tree))


def read_settings(
    root: Path, checker: SchemaChecker
) -> tuple[dict[str, CheckSetting], tuple[Finding, ...]]:
    """Read what holds for the checks of all forms; a folder without the file says nothing."""
    if not (root / SETTINGS_FILE).is_file():
        return {}, ()
    source = read_yaml(root / SETTINGS_FILE, file=SETTINGS_FILE)
    findings = [*source.findings, *(checker.check(source) if source.is_readable else ())]
    tree = trace(source)
    return build_settings(tree), (*findings, *check_settings(tree))


def _check_words(tree: Traced) -> Iterator[Finding]:
    """Yield words that stand for two directions, or for a direction and an interval."""
    marks = {mark.string for mark in tree.each("区间")}
    for side in ("前", "后"):
        seen: dict[str, str] = {}
        for direction in tree.each("方向"):
            for word in direction.each(side):
                sign = seen.setdefault(word.string, direction.text("名称"))
                if word.string in marks:
                    message = f"「{word.string}」既写在方向又写在区间"
                    yield _refuse("R219", "terms-word", word.place, message, hint="只留一处")
                if sign != direction.text("名称"):
                    message = f"「{word.string}」既写在「{sign}」又写在「{direction.text('名称')}」"
                    yield _refuse("R219", "terms-word", word.place, message, hint="只留一处")


def _fold(merger: Merger, chain: list[Traced]) -> Traced:
    """Lay each package on its base, from the last base to the form."""
    tree = chain[-1]
    for over in reversed(chain[:-1]):
        tree = merger.merge(without_identity(tree), over)
    return tree


def _refuse(code: str, rule: str, place: Place, message: str, *, hint: str = "") -> Finding:
    return Finding(code, rule, Severity.ERROR, place, message, hint=hint)
