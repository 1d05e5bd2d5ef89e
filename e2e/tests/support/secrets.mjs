// Secrets that were in use, and whether a text holds one of them.

/// No page of ours, and nothing that outlives it, may hold one of these.
const SECRET = new Set(['code', 'code verifier', 'access token', 'refresh token', 'id token', 'client secret', 'session cookie']);

export class Secrets {
  /// What kind each one is.
  #kinds = new Map();

  add(text, kind) {
    if (text) this.#kinds.set(text, kind);
  }

  addAll(other) {
    for (const [text, kind] of other.#kinds) this.#kinds.set(text, kind);
  }

  /// What kinds there were, in alphabetical order.
  kinds() {
    return [...new Set(this.#kinds.values())].sort();
  }

  /// The kinds of secrets in what a browser keeps or shows. E-mail addresses and `state` may be there.
  inBrowser(text) {
    return this.#in(text).filter((kind) => SECRET.has(kind));
  }

  /// The kinds of secrets in a log, where nothing that is known here may be.
  inLog(text) {
    return this.#in(text);
  }

  #in(text) {
    const plain = unescaped(text).toLowerCase();
    const found = [...this.#kinds].filter(([secret]) => plain.includes(secret.toLowerCase()));
    return [...new Set(found.map(([, kind]) => kind))];
  }
}

/// Both as it is and without the escapes of URLs and forms: a secret hides behind neither.
function unescaped(text) {
  const decode = (escape) => {
    try {
      return decodeURIComponent(escape);
    } catch {
      return escape;
    }
  };
  return `${text}\n${text.replace(/(%[0-9a-f]{2})+/gi, decode)}`;
}
