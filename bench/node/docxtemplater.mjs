// node docxtemplater.mjs ROOT YEAR TEMPLATES OUT: both documents of every project by docxtemplater.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Docxtemplater from "docxtemplater";
import PizZip from "pizzip";
import { DOCUMENTS, readYear } from "./reading.mjs";

const [root, year, templates, out] = process.argv.slice(2);
const blobs = new Map();
for (const name of Object.keys(DOCUMENTS)) {
  blobs.set(name, readFileSync(path.join(templates, name)));
}
for (const [context, place] of readYear(root, year, out)) {
  const names = { ...context, ...dotted(context) };
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    const options = { paragraphLoop: true, linebreaks: true };
    const template = new Docxtemplater(new PizZip(blobs.get(name)), options);
    template.render(names);
    const blob = template.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    writeFileSync(place(document), blob);
  }
}

/** Return nested values by their dotted names, which is all that its plain parser knows. */
function dotted(names, before = "") {
  const flat = {};
  for (const [name, value] of Object.entries(names)) {
    const isNested = value !== null && typeof value === "object" && !Array.isArray(value);
    if (isNested) Object.assign(flat, dotted(value, `${before}${name}.`));
    else flat[before + name] = value;
  }
  return flat;
}
