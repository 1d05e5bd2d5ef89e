// The times of events by the clock that all tabs of a browser share, independent of the speed of the test.

/// Watches for this text in an element of this selector. Returns a function that waits for the text and returns its time in ms.
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

/// Records the clicks in this tab from now on. Returns a function that returns the time of the last one in ms.
export async function whenClicked(page) {
  await page.evaluate(() => {
    // Session storage survives the reload after signing out.
    document.addEventListener('click', () => sessionStorage.setItem('clicked', Date.now()), true);
  });
  return async () => Number(await page.evaluate(() => sessionStorage.getItem('clicked')));
}
