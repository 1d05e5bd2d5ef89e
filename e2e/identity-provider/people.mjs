// The accounts: read from a file at the start, joined by those who register, kept in memory.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export class People {
  #byId = new Map();
  #byEmail = new Map();

  /// Reads `[{"user_id", "name", "email", "email_verified", "password"}, …]`.
  static async load(file) {
    const people = new People();
    for (const person of JSON.parse(await readFile(file, 'utf8'))) people.#add(person);
    return people;
  }

  find(userId) {
    return this.#byId.get(userId);
  }

  /// The person, if address and password belong together.
  signIn(email, password) {
    const person = this.#byEmail.get(spelling(email));
    return person?.password === password ? person : undefined;
  }

  /// The new person, or nothing when the address is taken.
  register({ name, email, password }) {
    if (this.#byEmail.has(spelling(email))) return undefined;
    return this.#add({ user_id: randomUUID(), name, email: email.trim(), email_verified: true, password });
  }

  #add(person) {
    this.#byId.set(person.user_id, person);
    this.#byEmail.set(spelling(person.email), person);
    return person;
  }
}

function spelling(email) {
  return email.trim().toLowerCase();
}
