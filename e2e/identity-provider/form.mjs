// Reads the bodies of requests.

const LIMIT_BYTES = 16 * 1024;

/// Returns the fields of a form as `URLSearchParams`.
export async function readForm(ctx) {
  return new URLSearchParams(await readText(ctx));
}

/// Returns the body, or fails with 413 if it is too large.
export async function readText(ctx) {
  const chunks = [];
  let length = 0;
  for await (const chunk of ctx.req) {
    length += chunk.length;
    if (length > LIMIT_BYTES) ctx.throw(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
