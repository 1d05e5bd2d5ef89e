// The site as people use it: by the names of buttons, links and headings.

import { expect } from '@playwright/test';

export class Site {
  constructor(page, demo) {
    this.page = page;
    this.demo = demo;
  }

  /// The same site in a new tab of the same browser.
  async anotherTab() {
    return new Site(await this.page.context().newPage(), this.demo);
  }

  heading(name) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /// The offer above the list.
  offer(name) {
    return this.page.getByRole('region', { name });
  }

  /// Every offer there can be.
  offers() {
    return this.page.getByRole('button', { name: /^(Migrate data|Import existing collections)$/ });
  }

  /// A row of the list of collections.
  row(name) {
    return this.page.getByRole('listitem').filter({ has: this.link(name) });
  }

  async open(path = '/') {
    await this.page.goto(path);
    // What stands there until the app does has a heading too.
    await expect(this.page.locator('#starting')).toBeHidden();
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /// Signs in by the page's own button. `open` comes first.
  async signIn(email, { password = 'demo', name, patience } = {}) {
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(this.page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: patience });
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Sign in').click();
    await this.confirm(name ?? this.demo.person(email).name, patience);
    await this.expectSignedIn(name ?? this.demo.person(email).name, patience);
  }

  /// Says that it is oneself, where the sign-in server drops what ties its answer to a sign-in.
  async confirm(name, patience) {
    if (!this.demo.mediated) return;
    await expect(this.heading(`Continue as ${name}?`)).toBeVisible({ timeout: patience });
    await this.button('Continue').click();
  }

  /// `patience` is how long that may take, in milliseconds.
  async expectSignedIn(name, patience) {
    const banner = this.page.getByRole('banner');
    await expect(banner.getByText(name)).toBeVisible({ timeout: patience });
    await expect(banner.getByRole('button', { name: 'Sign out' })).toBeVisible();
  }

  /// Signs out, everywhere: by way of the sign-in server where it has a session of its own to end.
  async signOut() {
    await this.settle();
    const banner = this.page.getByRole('banner');
    await banner.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(banner.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  }

  async openSignedIn(email) {
    await this.open();
    await this.signIn(email);
  }

  /// Signs in once more, where the sign-in server knows the browser and may ask nothing.
  async signInAgain(email) {
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    const { name } = this.demo.person(email);
    if (this.demo.mediated) {
      await this.page.getByLabel('E-mail address').fill(email);
      await this.page.getByLabel('Password').fill('demo');
      await this.button('Sign in').click();
    }
    await this.confirm(name);
    await this.expectSignedIn(name);
  }

  /// Loads the page anew. Our server may have kept the session; else the sign-in server knows the browser, and sends it
  /// straight back.
  async openSignedInAgain(email) {
    await this.open();
    if (!this.demo.mediated) {
      await this.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    }
    await this.expectSignedIn(this.demo.person(email).name);
  }

  /// In a new tab beside one that is signed in.
  async openJoined(email) {
    await this.open();
    await this.expectSignedIn(this.demo.person(email).name);
  }

  /// Waits until everything is answered that was asked for: a request that is under way when its token is revoked is refused, and
  /// the console says so.
  async settle() {
    const requests = await this.page.requests();
    await Promise.all(requests.map(async (request) => (await request.response())?.finished()));
  }

  /// Makes a collection, from the list. Signed in, it is asked where: `this browser` or `your account`.
  async create(name, traits, { where } = {}) {
    await this.button('New collection').click();
    const dialog = this.page.getByRole('dialog', { name: 'New collection' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Traits (optional)').fill(traits.join('\n'));
    if (where) await dialog.getByLabel(`In ${where}`).check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
    // By its name, of which the toast shows so much at least: another one may have been made just before.
    const toast = this.page.locator('.toast').filter({ hasText: name.slice(0, 60) });
    await expect(toast).toContainText(`was created and saved in ${where ?? 'this browser'}.`);
    await expect(this.link(name).last()).toBeVisible();
  }

  /// The message after something was done.
  async expectToast(text) {
    await expect(this.page.locator('.toast')).toContainText(text);
  }

  /// The list of what was deleted, opened.
  async openBin() {
    await this.page.getByText('Recently deleted', { exact: true }).click();
    return this.page.getByRole('list', { name: 'Recently deleted' });
  }

  async toActivity() {
    await this.link('Activity').click();
    await expect(this.heading('Activity')).toBeVisible();
  }

  async toCollections() {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Collections' }).click();
    await expect(this.heading('Collections')).toBeVisible();
  }

  /// What the page counts in a review or a receipt, as "11 moved"-like lines.
  count(text) {
    return this.page.getByRole('listitem').filter({ hasText: text });
  }
}
