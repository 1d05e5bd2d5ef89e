// The site as people use it, by the names of buttons, links and headings.

import { expect } from '@playwright/test';

export class Site {
  constructor(page, demo) {
    this.page = page;
    this.demo = demo;
  }

  /// Opens the site in a new tab.
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

  /// Locates an offer above the list.
  offer(name) {
    return this.page.getByRole('region', { name });
  }

  /// Locates all offers.
  offers() {
    return this.page.getByRole('button', { name: /^(Migrate data|Import existing collections)$/ });
  }

  /// Locates a row of the list of collections.
  row(name) {
    return this.page.getByRole('listitem').filter({ has: this.link(name) });
  }

  async open(path = '/') {
    await this.page.goto(path);
    // The first view has a heading too.
    await expect(this.page.locator('#starting')).toBeHidden();
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /// Signs in with the button of the page, which must be open.
  async signIn(email, { password = 'demo', name, patience } = {}) {
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(this.page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: patience });
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Sign in').click();
    await this.confirm(name ?? this.demo.person(email).name, patience);
    await this.expectSignedIn(name ?? this.demo.person(email).name, patience);
  }

  /// Confirms the account, where the sign-in server drops the state of the sign-in.
  async confirm(name, patience) {
    if (!this.demo.dropsState) return;
    await expect(this.heading(`Continue as ${name}?`)).toBeVisible({ timeout: patience });
    await this.button('Continue').click();
  }

  /// Waits for the sign-in for at most `patience` milliseconds.
  async expectSignedIn(name, patience) {
    const banner = this.page.getByRole('banner');
    await expect(banner.getByText(name)).toBeVisible({ timeout: patience });
    await expect(banner.getByRole('button', { name: 'Sign out' })).toBeVisible();
  }

  /// Signs out, also from the sign-in server if it has a session.
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

  /// Signs in again, where the sign-in server may know the browser.
  async signInAgain(email) {
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    const { name } = this.demo.person(email);
    if (this.demo.dropsState) {
      await this.page.getByLabel('E-mail address').fill(email);
      await this.page.getByLabel('Password').fill('demo');
      await this.button('Sign in').click();
    }
    await this.confirm(name);
    await this.expectSignedIn(name);
  }

  /// Reloads the page. The server has kept the session, or the sign-in server knows the browser.
  async openSignedInAgain(email) {
    await this.open();
    await this.expectSignedIn(this.demo.person(email).name);
  }

  /// Opens a tab beside a signed-in one, and checks that it has the session.
  async openJoined(email) {
    await this.open();
    await this.expectSignedIn(this.demo.person(email).name);
  }

  /// Waits for the responses of all requests: a request whose token is revoked meanwhile would log an error.
  async settle() {
    const requests = await this.page.requests();
    await Promise.all(requests.map(async (request) => (await request.response())?.finished()));
  }

  /// Creates a collection from the list. A signed-in person chooses `this browser` or `your account`.
  async create(name, traits, { where } = {}) {
    await this.button('New collection').click();
    const dialog = this.page.getByRole('dialog', { name: 'New collection' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Traits (optional)').fill(traits.join('\n'));
    if (where) await dialog.getByLabel(`In ${where}`).check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
    // The toast shows at least this part of the name; an earlier toast may still be visible.
    const toast = this.page.locator('.toast').filter({ hasText: name.slice(0, 60) });
    await expect(toast).toContainText(`was created and saved in ${where ?? 'this browser'}.`);
    await expect(this.link(name).last()).toBeVisible();
  }

  /// Checks the message after an action.
  async expectToast(text) {
    await expect(this.page.locator('.toast')).toContainText(text);
  }

  /// Opens the list of deleted collections.
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

  /// Locates a count in a review or a receipt, as "11 moved".
  count(text) {
    return this.page.getByRole('listitem').filter({ hasText: text });
  }
}
