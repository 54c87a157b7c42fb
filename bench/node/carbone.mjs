// node carbone.mjs ROOT YEAR TEMPLATES OUT: both documents of every project by carbone, without
// LibreOffice: Word in, Word out.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import carbone from "carbone";
import { DOCUMENTS, readYear } from "./reading.mjs";

const [root, year, templates, out] = process.argv.slice(2);
const render = promisify(carbone.render);
for (const [context, place] of readYear(root, year, out)) {
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    writeFileSync(place(document), await render(path.resolve(templates, name), context, {}));
  }
}
process.exit(0); // it keeps a timer of its own
