import { eventually } from '../support/poll.ts';
import type { ReceivedMail } from '../support/smtp-sink.ts';
import type { Installation } from './installation.ts';

/** What a contact's passage through a process came to, as REST tells it. */
export interface Passage {
  outcome: string;
  /** Steps in the order in which they were entered. */
  steps: string[];
  skipped: { step: string; reason: unknown }[];
  messages: { template: string; channel: string; language: string; status: string }[];
  /** Users who got a notification, in order. */
  notified: string[];
}

/** Real milliseconds that a story of weeks may take on a busy machine. */
const patience = 5 * 60_000;

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Somebody outside: looks into a mailbox, follows links, and is seen on the card. */
export class Visitor {
  readonly email: string;
  readonly phone: string;
  readonly #at: Installation;

  constructor(at: Installation, name: string, phone: string) {
    this.#at = at;
    this.email = `${name}@example.com`;
    this.phone = phone;
  }

  /** Known to the shop, with consent to advertising, without having come as a lead. */
  async knownAs(contact: Record<string, unknown>, consent: readonly ('email' | 'sms')[] = ['email', 'sms']) {
    await this.does('account.opened', {}, contact);
    const { id } = await this.card();
    for (const channel of consent) {
      await this.#at.ask('POST', `/api/contacts/${id}/consent`, { channel, value: 'granted' });
    }
  }

  async does(event: string, data: Record<string, unknown> = {}, contact?: Record<string, unknown>): Promise<void> {
    const { email, phone } = this;
    await this.#at.ask('POST', '/api/events', { email, phone, event, data, ...(contact && { contact }) });
  }

  /** The contact, once it is there. */
  async card(): Promise<{ id: string } & Record<string, unknown>> {
    return await eventually(async () => (await this.#list(`contacts?search=${this.email}`))[0], { within: patience });
  }

  async mail(subject: RegExp): Promise<ReceivedMail> {
    return await eventually(() => this.mails().find(({ parsed }) => subject.test(parsed.subject ?? '')), {
      within: patience,
    });
  }

  mails(): ReceivedMail[] {
    return this.#at.environment.smtp.mails.filter(({ to }) => to.includes(this.email));
  }

  async sms(): Promise<string[]> {
    const items: { text: string }[] = await this.#list(`mailbox?to=${encodeURIComponent(this.phone)}`);
    return items.map(({ text }) => text);
  }

  /** Follows the mail's link as a person does: in a browser, and again until it has counted (a click within a second of the sending is a machine's). */
  async follows(mail: ReceivedMail): Promise<void> {
    const [link] = String(mail.parsed.html).match(/http:\/\/[^"]+\/t\/c\/[^"]+/) ?? [];
    if (link === undefined) throw new Error(`no link in "${mail.parsed.subject}"`);
    const { id } = await this.card();
    await eventually(
      async () => {
        await fetch(link, { redirect: 'manual', headers: { 'user-agent': browser } });
        const events: { title: string }[] = await this.#list(`contacts/${id}/timeline?type=event`);
        return events.some(({ title }) => title === 'message.clicked');
      },
      { every: 500 },
    );
  }

  /** The mail program's button (RFC 8058). */
  async unsubscribesBy(mail: ReceivedMail): Promise<void> {
    const [, link] = /^List-Unsubscribe:\s*<([^>]+)>/im.exec(mail.raw.replace(/\r\n[ \t]+/g, ' ')) ?? [];
    if (link === undefined) throw new Error(`no List-Unsubscribe in "${mail.parsed.subject}"`);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const response = await fetch(link, { method: 'POST', body });
    if (!response.ok) throw new Error(`${link}: ${response.status}`);
  }

  /** Where the contact's latest passage through the process stands, once it is `there`. */
  async instance(
    process: string,
    there: (instance: { id: string; status: string; at: string[]; outcome?: string }) => boolean,
  ): Promise<{ id: string; outcome?: string }> {
    const { id } = await this.card();
    const look = async () => (await this.#list(`instances?process=${process}&contact=${id}`)).find(there);
    return await eventually(look, { within: patience, every: 200 }).catch(async (cause: unknown) => {
      const timeline = await this.#list(`contacts/${id}/timeline`);
      throw new Error(`${process} of ${this.email} does not get there; latest: ${JSON.stringify(timeline)}`, { cause });
    });
  }

  /** The contact's passage through the process, once it has ended and every message of it is delivered. */
  async passage(process: string): Promise<Passage> {
    const { id, outcome = '' } = await this.instance(process, ({ status }) => status === 'ended');
    const timeline: { kind: string; step?: string; detail?: Record<string, unknown> }[] = await this.#list(
      `instances/${id}/timeline`,
    );
    const messages = await eventually(
      async () => {
        const found: Passage['messages'] = await this.#list(`messages?instance=${id}`);
        return found.every(({ status }) => status !== 'queued') && found;
      },
      { within: patience },
    );
    const notifications: { user: string; process: string }[] = await this.#list(
      `notifications?contact=${(await this.card()).id}`,
    );
    const of = (kind: string) => timeline.filter((entry) => entry.kind === kind);
    return {
      outcome,
      steps: of('entered').map(({ step = '' }) => step),
      skipped: of('skipped').map(({ step = '', detail }) => ({ step, reason: detail?.reason })),
      messages: messages
        .toReversed()
        .map(({ template, channel, language, status }) => ({ template, channel, language, status })),
      notified: notifications.toReversed().flatMap((one) => (one.process === process ? [one.user] : [])),
    };
  }

  async #list(path: string) {
    return (await this.#at.ask('GET', `/api/${path}`)).items;
  }
}

/** A message that arrived, as a passage shows it. */
export const sent = (channel: 'email' | 'sms', template: string, language: 'en' | 'ru') => {
  return { template, channel, language, status: 'sent' };
};
