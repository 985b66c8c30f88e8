// What Node sees of a package after `require`: own keys of its exports, of functions and of their
// prototypes:  node truth_commonjs.mjs PACKAGE_DIRECTORY
// One line per name, in the form that README.md describes. Runs the package's code.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const root = fs.realpathSync(process.argv[2]);
const require = createRequire(path.join(root, "package.json"));
const manifest = require("./package.json");
const write = process.stdout.write.bind(process.stdout);
// Packages that speak when they are loaded must not speak into the answer.
process.stdout.write = () => true;
const loaded = require(root);

const MAX_SOURCE = 4_000_000;
function* walk(directory) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* walk(file);
    else if (/\.[cm]?js$/.test(file) && fs.statSync(file).size < MAX_SOURCE) yield file;
  }
}
const text = [...walk(root)].map((file) => fs.readFileSync(file, "utf8")).join("\n");

/** Whether some line makes a member of this name, other than by a name that is computed. */
function written(key) {
  const k = key.replace(/[^\w]/g, "\\$&");
  return new RegExp(`[.]${k}\\s*=[^=]|\\b${k}\\s*[:(=]|['"]${k}['"]\\s*(:|\\]\\s*=)|[{,]\\s*${k}\\s*[,}]|\\b(function\\*?|class|get|set|static|async)\\s+${k}\\b`).test(text);
}

/** Whether the text of a function stands behind an assignment to a computed name: `proto[name] = function …`. */
function computed(source) {
  const at = text.indexOf(source);
  return /\[[^'"\]]*\]\s*=\s*$/.test(text.slice(Math.max(0, at - 80), at));
}

/** Why a miss would be no fault. */
function excuse(key, value) {
  if (typeof value === "function") {
    const source = Function.prototype.toString.call(value);
    if (source.includes("[native code]") || !text.includes(source)) return "of another package, of Node, or made at run time";
    if (computed(source)) return "made at run time";
  }
  return written(key) ? "" : "made at run time";
}

const records = new Map();
const values = new Map();
/** One function under several names is one thing. */
function note(names, kind, why, value) {
  const known = (typeof value === "function" && values.get(value)) || records.get(names[0]);
  if (known) {
    known.names.push(...names);
    return;
  }
  const record = { names: [...names], kind, why };
  records.set(names[0], record);
  if (typeof value === "function") values.set(value, record);
}

// What every function has, or inherits and may say again.
const FUNCTION = new Set(["length", "name", "prototype", "arguments", "caller", "toString", "valueOf"]);
function isClass(value) {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function members(value, paths, depth, why) {
  if (depth > 2 || (typeof value !== "object" && typeof value !== "function") || value === null) return;
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set) return;
  const tables = [[value, new Set(typeof value === "function" ? FUNCTION : [])]];
  if (typeof value === "function" && value.prototype) tables.push([value.prototype, new Set(["constructor"])]);
  for (const [table, skip] of tables) {
    for (const key of Object.getOwnPropertyNames(table)) {
      if (skip.has(key) || key === "__esModule" || key.startsWith("_") || !/^[A-Za-z$][\w$]*$/.test(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(table, key);
      let held = descriptor.value;
      if (descriptor.get) {
        // A getter of a prototype wants an instance.
        if (table === value) try { held = value[key]; } catch { held = undefined; }
      }
      visit(held, paths.map((at) => `${at}.${key}`), key, depth, why, table === value ? null : "method");
    }
  }
}

const seen = new Map();
function visit(value, paths, key, depth, why, kind) {
  const reason = why || excuse(key, value);
  const isFunction = typeof value === "function";
  // Data inside of an exported object is no name that users call.
  if (depth > 1 && !isFunction) return;
  note(paths, kind ?? (isFunction ? (isClass(value) ? "class" : "function") : "value"), reason, value);
  if (seen.get(value) > 1) return;
  if (isFunction || typeof value === "object") seen.set(value, (seen.get(value) ?? 0) + 1);
  const own = isFunction && value.name && value.name !== key ? [paths[0].replace(/[^.]*$/, value.name)] : [];
  if (!reason || isFunction) members(value, [...paths, ...own], depth + 1, reason.startsWith("of another") ? reason : "");
}

const name = manifest.name;
const own = typeof loaded === "function" && loaded.name ? [`${name}.${loaded.name}`] : [];
const label = manifest.name.replace(/.*\//, "").replace(/\W/g, "");
if (typeof loaded === "function") {
  note([...own, `${name}.default`, `${name}.${label}`], isClass(loaded) ? "class" : "function", excuse(loaded.name || "default", loaded), loaded);
}
seen.set(loaded, 2);
members(loaded, [name, ...own, `${name}.default`], 1, "");
for (const { names, kind, why } of records.values()) {
  write([[...new Set(names)].join("\x1f"), kind, "1", "-", "-", why].join("\t") + "\n");
}
process.exit(0);
