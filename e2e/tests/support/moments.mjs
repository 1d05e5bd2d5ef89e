// When something shows, by the clock that all tabs of a browser share: how soon the test gets to look says nothing of that.

/// Notes when this text first stands in an element of this selector, where it does not yet: a function that waits for it and
/// answers the moment, in milliseconds.
export async function whenShown(page, selector, text) {
  const shown = await page.evaluateHandle(([selector, text]) => {
    const stands = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.trim() === text);
    if (stands()) throw new Error(`“${text}” is there already`);
    const at = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!stands()) return;
        observer.disconnect();
        resolve(Date.now());
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    return { at };
  }, [selector, text]);
  return () => shown.evaluate(({ at }) => at);
}

/// Notes the clicks in this tab from now on: a function that answers the moment of the last one, in milliseconds.
export async function whenClicked(page) {
  await page.evaluate(() => {
    // Kept where it outlives the document: signing out leaves the page, and comes back to it.
    document.addEventListener('click', () => sessionStorage.setItem('clicked', Date.now()), true);
  });
  return async () => Number(await page.evaluate(() => sessionStorage.getItem('clicked')));
}
