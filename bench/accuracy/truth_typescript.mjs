// What the TypeScript compiler sees of a package through its entries:
//   node truth_typescript.mjs DIRECTORY_OF_TYPESCRIPT PACKAGE_DIRECTORY
// One line per symbol, in the form that README.md describes.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [, , compiler, given] = process.argv;
const ts = createRequire(import.meta.url)(path.resolve(compiler));
const root = fs.realpathSync(given);
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const name = unmangled(manifest.name);
const options = {
  allowJs: true,
  checkJs: false,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  maxNodeModuleJsDepth: 0,
};

function unmangled(text) {
  const bare = text.startsWith("@types/") ? text.slice(7) : text;
  return bare.includes("__") ? "@" + bare.replace("__", "/") : bare;
}

function* walk(directory, prefix = "") {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    if (entry.isDirectory()) yield* walk(path.join(directory, entry.name), prefix + entry.name + "/");
    else yield prefix + entry.name;
  }
}

function leaves(target) {
  if (typeof target === "string") return [target];
  return target && typeof target === "object" ? Object.values(target).flatMap(leaves) : [];
}

/** The subpaths that users may import. */
function subpaths() {
  const map = manifest.exports;
  if (map === undefined || map === null) {
    const nested = [...walk(root)].filter((file) => file.endsWith("/package.json"));
    return ["", ...nested.map((file) => "/" + path.dirname(file))];
  }
  if (typeof map === "string" || !Object.keys(map).some((key) => key.startsWith("."))) return [""];
  const files = [...walk(root)];
  return Object.entries(map).flatMap(([key, target]) => {
    if (!key.includes("*")) return [key.slice(1)];
    const stars = new Set();
    for (const leaf of leaves(target)) {
      const [before, after] = leaf.replace(/^\.\//, "").split("*");
      const ending = after?.replace(/\.[mc]?js$/, "") ?? "";
      for (const file of files) {
        if (!file.startsWith(before)) continue;
        const rest = file.slice(before.length);
        for (const end of [after, ending + ".d.ts", ending + ".d.mts", ending + ".d.cts"]) {
          if (end !== undefined && rest.endsWith(end)) stars.add(rest.slice(0, rest.length - end.length));
        }
      }
    }
    return [...stars].filter(Boolean).map((star) => key.slice(1).replace("*", star));
  });
}

const host = ts.createCompilerHost(options);
const from = path.join(root, "../".repeat(manifest.name.split("/").length), "..", "user.ts");
const entries = new Map();
for (const subpath of new Set(subpaths())) {
  if (subpath.endsWith(".json")) continue;
  const found = ts.resolveModuleName(name + subpath, from, options, host).resolvedModule;
  const file = found && fs.realpathSync(found.resolvedFileName);
  if (file?.startsWith(root + path.sep)) entries.set(subpath, file);
}
const typed = [...entries.values()].some((file) => /\.[mc]?tsx?$/.test(file));
for (const [subpath, file] of entries) {
  if (typed && subpath && !/\.[mc]?tsx?$/.test(file)) entries.delete(subpath);
}
const program = ts.createProgram([...new Set(entries.values())], options, host);
const checker = program.getTypeChecker();
const own = (declaration) => {
  const file = fs.realpathSync(declaration.getSourceFile().fileName);
  return file.startsWith(root + path.sep) && !file.slice(root.length).includes("/node_modules/");
};

const OF_KIND = {
  class: (d) => ts.isClassLike(d),
  enum: ts.isEnumDeclaration,
  function: (d) => ts.isFunctionLike(d),
  variable: (d) => ts.isVariableDeclaration(d),
  interface: ts.isInterfaceDeclaration,
  type: (d) => ts.isTypeAliasDeclaration(d),
  namespace: (d) => ts.isModuleDeclaration(d),
};

const records = new Map();
const hidden = (declaration) =>
  ts.getJSDocTags(declaration).some((tag) => ["internal", "private", "hidden", "ignore"].includes(tag.tagName.text));
const F = ts.SymbolFlags;

const depth = (text) => text.split(/[./]/).length;
const queue = [];
const expanded = new Map();

function resolved(symbol) {
  return symbol.flags & F.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function visit(symbol, at) {
  const target = resolved(symbol);
  if (!target) return;
  queue.push([target, at]);
}

function exportsOf(symbol, at) {
  const whole = symbol.exports?.get("export=");
  if (whole) {
    const target = resolved(whole);
    const label = target.name === "export=" || target.name === "default" ? "default" : target.name;
    for (const alias of new Set([label, "default"])) visit(whole, `${at}.${alias}`);
  }
  for (const member of checker.getExportsOfModule(symbol)) {
    if (member.escapedName === "export=" || member.escapedName === "prototype") continue;
    const target = resolved(member);
    if (member.escapedName === "default") {
      if (target.name !== "default") visit(member, `${at}.${target.name}`);
    }
    visit(member, `${at}.${member.name}`);
  }
}

for (const [subpath, file] of entries) {
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (symbol) exportsOf(symbol, name + subpath);
}
for (const source of program.getSourceFiles()) {
  if (!own(source)) continue;
  const modular = ts.isExternalModule(source);
  for (const statement of source.statements) {
    if (!ts.isModuleDeclaration(statement)) {
      if (!modular && source.isDeclarationFile) globals(statement);
    } else if (ts.isStringLiteral(statement.name)) {
      const symbol = checker.getSymbolAtLocation(statement.name);
      if (symbol && !statement.name.text.startsWith(".")) {
        const bare = statement.name.text;
        for (const inner of statement.body?.statements ?? []) {
          if (!ts.isModuleDeclaration(inner) || !(inner.flags & ts.NodeFlags.GlobalAugmentation)) continue;
          for (const global of inner.body?.statements ?? []) globals(global);
        }
        if (bare !== name && !bare.startsWith(name + "/")) {
          note(symbol, bare, "namespace");
          exportsOf(symbol, bare);
        }
      }
    } else if (statement.flags & ts.NodeFlags.GlobalAugmentation) {
      for (const inner of statement.body?.statements ?? []) globals(inner);
    } else if (!modular && source.isDeclarationFile) {
      globals(statement);
    }
  }
}

function globals(statement) {
  const names = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map((declaration) => declaration.name)
    : [statement.name];
  for (const node of names) {
    const symbol = node && ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
    if (symbol) visit(symbol, node.text);
  }
}

function kinds(symbol) {
  const found = [];
  if (symbol.flags & F.Class) found.push("class");
  else if (symbol.flags & F.Enum) found.push("enum");
  else if (symbol.flags & F.Function) found.push("function");
  else if (symbol.flags & F.Variable) found.push("variable");
  if (symbol.flags & F.Interface && !(symbol.flags & F.Class)) found.push("interface");
  if (symbol.flags & F.TypeAlias) found.push("type");
  if (!found.length && symbol.flags & F.Module) found.push("namespace");
  if (symbol.flags & F.Constructor) found.push("method");
  if (!found.length && symbol.flags & F.Method) found.push("method");
  if (!found.length && symbol.flags & F.Accessor) found.push("accessor");
  if (!found.length && symbol.flags & F.EnumMember) found.push("enumerator");
  if (!found.length && symbol.flags & F.Property) found.push("property");
  return found;
}

/** Where a symbol is declared; `a.d.ts` and `a.d.cts` are one file in two formats. */
function place(symbol) {
  const declaration = symbol.declarations?.[0];
  if (!declaration) return ts.getSymbolId(symbol);
  const file = declaration.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(declaration.getStart()).line;
  const same = /\.d\.[cm]?ts$/.test(file.fileName) ? file.fileName.replace(/\.d\.[cm]?ts$/, "") : file.fileName;
  return `${same}:${line}:${symbol.name}:${declaration.flags & ts.NodeFlags.BlockScoped}`;
}

function note(symbol, at, kind) {
  const isStatic = !!(ts.getCombinedModifierFlags(symbol.declarations?.[0] ?? {}) & ts.ModifierFlags.Static);
  const key = `${kind}:${isStatic}:${place(symbol)}`;
  const record = records.get(key);
  if (record) {
    record.names.push(at);
    return;
  }
  const all = (symbol.declarations ?? []).filter(own);
  const declarations = all.filter((d) => !hidden(d)).filter(OF_KIND[kind] ?? (() => true));
  if (declarations.length) records.set(key, { names: [at], kind, declarations });
}

const PRIVATE = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

function label(symbol) {
  const declaration = symbol.declarations?.[0];
  if (symbol.escapedName === "__constructor") return "constructor";
  if (declaration?.name && ts.isComputedPropertyName(declaration.name)) return declaration.name.getText();
  if (declaration?.name && ts.isStringLiteralLike(declaration.name)) return declaration.name.text;
  if (declaration?.name && ts.isNumericLiteral(declaration.name)) return declaration.name.getText();
  return symbol.name;
}

function members(symbol, at) {
  const tables = [];
  if (symbol.flags & (F.Class | F.Interface)) tables.push(symbol.members);
  if (symbol.flags & (F.Class | F.Enum | F.Module)) tables.push(symbol.exports);
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)) {
      tables.push(declaration.type.symbol?.members);
    }
  }
  for (const declaration of symbol.declarations ?? []) {
    // Names in brackets are bound late: the tables do not have them.
    for (const member of (declaration.type ?? declaration).members ?? []) {
      if (!member.name || !ts.isComputedPropertyName(member.name) || !member.symbol) continue;
      if (!(ts.getCombinedModifierFlags(member) & PRIVATE)) visit(member.symbol, `${at}.${member.name.getText()}`);
    }
  }
  for (const table of tables) {
    for (const member of table?.values() ?? []) {
      const declaration = member.declarations?.[0];
      const odd = ["__computed", "__call", "__new", "__index", "prototype", "export=", "__export"];
      if (!declaration || odd.includes(member.escapedName) || member.flags & F.TypeParameter) continue;
      if (member.flags & F.Prototype) continue;
      if (declaration.name && ts.isPrivateIdentifier(declaration.name)) continue;
      if (ts.getCombinedModifierFlags(declaration) & PRIVATE) continue;
      if (ts.isBinaryExpression(declaration) || ts.isPropertyAccessExpression(declaration)) continue;
      visit(member, `${at}.${label(member)}`);
    }
  }
}

