import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../delivery/documents/maker.ts';
import { tellingOfVoid } from '../../delivery/documents/telling.ts';
import { deliverDue } from '../../delivery/outbox/deliver.ts';
import type { DocumentFormat } from '../../engine/model/document.ts';
import { keepBytes, numberDocuments, voidDocument } from '../../store/documents.ts';
import { keepFile } from '../../store/files.ts';
import { newId } from '../../store/id.ts';
import { draft } from '../store/fixtures/drafts.ts';
import { createWorld, item, type World } from './fixtures/world.ts';

let world: World;
const content = Buffer.from('%PDF-1.3 an invoice');

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** A document of a contact with its file. */
async function invoiceOf(contactId: string, format: DocumentFormat = 'pdf'): Promise<string> {
  const [doc] = await numberDocuments([draft('invoice', { contactId, written: (n) => `INV/${n}` })]);
  const { id, size } = await keepFile({ id: newId(), name: 'x', type: mediaTypes[format] }, content);
  await keepBytes(doc?._id ?? '', format, { file: id, size, sha256: 'hash' }, []);
  return doc?._id ?? '';
}

async function mail(contact: Awaited<ReturnType<World['contact']>>, document: string, format?: DocumentFormat) {
  const more = { document, ...(format && { format }) };
  const message = await world.message(contact, { item: item({ contactId: contact._id, ...more }) });
  await deliverDue(world.deps);
  return await world.stored(message._id);
}

describe('a mail with a document', () => {
  it('carries its bytes under its number', async () => {
    const contact = await world.contact();
    expect(await mail(contact, await invoiceOf(contact._id))).toMatchObject({ status: 'sent' });
    const [attachment] = world.environment.smtp.mails[0]?.parsed.attachments ?? [];
    expect(attachment).toMatchObject({ filename: 'INV-1.pdf', contentType: 'application/pdf' });
    expect(attachment?.content.equals(content)).toBe(true);
  });

  it('carries its Word version where that is asked for, and does not leave without it', async () => {
    const contact = await world.contact();
    expect(await mail(contact, await invoiceOf(contact._id, 'docx'), 'docx')).toMatchObject({ status: 'sent' });
    const [attachment] = world.environment.smtp.mails[0]?.parsed.attachments ?? [];
    expect(attachment).toMatchObject({
      filename: expect.stringMatching(/^INV-\d+\.docx$/),
      contentType: mediaTypes.docx,
    });
    const without = await mail(contact, await invoiceOf(contact._id), 'docx');
    expect(without).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('as docx') } });
    expect(world.environment.smtp.mails).toHaveLength(1);
  });

  it('does not leave when the document was voided in the meantime, or is not there', async () => {
    const contact = await world.contact();
    const id = await invoiceOf(contact._id);
    await voidDocument(id, { reason: 'a mistake', by: 'api', at: new Date() }, tellingOfVoid(id, Date.now()));
    for (const document of [id, 'ghost']) {
      expect(await mail(contact, document)).toMatchObject({
        status: 'failed',
        error: { code: 'DOCUMENT_NOT_CURRENT' },
      });
    }
    expect(world.environment.smtp.mails).toEqual([]);
  });

  it('never goes to another contact than that of the document', async () => {
    const [contact, other] = [await world.contact(), await world.contact()];
    const sent = await mail(other, await invoiceOf(contact._id));
    expect(sent).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('for another contact') },
    });
    expect(world.environment.smtp.mails).toEqual([]);
  });
});
