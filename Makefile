# The front door: every recipe is one line; what it does stands behind ##.
PYTHON ?= python3
BIN := .venv/bin
PROJECT ?=
INDICATOR ?=
FORCE ?=
FORMAT ?= text
FORM ?=
MARK ?=
PDF ?=
DRAFT ?=
ONLY ?=
SEVERITY ?=
REV ?=
REV2 ?=
FILE ?=

.DEFAULT_GOAL := help
.PHONY: help report check explain diff redline status verify tidy hooks cluster schema new-form form-template lint-template lint test test-pages pages guide-pictures catalogue bench format clean

help:  ## 显示本说明
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

report: .venv/ready  ## 生成一个年度的全部文档：make report YEAR=2020（可加 PDF=1、DRAFT=1、FORCE=1）
	@$(BIN)/ziping report $(YEAR) --project "$(PROJECT)" --format $(FORMAT) $(if $(FORCE),--force) $(if $(PDF),--pdf) $(if $(DRAFT),--draft)

check: .venv/ready  ## 只核对，不生成文档：make check YEAR=2020（可加 ONLY=fund-rows SEVERITY=错误 FORMAT=json）
	@$(BIN)/ziping check $(YEAR) --project "$(PROJECT)" --format $(FORMAT) --only "$(ONLY)" --severity "$(SEVERITY)"

explain: .venv/ready  ## 说明一个数怎么来的：make explain PROJECT=单位/项目 INDICATOR=指标
	@$(BIN)/ziping explain "$(PROJECT)" "$(INDICATOR)" --format $(FORMAT)

diff: .venv/ready  ## 比对两个版本：make diff REV=HEAD~1（可加 REV2= PROJECT= FORMAT=markdown）
	@$(BIN)/ziping diff $(REV) $(REV2) --project "$(PROJECT)" --format $(FORMAT)

status: .venv/ready  ## 哪些文档最新、过期、缺失、被手工改过：make status YEAR=2020
	@$(BIN)/ziping status $(YEAR) --format $(FORMAT)

redline: .venv/ready  ## 有变化的 Word 文档写成带修订标记的：make redline REV=HEAD~1（可加 REV2= PROJECT= FORCE=1）
	@$(BIN)/ziping redline $(REV) $(REV2) --project "$(PROJECT)" $(if $(FORCE),--force)

verify: .venv/ready  ## 验真：make verify FILE=自评表.docx（可加 FORMAT=json）
	@$(BIN)/ziping verify "$(FILE)" --format $(FORMAT)

tidy: .venv/ready  ## 整理数据文件的缩进和空白，不改内容和注释
	@$(BIN)/ziping format

hooks: .venv/ready  ## 装上提交前的核对，让 git diff 显示 Word 文件的文字
	@git config core.hooksPath .githooks && git config diff.docx.textconv ".venv/bin/ziping text --for-git" && git config core.quotepath false

schema: .venv/ready  ## 由表式重新生成 schema/ 下的数据模式
	@$(BIN)/ziping schema

new-form: .venv/ready  ## 做一个新表式：make new-form ID=shili-form EXTENDS=mof-project NAME=表的名称
	@$(BIN)/ziping new-form $(ID) $(if $(EXTENDS),--extends $(EXTENDS)) $(if $(NAME),--name "$(NAME)")

form-template: .venv/ready  ## 照表式生成还没有的 Word 模板：make form-template FORM=shili-form
	@$(BIN)/ziping form-template $(FORM) $(if $(AGAIN),--again $(AGAIN))

lint-template: .venv/ready  ## 查 Word 模板：make lint-template FORM=shili-form（加 MARK=1 另写一份带批注的）
	@$(BIN)/ziping lint-template $(FORM) --format $(FORMAT) $(if $(MARK),--mark)

cluster: .venv/ready  ## 装上在几台机器上一起生成要用的软件
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.lock

lint: .venv/ready-dev  ## 检查代码（ruff、mypy）
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

test: lint  ## 检查代码并运行全部测试，只需要 Python
	@$(BIN)/pytest

test-pages: .venv/ready-dev  ## 用 LibreOffice 和 Open XML 校验器检查文档（自行安装所需软件）
	@sh tests/pages/run.sh $(BIN)

pages: .venv/ready-dev  ## 把一个年度的文档画成图片：make pages YEAR=2020
	@$(BIN)/python -m tests.pages.look output/$(YEAR)

guide-pictures: .venv/ready-dev  ## 重画 docs/图/ 里的图（要有 LibreOffice，先运行一次 make test-pages）
	@$(BIN)/python -m tests.pages.guide_pictures

catalogue: .venv/ready-dev  ## 由各条检查重写 docs/检查目录.md
	@ZIPING_ACCEPT=1 $(BIN)/pytest tests/test_docs.py -k the_catalogue_is_what_explain_prints

bench: .venv/ready-dev  ## 测量速度，与别的程序比：可加 PART=pipeline PROJECTS=50 LONG=1（见 docs/速度.md）
	@$(BIN)/python -m bench $(PART) $(if $(PROJECTS),--projects $(PROJECTS)) $(if $(LONG),--long)

format: .venv/ready-dev  ## 整理代码格式
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean:  ## 删去虚拟环境和生成的文档
	@rm -rf .venv build output

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q generator  # so that no run compiles it again
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock requirements-cluster.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.lock
	@touch $@