queue.sort((a, b) => depth(a[1]) - depth(b[1]));
while (queue.length) {
  const [symbol, at] = queue.shift();
  const declarations = symbol.declarations ?? [];
  if (!declarations.some(own) || depth(at) > 16) continue;
  if (declarations.every(hidden)) continue;
  if (symbol.flags & F.ValueModule && declarations.some(ts.isSourceFile)) {
    const times = (expanded.get(symbol) ?? 0) + 1;
    expanded.set(symbol, times);
    if (times <= 4) exportsOf(symbol, at);
    continue;
  }
  for (const kind of kinds(symbol)) note(symbol, at, kind);
  const times = (expanded.get(symbol) ?? 0) + 1;
  expanded.set(symbol, times);
  if (times <= 6) members(symbol, at);
}

/** The declaration's text up to its body. */
function signature(declaration) {
  const source = declaration.getSourceFile().text;
  let node = declaration;
  if (ts.isVariableDeclaration(node) && node.parent.declarations?.length === 1) node = node.parent.parent;
  const start = modifiers(node)?.find((m) => !ts.isDecorator(m))?.getStart() ?? node.getStart();
  let end = node.getEnd();
  const value = declaration.initializer;
  if (ts.isModuleDeclaration(declaration)) end = declaration.body?.getStart() ?? end;
  else if (declaration.body) end = declaration.body.getStart();
  else if (declaration.members && !ts.isTypeAliasDeclaration(declaration)) end = source.indexOf("{", heritageEnd(declaration));
  else if (ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)) end = declaration.type.getStart();
  else if (value && ts.isFunctionLike(value)) end = value.equalsGreaterThanToken?.getStart() ?? value.body.getStart();
  else if (value && ts.isClassLike(value)) end = source.indexOf("{", value.getStart());
  else if (value && value.getText().length > 80) end = value.getStart();
  return source.slice(start, end).replace(/\/\*[^]*?\*\/|\/\/.*/g, " ");
}

function modifiers(node) {
  return node.modifiers;
}

function heritageEnd(declaration) {
  const last = declaration.heritageClauses?.at(-1) ?? declaration.typeParameters?.at(-1) ?? declaration.name;
  return last ? last.getEnd() : declaration.getStart();
}

function doc(declarations) {
  for (const declaration of declarations) {
    const blocks = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
    const text = blocks.length && ts.getTextOfJSDocComment(blocks.at(-1).comment);
    if (text) return text;
  }
  return null;
}

const encode = (text) => (text ? Buffer.from(text).toString("base64") : "-");
for (const { names, kind, declarations } of records.values()) {
  const callable = declarations.filter((d) => !(d.body && declarations.length > 1 && ts.isFunctionLike(d)));
  const shown = ["function", "method", "accessor"].includes(kind) ? callable : callable.slice(0, 1);
  const text = (shown.length ? shown : declarations).map(signature).join("; ");
  console.log([names.join("\x1f"), kind, "1", encode(text), encode(doc(declarations)), ""].join("\t"));
}
