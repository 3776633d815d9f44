// Writes a .gz beside every built text file over 1 KiB, for the server to send as it is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = new URL('../dist/', import.meta.url).pathname;
const text = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt']);

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !text.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  if (content.length <= 1024) continue;
  const packed = gzipSync(content, { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  console.log(`${path.slice(root.length)}  ${content.length} -> ${packed.length}`);
}
