// What usual.py does before docxtpl, for the peers in Node: YAML, JSON Schema, and the names of the
// templates. Nothing is checked beyond the schema and nothing scored.

import { readFileSync, readdirSync, mkdirSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { load } from "js-yaml";

const FUNDS = ["合计", "当年财政拨款", "上年结转资金", "其他资金"];
const AMOUNTS = ["年初预算数", "全年预算数", "全年执行数"];
const NUMBERS = "零一二三四五六七八九十";
const STYLES = ["OfficialBody", "Heading1", "Heading2"];

process.on("uncaughtException", (error) => {
  const [first = error] = error.properties?.errors ?? []; // docxtemplater collects them
  console.error(first.properties?.explanation ?? first.message ?? String(first));
  process.exit(1);
});

export const DOCUMENTS = { "report.docx": "自评报告", "table.docx": "自评表" };

/** Yield what the templates name, and where each project's documents go. */
export function* readYear(root, year, out) {
  const schema = JSON.parse(readFileSync(path.join(root, "schema/mof-project.schema.json")));
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const folder = path.join(root, "data", year);
  for (const unit of readdirSync(folder).sort()) {
    mkdirSync(path.join(out, year, unit), { recursive: true });
    for (const file of readdirSync(path.join(folder, unit)).sort()) {
      const data = load(readFileSync(path.join(folder, unit, file), "utf8"));
      if (!validate(data)) throw new Error(`${file}: ${validate.errors[0].message}`);
      const name = (document) => `${data.项目名称}绩效${document}.docx`;
      yield [fill(data), (document) => path.join(out, year, unit, name(document))];
    }
  }
}

function fill(data) {
  const funds = data.资金;
  const rows = [...listRows(data.绩效指标)];
  const share = funds.全年执行数 / funds.全年预算数;
  const points = rows.reduce((sum, row) => sum + row.分值, 0);
  const score = Math.min(Math.round(share * 1000), 1000) / 100;
  const results = {
    执行率分值: 10,
    执行率: `${Math.round((funds.全年执行数 * 10000) / funds.全年预算数) / 100}%`,
    执行率得分: score,
    分值合计: Math.round((points + 10) * 100) / 100,
    总分: Math.round((points + score) * 100) / 100,
  };
  const printed = {};
  for (const name of FUNDS) {
    const own = name === "合计" ? funds : (funds[name] ?? {});
    printed[name] = Object.fromEntries(AMOUNTS.map((amount) => [amount, own[amount] ?? ""]));
  }
  const { 年度, 项目名称, 主管部门, 实施单位, 年度总体目标 } = data;
  const text = [...listParagraphs(data.报告, { 资金: funds, 结果: results }, 1)];
  const head = { 年度, 项目名称, 主管部门, 实施单位, 年度总体目标 };
  return { ...head, 资金: printed, 结果: results, 绩效指标: rows, 正文: text };
}

function* listRows(tree) {
  for (const [level1, groups] of Object.entries(tree)) {
    for (const [level2, indicators] of Object.entries(groups)) {
      for (const { 名称, 目标值, 完成值, 分值, 偏差原因 = "" } of indicators) {
        const own = { 名称, 目标值, 完成值, 分值, 得分: 分值, 偏差原因 };
        yield { 一级指标: level1, 二级指标: level2, ...own };
      }
    }
  }
}

function* listParagraphs(sections, names, level) {
  const lookUp = (_, dotted) => dotted.split(".").reduce((value, name) => value[name], names);
  let count = 0;
  for (const [heading, below] of Object.entries(sections)) {
    count += 1;
    const number = level === 1 ? `${NUMBERS[count]}、` : `（${NUMBERS[count]}）`;
    yield paragraph(level, number + heading);
    if (typeof below === "string") {
      const lines = below.replace(/\{\{ (\S+) \}\}/g, lookUp).split("\n");
      for (const line of lines) if (line.trim()) yield paragraph(0, line.trim());
    } else {
      yield* listParagraphs(below, names, level + 1);
    }
  }
}

function paragraph(level, text) {
  const kind = { 段: level === 0, 章: level === 1, 节: level === 2 };
  return { 文: text, 样式: STYLES[level], ...kind };
}

