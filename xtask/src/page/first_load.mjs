// The service worker is no part of it: the page asks for it once the app has started, and it takes what it keeps from
// the browser's cache.
//
// Prints `[{"file", "bytes", "brotli"}, …]` of what a first visit of the page in the given folder downloads.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const folder = process.argv.at(-1);
const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(html|css|js|wasm)$/.test(file) && file !== 'service-worker.js');

const sizes = files.sort().map((file) => {
  const content = readFileSync(join(folder, file));
  return { file, bytes: content.length, brotli: brotliCompressSync(content).length };
});
process.stdout.write(JSON.stringify(sizes));
