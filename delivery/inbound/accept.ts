import { VoronkaError } from '../../engine/errors/error.ts';
import { loadFile } from '../../store/files.ts';
import { findInbound, markAccepted, ticketsOfItems } from '../../store/inbound.ts';
import { intakeDoc } from '../intake/items.ts';
import { submitIntake } from '../intake/submit.ts';
import { mailItem } from './item.ts';
import { readMail } from './parse.ts';
import type { InboundDeps } from './receive.ts';

/**
 * Makes a ticket of a mail that became none, or lets it go on with the conversation that it belongs to.
 * @param by who wants it
 * @param from address of the writer, for a mail that names none
 * @returns id of the intake document, the same however often it is asked for
 * @throws VoronkaError NOT_FOUND; CONFLICT when it stands in a ticket already; MAIL_UNREADABLE; VALIDATION_FAILED when
 * nobody is named as its writer
 */
export async function acceptMail(
  id: string,
  { by, from }: { by: string; from?: string | undefined },
  { clock, queues }: Pick<InboundDeps, 'clock' | 'queues'>,
): Promise<string> {
  const mail = await findInbound(id);
  if (mail === null) throw new VoronkaError('NOT_FOUND', `there is no inbound mail ${id}`);
  const ticket = mail.item === undefined ? undefined : (await ticketsOfItems([mail.item])).get(mail.item);
  if (ticket !== undefined) throw new VoronkaError('CONFLICT', `the mail stands in the ticket ${ticket} already`);
  const read = await readMail(await loadFile(mail.raw)).catch((cause: Error) => {
    throw new VoronkaError('MAIL_UNREADABLE', cause.message, { cause });
  });
  const writer = from === undefined ? read.writer : { address: from, name: read.writer?.name ?? '' };
  if (writer === undefined) {
    throw new VoronkaError(
      'VALIDATION_FAILED',
      'body.from: the mail names no writer; give the address of the customer',
    );
  }
  const item = `mail-${id}-accepted`;
  const now = clock.now();
  const made = await mailItem(item, { ...read, writer }, { mail, auto: false });
  await markAccepted(id, { item, at: new Date(now), by });
  await submitIntake(queues.intake, [intakeDoc(item, [made], now)]);
  return item;
}
