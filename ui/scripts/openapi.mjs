// Joins openapi/*.yaml into public/openapi.json, which the server serves, and makes src/api/generated.ts of its schemas.
// npm runs it before build, test, lint and dev; neither file is kept in the repository.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';

const folder = new URL('../openapi/', import.meta.url);
const outputs = {
  document: new URL('../public/openapi.json', import.meta.url),
  types: new URL('../src/api/generated.ts', import.meta.url),
};

function merge(into, from) {
  for (const [name, value] of Object.entries(from)) {
    const both = name in into && typeof value === 'object' && !Array.isArray(value);
    if (name in into && !both) throw new Error(`${name} is there twice`);
    if (both) merge(into[name], value);
    else into[name] = value;
  }
}

function load() {
  const document = {};
  for (const file of readdirSync(folder).sort())
    merge(document, parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true }));
  const common = document['x-common-responses'];
  delete document['x-common-responses'];
  for (const operations of Object.values(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      const refs = Object.entries(common[method]).map(([status, name]) => [
        status,
        { $ref: `#/components/responses/${name}` },
      ]);
      operation.responses = { ...Object.fromEntries(refs), ...operation.responses };
    }
  return structuredClone(document);
}

const banner = '// Made by scripts/openapi.mjs of openapi/*.yaml: change those.\n';

async function typesOf(document) {
  const text = JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  const $defs = JSON.parse(text);
  const root = { title: 'Schemas', type: 'object', additionalProperties: false, $defs, properties: {} };
  for (const name of Object.keys($defs)) root.properties[name] = { $ref: `#/$defs/${name}` };
  return compile(root, 'Schemas', {
    bannerComment: banner,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

const document = load();
writeFileSync(outputs.document, `${JSON.stringify(document, null, 1)}\n`);
writeFileSync(outputs.types, await typesOf(document));
