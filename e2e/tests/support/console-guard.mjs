// Fails a test on errors in the console, violations of the content security policy among them, and on uncaught errors.

/// Watches every page of a browser context. `allow(pattern)` excuses errors that a test causes on purpose.
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
