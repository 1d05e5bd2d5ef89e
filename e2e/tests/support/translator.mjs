// A translator like those of Chrome and Edge, which puts two `<font>` elements with the translation in the place of each text.

/// Adds `window.translate`, which translates all texts of the page; runs in every page before its scripts. With `goesOn` it does
/// so after each change, too. The "translation" is the text itself, or the text with `mark` around it.
export function installTranslator({ goesOn, mark }) {
  const isOurs = (node) => node.parentElement?.closest('[translate="no"], script, style, font');
  const made = (text) => {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    outer.append(inner);
    inner.append(`${mark}${text}${mark}`);
    return outer;
  };
  window.translate = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.data.trim() && !isOurs(text)) text.replaceWith(made(text.data));
    }
  };
  if (!goesOn) return;
  addEventListener('DOMContentLoaded', () => {
    const options = { childList: true, characterData: true, subtree: true };
    // In a task of its own, as an extension does.
    const observer = new MutationObserver(() => setTimeout(window.translate));
    observer.observe(document.body, options);
    window.translate();
  });
}
