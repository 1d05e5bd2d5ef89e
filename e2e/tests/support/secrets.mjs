// A collection of secrets, and the search for them in texts.

/// Kinds of secrets that no page and no storage may hold.
const SECRET = new Set(['code', 'code verifier', 'access token', 'refresh token', 'id token', 'client secret', 'session cookie']);

export class Secrets {
  /// The kind of each secret.
  #kinds = new Map();

  add(text, kind) {
    if (text) this.#kinds.set(text, kind);
  }

  addAll(other) {
    for (const [text, kind] of other.#kinds) this.#kinds.set(text, kind);
  }

  /// Returns the kinds in alphabetical order.
  kinds() {
    return [...new Set(this.#kinds.values())].sort();
  }

  /// Returns the kinds of secrets in a text of the browser, which may have e-mail addresses and `state`.
  inBrowser(text) {
    return this.#in(text).filter((kind) => SECRET.has(kind));
  }

  /// Returns the kinds of secrets in a log, which may have none.
  inLog(text) {
    return this.#in(text);
  }

  #in(text) {
    const plain = unescaped(text).toLowerCase();
    const found = [...this.#kinds].filter(([secret]) => plain.includes(secret.toLowerCase()));
    return [...new Set(found.map(([, kind]) => kind))];
  }
}

/// Returns the text as it is and without the escapes of URLs and forms.
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
