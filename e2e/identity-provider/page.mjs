// The layout of the provider's pages, and the escaping of input.

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 24rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.5rem; }
  label { display: block; margin-top: 1rem; }
  input, button { display: block; box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
  button { margin-top: 1.5rem; }
  [role=alert] { border-left: .25rem solid; padding-left: .75rem; }
`;

export function page(title, body) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</html>
`;
}

/// Returns a paragraph that screen readers read at once, or nothing.
export function alert(message) {
  return message ? `<p role="alert">${escape(message)}</p>` : '';
}

/// Returns an input with its label.
export function field({ label, name, type = 'text', value = '', autocomplete }) {
  return `<label for="${name}">${escape(label)}</label>
<input id="${name}" name="${name}" type="${type}" value="${escape(value)}" autocomplete="${autocomplete}" required>`;
}

export function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
