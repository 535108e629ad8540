import { z } from 'zod';
import { articles } from './articles.ts';
import type { DemoClient } from './client.ts';

/** What somebody does to a ticket, this many real seconds after it came. */
interface Deed {
  after: number;
  says: string;
  do: (client: DemoClient, ticket: string) => Promise<unknown>;
}

interface TicketStory {
  from: { firstName: string; lastName: string; language: 'en' | 'ru' };
  ticket: { subject: string; text: string; topic: string; priority?: string; tags?: string[] };
  deeds: readonly Deed[];
}

const reply = (text: string, status: string, user: string) => (client: DemoClient, ticket: string) =>
  client.call({ method: 'POST', path: `/api/tickets/${ticket}/replies`, body: { text, status }, user });

/** One is paused and kept, one is warned of, breached and escalated, one is a VIP's. */
const stories: readonly TicketStory[] = [
  {
    from: { firstName: 'Вера', lastName: 'Ковалёва', language: 'ru' },
    ticket: { subject: 'Не вернулись деньги', text: 'Вернула торшер неделю назад, где возврат?', topic: 'billing' },
    deeds: [
      {
        after: 2,
        says: 'Ольга replies and waits for the customer: the resolution clock stands',
        do: reply('Пришлите, пожалуйста, номер заказа.', 'waiting', 'olga'),
      },
      {
        after: 12,
        says: 'Ольга resolves it: every promise was kept',
        do: reply('Деньги отправлены, чек в письме.', 'resolved', 'olga'),
      },
    ],
  },
  {
    from: { firstName: 'Oscar', lastName: 'Lindqvist', language: 'en' },
    ticket: { subject: 'The lamp blinks', text: 'My new lamp blinks all the evening.', topic: 'technical' },
    deeds: [],
  },
  {
    from: { firstName: 'Руслан', lastName: 'Ахметов', language: 'ru' },
    ticket: { subject: 'Где курьер?', text: 'Жду с утра, никто не звонил.', topic: 'delivery', tags: ['vip'] },
    deeds: [],
  },
];

const opened = z.object({ id: z.string() });

/** Customers who write to the support, as far as it has come. */
export class Support {
  readonly #client: DemoClient;
  #planned: { at: number; deed: Deed; ticket: string }[] = [];
  #tickets: { id: string; subject: string }[] = [];

  constructor(client: DemoClient) {
    this.#client = client;
  }

  get tickets(): number {
    return this.#tickets.length;
  }

  /** Fills the knowledge base and opens every story's ticket. `second`: of the demonstration. */
  async begin(second: number): Promise<void> {
    for (const [key, body] of Object.entries(articles)) {
      await this.#client.call({ method: 'PUT', path: `/api/articles/${key}`, body });
    }
    const serial = (Date.now() % 1_000_000).toString().padStart(6, '0');
    for (const [index, { from, ticket, deeds }] of stories.entries()) {
      const email = `customer-${serial}-${index + 1}@example.com`;
      await this.#client.post('/api/leads', { ...from, email });
      const { id } = opened.parse(await this.#client.post('/api/tickets', { ...ticket, email, channel: 'form' }));
      this.#tickets.push({ id, subject: ticket.subject });
      this.#planned.push(...deeds.map((deed) => ({ at: second + deed.after, deed, ticket: id })));
      console.log(`${from.firstName} ${from.lastName} writes to the support: ${ticket.subject}`);
    }
  }

  /** Does what is due by this second. */
  async actUntil(second: number): Promise<void> {
    const due = this.#planned.filter(({ at }) => at <= second);
    this.#planned = this.#planned.filter(({ at }) => at > second);
    for (const { deed, ticket } of due) {
      await deed.do(this.#client, ticket);
      console.log(deed.says);
    }
  }

  /** What the clocks of each ticket went through, in a line. */
  async told(): Promise<string[]> {
    const shape = z.object({ ledger: z.array(z.object({ target: z.string(), change: z.string() })) });
    return await Promise.all(
      this.#tickets.map(async ({ id, subject }) => {
        const { ledger } = shape.parse(await this.#client.call({ method: 'GET', path: `/api/tickets/${id}/sla` }));
        return `${subject}: ${ledger.map(({ target, change }) => `${target} ${change}`).join(', ')}`;
      }),
    );
  }
}
