import { expect } from 'vitest';
import type { WebhookSource } from '../../config/webhooks.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Intake } from '../../store/models/intake.ts';
import { type TicketDoc, Tickets } from '../../store/models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from '../../store/models/ticket-message.ts';
import { Users } from '../../store/models/user.ts';
import { saveUser } from '../../store/users.ts';
import { type ApiBench, apiBench } from './bench.ts';

/** An API with sources of webhooks, and what a test does and reads of it. */
export interface WebhookBench {
  api: ApiBench;
  /** An empty store with one agent, boris. */
  clear(): Promise<void>;
  post(path: string, body: string, headers: Record<string, string>): Promise<{ status: number; text: string }>;
  /** What is pending is applied, without a problem, and these are the tickets then. */
  tickets(): Promise<TicketDoc[]>;
  conversation(): Promise<TicketMessageDoc[]>;
}

export async function webhookBench(webhooks: readonly WebhookSource[]): Promise<WebhookBench> {
  const api = await apiBench({ webhooks });
  return {
    api,
    async clear() {
      const models = [Contacts, Events, Intake, Tickets, TicketMessages, Users];
      for (const model of models) await model.collection.deleteMany({});
      const boris = { _id: 'boris', name: 'Boris', role: 'agent', language: 'en', active: true } as const;
      await saveUser({ ...boris, skills: [], absences: [] });
    },
    async post(path, body, headers) {
      const answer = await fetch(`${api.url}/api/webhooks/${path}`, { method: 'POST', body, headers });
      return { status: answer.status, text: await answer.text() };
    },
    async tickets() {
      await api.drain();
      expect(await Intake.find({ status: 'failed' }).lean()).toEqual([]);
      return await Tickets.find().sort({ number: 1 }).lean<TicketDoc[]>();
    },
    conversation: async () => await TicketMessages.find().sort({ at: 1, _id: 1 }).lean<TicketMessageDoc[]>(),
  };
}
