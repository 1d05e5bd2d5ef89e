// A Chromium with a profile on the disk, which a test can kill like a crash or a power cut.

import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class BrowserProcess {
  #process;
  #browser;

  /// `launchOptions` are those of playwright.config.mjs.
  static async start(profile, { executablePath, args }) {
    const started = new BrowserProcess();
    started.#process = spawn(
      executablePath,
      [...args, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--no-first-run', 'about:blank'],
      // A group of its own, so that its helpers die with it.
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    for await (const line of createInterface({ input: started.#process.stderr })) {
      const endpoint = line.match(/DevTools listening on (ws:\S+)/)?.[1];
      if (endpoint) {
        started.#browser = await chromium.connectOverCDP(endpoint);
        break;
      }
    }
    started.#process.stderr.resume();
    return started;
  }

  async newPage() {
    return this.#browser.contexts()[0].newPage();
  }

  /// Kills the browser, which can write nothing more.
  async kill() {
    const ended = once(this.#process, 'exit');
    process.kill(-this.#process.pid, 'SIGKILL');
    await ended;
  }
}
