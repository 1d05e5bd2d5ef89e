// Prints `[{"file", "bytes", "brotli", "lazy"}, …]` for all files of the page in the given
// folder. A first visit does not download the lazy ones: `index.html` does not name them, and the
// page loads them when it needs them.
//
// The service worker is lazy: the page registers it after the app has started. It then fetches
// the other lazy files.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv.at(-1);
const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(html|css|js|wasm)$/.test(file));

// `index.html` names the worker, but the app loads it.
const first = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<meta [^>]*name="?worker[^>]*>/, '');
const sizes = files.sort().map((file) => {
  const path = join(folder, file);
  const content = readFileSync(path);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  // Compressed copies for the server. It compresses the page itself, because it writes into it.
  if (!/\.html$|service-worker\.js$/.test(file)) {
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
  return {
    file,
    bytes: content.length,
    brotli: brotli.length,
    lazy: file !== 'index.html' && !first.includes(`/${file}`),
  };
});
process.stdout.write(JSON.stringify(sizes));
