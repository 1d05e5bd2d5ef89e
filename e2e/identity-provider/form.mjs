// Reads the fields of a submitted form.

const LIMIT_BYTES = 16 * 1024;

/// The fields as `URLSearchParams`; a body over the limit is refused with 413.
export async function readForm(ctx) {
  const chunks = [];
  let length = 0;
  for await (const chunk of ctx.req) {
    length += chunk.length;
    if (length > LIMIT_BYTES) ctx.throw(413);
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
