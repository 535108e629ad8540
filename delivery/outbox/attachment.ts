import type { DocumentFormat } from '../../engine/model/document.ts';
import { contactViews } from '../../store/contacts.ts';
import { findDocument } from '../../store/documents.ts';
import { loadFile } from '../../store/files.ts';
import type { MessageDoc } from '../../store/models/message.ts';
import type { FileContent } from '../channels/handover.ts';
import { fileName, mediaTypes } from '../documents/maker.ts';

/** What becomes of a message's document: the file, or why it may not leave. */
export type Attachment = { file: FileContent } | { refused: string };

/** Reads the documents that messages carry, by the messages' keys. Without any it reads nothing. */
export async function readAttachments(messages: readonly MessageDoc[]): Promise<Map<string, Attachment>> {
  const attachments = new Map<string, Attachment>();
  for (const { _id, contactId, item } of messages) {
    if (item.document === undefined) continue;
    attachments.set(_id, await readAttachment(item.document, item.format ?? 'pdf', contactId));
  }
  return attachments;
}

/** Only what is still in force, and only to whom it was made for (or to whom these were merged into). */
async function readAttachment(id: string, format: DocumentFormat, contactId: string): Promise<Attachment> {
  const doc = await findDocument(id);
  const made = doc?.[format];
  if (doc === null || made === undefined) return { refused: `there is no document ${id} as ${format}` };
  if (doc.status !== 'issued') return { refused: `${doc.number} is ${doc.status}` };
  const contacts = await contactViews([contactId, doc.contactId]);
  const owner = contacts.get(doc.contactId);
  if (owner === undefined || owner.id !== contacts.get(contactId)?.id) {
    return { refused: `${doc.number} was made for another contact` };
  }
  return { file: { name: fileName(doc, format), type: mediaTypes[format], content: await loadFile(made.file) } };
}
