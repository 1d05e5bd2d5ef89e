// Opens the encrypted session cookie with the secret of the server, to let time pass for a session.

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/// `GNC_COOKIE_SECRET` of the tests that use this module.
export const COOKIE_SECRET = 'the-cookie-secret-of-the-tests-0123456789';

const CIPHER = 'aes-256-gcm';

/// The second key that the `cookie` crate derives (HKDF-SHA-256).
function encryptionKey(clientId) {
  const material = createHash('sha256').update(`gn-collections session cookie\0${clientId}\0${COOKIE_SECRET}`).digest();
  const info = Buffer.from('COOKIE;SIGNED:HMAC-SHA256;PRIVATE:AEAD-AES-256-GCM');
  const expand = (before, counter) => createHmac('sha256', material).update(before).update(info).update(Buffer.from([counter])).digest();
  return expand(expand(Buffer.alloc(0), 1), 2);
}

function open(key, { name, value }) {
  const data = Buffer.from(decodeURIComponent(value), 'base64');
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, 12)).setAAD(Buffer.from(name)).setAuthTag(data.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()]));
}

function seal(key, name, session) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(session)), cipher.final(), cipher.getAuthTag()]);
  return encodeURIComponent(sealed.toString('base64'));
}

export async function sessionCookie(site) {
  const cookies = await site.page.context().cookies(`${site.demo.record.url}/api/v1/oauth2/refresh`);
  return cookies.find(({ name }) => name.includes('gnc-session'));
}

/// Moves times of the session (`started_at`, `used_at`) this many hours into the past.
export async function ageSession(site, hours) {
  const cookie = await sessionCookie(site);
  const key = encryptionKey(site.demo.record.client_id);
  const session = open(key, cookie);
  for (const [time, passed] of Object.entries(hours)) session.times[time] -= passed * 3600;
  const value = seal(key, cookie.name, session);
  site.demo.secrets.add(value, 'session cookie');
  await site.page.context().addCookies([{ ...cookie, value }]);
}
