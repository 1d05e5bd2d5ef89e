// No test may pass while the browser complains: an error in the console (a CSP violation is one) or an uncaught one.

/// Watches every page of a browser context. `allow(pattern)` excuses what a test provokes on purpose.
export class ConsoleGuard {
  #complaints = [];
  #excused = [];

  constructor(context) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#complaints.push(String(error.error())));
  }

  allow(pattern) {
    this.#excused.push(pattern);
  }

  complaints() {
    return this.#complaints.filter((complaint) => !this.#excused.some((pattern) => pattern.test(complaint)));
  }
}
