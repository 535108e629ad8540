import type { JsonObject } from '../../engine/json.ts';
import { contactViews } from '../../store/contacts.ts';
import { describeFile, loadFile } from '../../store/files.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from '../../store/models/ticket-message.ts';
import { Users } from '../../store/models/user.ts';
import type { FileContent } from '../channels/handover.ts';

/** What a mail carries that answers a customer, beside what every mail has. */
export interface Reply {
  /** The reply itself, for chats. */
  text: string;
  /** For the template of the mail. */
  vars: JsonObject;
  /** Message ids of the conversation, the newest last. */
  references: readonly string[];
  files: FileContent[];
}

/** Most entries that stand below a reply, and most characters of each: the mail program of the customer has the others. */
const quotedEntries = 5;
const quotedLength = 3_000;

/** Reads the replies among messages, by their keys; one whose content is gone is absent. Without any it reads nothing. */
export async function readReplies(messages: readonly MessageDoc[]): Promise<Map<string, Reply>> {
  const replies = new Map<string, Reply>();
  for (const { _id, reply } of messages) {
    const read = reply === undefined ? null : await readReply(reply);
    if (read !== null) replies.set(_id, read);
  }
  return replies;
}

async function readReply({ ticket, entry, references }: NonNullable<MessageDoc['reply']>): Promise<Reply | null> {
  const [doc, entries] = await Promise.all([
    Tickets.findById(ticket, { subject: 1, number: 1 }).lean(),
    TicketMessages.find({ ticketId: ticket, kind: { $ne: 'note' } })
      .sort({ at: 1, _id: 1 })
      .lean(),
  ]);
  const index = entries.findIndex(({ _id }) => _id === entry);
  const said = entries[index];
  if (doc === null || said === undefined) return null;
  const quoted = entries.slice(Math.max(0, index - quotedEntries), index).reverse();
  const writers = await writersOf([said, ...quoted]);
  const files = await readFiles(said);
  if (files.length < said.attachments.length) return null;
  const agent = writers.get(said._id);
  return {
    text: said.text,
    vars: {
      subject: subjectOf(doc.subject),
      number: doc.number,
      text: paragraphs(said.text),
      ...(agent && { agent }),
      quoted: quoted.map(({ _id, at, text }) => ({
        who: writers.get(_id) ?? '',
        at: at.toISOString(),
        text: paragraphs(text.slice(0, quotedLength)),
      })),
    },
    references,
    files,
  };
}

async function readFiles({ attachments }: TicketMessageDoc): Promise<FileContent[]> {
  const files: FileContent[] = [];
  for (const { file, name, type } of attachments) {
    if ((await describeFile(file)) !== null) files.push({ name, type, content: await loadFile(file) });
  }
  return files;
}

/** Who wrote what: users and contacts by their names; programs have none. By the entry's id. */
async function writersOf(entries: readonly TicketMessageDoc[]): Promise<Map<string, string>> {
  const keys = entries.flatMap(({ by }) => (by.startsWith('user:') ? [by.slice('user:'.length)] : []));
  const customers = entries.flatMap(({ by, contactId }) => (by === 'customer' ? [contactId] : []));
  const [users, contacts] = await Promise.all([
    Users.find({ _id: { $in: [...new Set(keys)] } }, { name: 1 }).lean(),
    contactViews([...new Set(customers)]),
  ]);
  const names = new Map(users.map(({ _id, name }) => [`user:${_id}`, name]));
  return new Map(
    entries.map(({ _id, by, contactId }) => {
      const { firstName = '', lastName = '', email = '' } = contacts.get(contactId) ?? {};
      const customer = `${firstName} ${lastName}`.trim() || email;
      return [_id, by === 'customer' ? customer : (names.get(by) ?? '')];
    }),
  );
}

/** Lines by paragraph. */
function paragraphs(text: string): string[][] {
  const parts = text.trim().split(/\n{2,}/);
  return parts.filter((part) => part !== '').map((part) => part.split('\n'));
}

/** Without what mail programs have put before it, and the number that we put behind it. */
function subjectOf(subject: string): string {
  const bare = subject
    .replace(/^(?:\s*(?:re|fwd?|fw|aw|отв|ответ|пересл)\s*(?:\[\d+\])?\s*:)+/i, '')
    .replace(/\[#\d+\]/g, '');
  return bare.replace(/\s+/g, ' ').trim() || subject;
}
