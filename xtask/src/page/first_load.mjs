// Prints `[{"file", "bytes", "brotli", "later"}, …]` of everything that the page in the given folder is made of. `later` are
// files that a first visit does not download: `index.html` names them nowhere, and the page loads them when it needs them.
//
// The service worker is among the latter: the page asks for it once the app has started. It then takes what it keeps, the other
// later files among them, from the browser's cache or the server, when nobody waits for it any more.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv.at(-1);
const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(html|css|js|wasm)$/.test(file));

// The worker is named there, but asked for by the app.
const first = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<meta [^>]*name="?worker[^>]*>/, '');
const sizes = files.sort().map((file) => {
  const path = join(folder, file);
  const content = readFileSync(path);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  // Beside each file, for the server: nothing is compressed while somebody waits. It writes into the page itself, and so compresses that.
  if (!/\.html$|service-worker\.js$/.test(file)) {
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
  return {
    file,
    bytes: content.length,
    brotli: brotli.length,
    later: file !== 'index.html' && !first.includes(`/${file}`),
  };
});
process.stdout.write(JSON.stringify(sizes));
