import type { TicketDoc } from '../../../store/models/ticket.ts';

/** A ticket while a batch is applied: a copy that may be written to. */
export interface TicketFile {
  doc: TicketDoc;
  /** As it was read; null for a new one. Only what differs from it is written. */
  readonly stored: TicketDoc | null;
}

/** What is read for a docket. */
export interface DocketContents {
  tickets: readonly TicketDoc[];
  /** The last number that was given. */
  lastNumber: number;
  /** Message ids that are in a conversation already. */
  messageIds: Iterable<string>;
  /** Who wrote in a ticket, beside its own contact: ticket id → contact ids. */
  writers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of the users that may be given a ticket. */
  users: ReadonlySet<string>;
}

/** Most message ids that a ticket keeps for threading. */
const maxReferences = 100;

/**
 * The tickets of one batch, found by id, by message id and by number as they are at this point of the batch. `attempt`
 * makes the changes of one item all or nothing.
 */
export class Docket {
  readonly users: ReadonlySet<string>;
  readonly #files = new Map<string, TicketFile>();
  readonly #messageIds: Set<string>;
  readonly #writers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Message id → tickets in whose conversation it is. */
  readonly #references = new Map<string, Set<TicketFile>>();
  #undo: (() => void)[] = [];
  #touched = new Set<TicketFile>();
  #lastNumber: number;

  constructor({ tickets, lastNumber, messageIds, writers, users }: DocketContents) {
    this.#lastNumber = lastNumber;
    this.#messageIds = new Set(messageIds);
    this.#writers = writers;
    this.users = users;
    for (const doc of tickets) this.#keep({ doc: structuredClone(doc), stored: doc });
  }

  get files(): TicketFile[] {
    return [...this.#files.values()];
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  byId(id: string): TicketFile | undefined {
    return this.#files.get(id);
  }

  byNumber(number: number): TicketFile | undefined {
    return this.files.find(({ doc }) => doc.number === number);
  }

  /** The newest ticket that came from a chat; one that is not closed goes first. */
  byChat(chat: string): TicketFile | undefined {
    return this.#newest(this.files.filter(({ doc }) => doc.chat === chat));
  }

  /** The newest ticket in whose conversation one of the messages is; one that is not closed goes first. */
  byReferences(messageIds: readonly string[]): TicketFile | undefined {
    const found = new Set(messageIds.flatMap((id) => [...(this.#references.get(id) ?? [])]));
    return this.#newest([...found]);
  }

  /** The ticket into which one was merged, however long the chain; itself when it was not. */
  survivor(file: TicketFile): TicketFile {
    let last = file;
    for (let next = this.#heir(last); next !== undefined; next = this.#heir(last)) last = next;
    return last;
  }

  /** The newest open ticket that follows up a closed one. */
  followUp(id: string): TicketFile | undefined {
    return this.files
      .filter(({ doc }) => doc.followsUp === id && doc.status !== 'closed')
      .sort((a, b) => b.doc.number - a.doc.number)[0];
  }

  /** Whether a message came before. */
  hasSeen(messageId: string): boolean {
    return this.#messageIds.has(messageId);
  }

  /** Contacts other than the ticket's own that wrote in it. */
  writers(id: string): ReadonlySet<string> {
    return this.#writers.get(id) ?? new Set();
  }

  /** The number of the next ticket: one more than that of the last. */
  nextNumber(): number {
    this.#lastNumber += 1;
    this.#undo.push(() => {
      this.#lastNumber -= 1;
    });
    return this.#lastNumber;
  }

  add(doc: TicketDoc): TicketFile {
    const file: TicketFile = { doc, stored: null };
    this.#keep(file);
    this.#touched.add(file);
    this.#undo.push(() => this.#files.delete(doc._id));
    return file;
  }

  /** To be called before a ticket is changed. */
  touch(file: TicketFile): void {
    if (this.#touched.has(file)) return;
    this.#touched.add(file);
    const before = structuredClone(file.doc);
    this.#undo.push(() => {
      file.doc = before;
    });
  }

  /** Keeps a message id: the message never comes again, and answers to it find the ticket. */
  refer(file: TicketFile, messageId: string): void {
    this.touch(file);
    file.doc.references = [...file.doc.references, messageId].slice(-maxReferences);
    this.#index(file, messageId);
    this.#messageIds.add(messageId);
    this.#undo.push(() => {
      this.#references.get(messageId)?.delete(file);
      this.#messageIds.delete(messageId);
    });
  }

  /** Runs `work`; when it throws, every ticket is as before, and the error goes on. */
  attempt(work: () => void): void {
    this.#undo = [];
    this.#touched = new Set();
    try {
      work();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    }
  }

  #newest(files: readonly TicketFile[]): TicketFile | undefined {
    const newestFirst = [...files].sort((a, b) => b.doc.number - a.doc.number);
    return newestFirst.find((file) => this.survivor(file).doc.status !== 'closed') ?? newestFirst[0];
  }

  #heir({ doc }: TicketFile): TicketFile | undefined {
    return doc.mergedInto === undefined ? undefined : this.#files.get(doc.mergedInto);
  }

  #keep(file: TicketFile): void {
    this.#files.set(file.doc._id, file);
    for (const messageId of file.doc.references) this.#index(file, messageId);
  }

  #index(file: TicketFile, messageId: string): void {
    const files = this.#references.get(messageId) ?? new Set();
    files.add(file);
    this.#references.set(messageId, files);
  }
}
