import { newId } from '../../store/id.ts';
import type { MergeDetail } from '../../store/merges.ts';
import { newContact, type Person, remember } from './person.ts';
import { Undoable } from './undoable.ts';

/** Somebody who was merged away, with the record of it. */
export interface Absorbed {
  gone: Person;
  detail: MergeDetail;
}

/** The people of one batch, found by id and by their keys as they are at this point of the batch. */
export class Crowd extends Undoable<Person> {
  readonly #people = new Map<string, Person>();
  readonly #ids = new Map<string, Person>();
  readonly #emails = new Map<string, Person>();
  readonly #phones = new Map<string, Person>();
  readonly #merges = new Map<string, Absorbed>();

  constructor(people: readonly Person[], merges: readonly Absorbed[] = []) {
    super();
    for (const person of people) this.#add(person);
    for (const merge of merges) {
      this.#merges.set(merge.detail.absorbed, merge);
      this.#people.set(merge.detail.absorbed, merge.gone);
    }
  }

  get people(): Person[] {
    return [...this.#people.values()];
  }

  byId(id: string): Person | undefined {
    return this.#ids.get(id);
  }

  byEmail(key: string): Person | undefined {
    return this.#emails.get(key);
  }

  byPhone(key: string): Person | undefined {
    return this.#phones.get(key);
  }

  create(now: number): Person {
    const doc = newContact(newId(), now);
    const person: Person = { doc, stored: null, entries: [], history: [], seats: [] };
    this.#add(person);
    this.whenUndone(() => {
      this.#people.delete(doc._id);
      this.#ids.delete(doc._id);
    });
    return person;
  }

  setEmail(person: Person, key: string | undefined): void {
    this.#move(this.#emails, person.doc.emailKey, key, person);
    if (key === undefined) delete person.doc.emailKey;
    else person.doc.emailKey = key;
  }

  setPhone(person: Person, key: string | undefined): void {
    this.#move(this.#phones, person.doc.phoneKey, key, person);
    if (key === undefined) delete person.doc.phoneKey;
    else person.doc.phoneKey = key;
  }

  /** From now on the ids mean `person`. */
  follow(ids: readonly string[], person: Person): void {
    for (const id of ids) {
      const before = this.#ids.get(id);
      this.#ids.set(id, person);
      if (before !== undefined) this.whenUndone(() => this.#ids.set(id, before));
    }
  }

  /** A merge that this batch may undo: the one that went is at hand, though its ids mean the survivor. */
  merge(absorbed: string): Absorbed | undefined {
    return this.#merges.get(absorbed);
  }

  protected override remember(person: Person): () => void {
    return remember(person);
  }

  #add(person: Person): void {
    const { doc } = person;
    this.#people.set(doc._id, person);
    for (const id of [doc._id, ...doc.mergedFrom]) this.#ids.set(id, person);
    if (doc.emailKey !== undefined) this.#emails.set(doc.emailKey, person);
    if (doc.phoneKey !== undefined) this.#phones.set(doc.phoneKey, person);
  }

  #move(keys: Map<string, Person>, from: string | undefined, to: string | undefined, person: Person): void {
    for (const key of [from, to]) {
      if (key === undefined) continue;
      const before = keys.get(key);
      this.whenUndone(() => {
        if (before === undefined) keys.delete(key);
        else keys.set(key, before);
      });
    }
    if (from !== undefined && keys.get(from) === person) keys.delete(from);
    if (to !== undefined) keys.set(to, person);
  }
}
