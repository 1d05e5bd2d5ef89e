// The accounts of a file and of people who register, in memory.

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

  /// Returns the person with this address and password.
  signIn(email, password) {
    const person = this.#byEmail.get(normalize(email));
    return person?.password === password ? person : undefined;
  }

  /// Returns the new person, or nothing when the address is taken.
  register({ name, email, password }) {
    if (this.#byEmail.has(normalize(email))) return undefined;
    return this.#add({ user_id: randomUUID(), name, email: email.trim(), email_verified: true, password });
  }

  #add(person) {
    this.#byId.set(person.user_id, person);
    this.#byEmail.set(normalize(person.email), person);
    return person;
  }
}

function normalize(email) {
  return email.trim().toLowerCase();
}
