import type { TicketDoc } from '../../../store/models/ticket.ts';
import { type Filed, NumberedFiling } from '../filing.ts';

export type TicketFile = Filed<TicketDoc>;

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

/** The tickets of one batch, found by id, by message id and by number as they are at this point of the batch. */
export class Docket extends NumberedFiling<TicketDoc> {
  readonly users: ReadonlySet<string>;
  readonly #messageIds: Set<string>;
  readonly #writers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Message id → tickets in whose conversation it is. */
  readonly #references = new Map<string, Set<TicketFile>>();

  constructor({ tickets, lastNumber, messageIds, writers, users }: DocketContents) {
    super(lastNumber);
    this.#messageIds = new Set(messageIds);
    this.#writers = writers;
    this.users = users;
    this.hold(tickets);
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

  /** Keeps a message id: the message never comes again, and answers to it find the ticket. */
  refer(file: TicketFile, messageId: string): void {
    this.touch(file);
    file.doc.references = [...file.doc.references, messageId].slice(-maxReferences);
    this.#index(file, messageId);
    this.#messageIds.add(messageId);
    this.whenUndone(() => {
      this.#references.get(messageId)?.delete(file);
      this.#messageIds.delete(messageId);
    });
  }

  #newest(files: readonly TicketFile[]): TicketFile | undefined {
    const newestFirst = [...files].sort((a, b) => b.doc.number - a.doc.number);
    return newestFirst.find((file) => this.survivor(file).doc.status !== 'closed') ?? newestFirst[0];
  }

  #heir({ doc }: TicketFile): TicketFile | undefined {
    return doc.mergedInto === undefined ? undefined : this.byId(doc.mergedInto);
  }

  protected override keep(file: TicketFile): void {
    super.keep(file);
    for (const messageId of file.doc.references) this.#index(file, messageId);
  }

  #index(file: TicketFile, messageId: string): void {
    const files = this.#references.get(messageId) ?? new Set();
    files.add(file);
    this.#references.set(messageId, files);
  }
}
