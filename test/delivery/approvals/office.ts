import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { expect } from 'vitest';
import { approvalRoutes } from '../../../api/public/approval.ts';
import { packageRoot } from '../../../config/root.ts';
import { tellingOfBytes } from '../../../delivery/documents/telling.ts';
import { startIntake } from '../../../delivery/intake/consumer.ts';
import { intakeDoc, intakeItem } from '../../../delivery/intake/items.ts';
import { intakeApplied, submitIntake } from '../../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { deliverDue } from '../../../delivery/outbox/deliver.ts';
import type { OutboxDeps } from '../../../delivery/outbox/deps.ts';
import { loadTemplates } from '../../../delivery/templates/load.ts';
import { createRenderer } from '../../../delivery/templates/renderer.ts';
import { createLinks, type Links } from '../../../delivery/tracking/links.ts';
import { keepBytes, numberDocuments } from '../../../store/documents.ts';
import { keepFile } from '../../../store/files.ts';
import { newId } from '../../../store/id.ts';
import { type ApprovalDoc, Approvals } from '../../../store/models/approval.ts';
import type { ContactDoc } from '../../../store/models/contact.ts';
import { type DocumentDoc, Documents } from '../../../store/models/document.ts';
import { Notifications } from '../../../store/models/record.ts';
import { Users } from '../../../store/models/user.ts';
import { draft } from '../../store/fixtures/drafts.ts';
import type { ReceivedMail } from '../../support/smtp-sink.ts';
import { secret } from '../fixtures/templates.ts';
import { createWorld, type World } from '../fixtures/world.ts';

/** Boris reads Russian, Vera has no address. */
const people = [
  { _id: 'alice', name: 'Alice', email: 'alice@company.example', role: 'sales', language: 'en' as const },
  { _id: 'boris', name: 'Борис', email: 'boris@company.example', role: 'lead', language: 'ru' as const },
  { _id: 'carol', name: 'Carol', email: 'carol@company.example', role: 'finance', language: 'en' as const },
  { _id: 'vera', name: 'Вера', role: 'finance', language: 'ru' as const },
];

type Body = Parameters<typeof intakeItem<'approval'>>[2];
type Asked = Partial<Extract<Body, { do: 'request' }>>;

/** Approvers with their mail: the intake, the outbox and the public pages at work, on a clock that the test moves. */
export interface Office {
  world: World;
  links: Links;
  contact: ContactDoc;
  /** A document of the contact that has its number, and takes the place of another one. */
  numbers(supersedes?: string): Promise<DocumentDoc>;
  /** Gives a document its PDF, which tells of it. @returns its id */
  draws(doc: DocumentDoc, content: string): Promise<string>;
  /** Asks people for a decision, each in a stage of their own unless `stages` says otherwise. */
  asks(users: string[], more?: Asked): Promise<ApprovalDoc>;
  does(body: Body): Promise<void>;
  approval(id: string): Promise<ApprovalDoc>;
  /** Sends what is due. @returns the mails that came to an address since the last reset */
  mails(to: string): Promise<ReceivedMail[]>;
  /** The link in the latest mail to an address. */
  link(to: string): Promise<string>;
  /** Begins a test: nobody has got anything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const world = await createWorld();
  const { clock, queues, environment } = world;
  await Users.create(people.map((person) => ({ ...person, active: true })));
  const contact = await world.contact({ lastName: 'Vesna' });
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const links = createLinks(secret, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const library = new LiveLibrary();
  app.use(approvalRoutes({ clock, queues, links, library, log: world.deps.log }));
  const templates = createRenderer(loadTemplates(join(packageRoot, 'templates')));
  const outbox: OutboxDeps = { ...world.deps, templates, links };
  const onError = (error: unknown) => {
    throw error;
  };
  const intake = await startIntake({ clock, queues, library, onError }, 200);

  async function submit(doc: Parameters<typeof submitIntake>[1][number]): Promise<string> {
    await submitIntake(queues.intake, [doc]);
    expect(await intakeApplied([doc._id], 20_000)).toBe(true);
    return doc._id;
  }

  const office: Office = {
    world,
    links,
    contact,
    async numbers(supersedes) {
      const about = { contactId: contact._id, createdAt: new Date(clock.now()), ...(supersedes && { supersedes }) };
      const [doc] = await numberDocuments([draft('proposal', { written: (n) => `PROP-${n}`, ...about })]);
      if (!doc) throw new Error(`${supersedes} is superseded already`);
      return doc;
    },
    async draws(doc, content) {
      const bytes = Buffer.from(content);
      const { id, size } = await keepFile({ id: newId(), name: 'x.pdf', type: 'application/pdf' }, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const telling = tellingOfBytes(doc);
      await keepBytes(doc._id, 'pdf', { file: id, size, sha256 }, telling);
      expect(await intakeApplied([`document/${doc._id}`], 20_000)).toBe(true);
      return doc._id;
    },
    async asks(users, more = {}) {
      const id = newId();
      const body = {
        do: 'request' as const,
        by: 'api' as const,
        subject: { kind: 'contact' as const, id: contact._id, contactId: contact._id },
        title: { en: 'A discount of 20 %', ru: 'Скидка 20 %' },
        stages: users.map((user) => ({ id: `by-${user}`, approvers: [{ user }] })),
        zone: 'Europe/Moscow',
        ...more,
      };
      await submit(intakeDoc(id, [intakeItem('approval', id, body, 'api')], clock.now()));
      return await office.approval(id);
    },
    async does(body) {
      const id = newId();
      await submit(intakeDoc(id, [intakeItem('approval', id, body, 'api')], clock.now()));
    },
    approval: async (id) => await Approvals.findById(id).orFail().lean<ApprovalDoc>(),
    async mails(to) {
      await deliverDue(outbox);
      return environment.smtp.mails.filter((mail) => mail.to.includes(to));
    },
    async link(to) {
      const mail = (await office.mails(to)).at(-1);
      return /https?:\/\/\S+\/a\/[\w.-]+/.exec(mail?.parsed.text ?? '')?.[0] ?? '';
    },
    async reset() {
      await world.reset();
      await Promise.all([Approvals.deleteMany({}), Notifications.deleteMany({}), Documents.deleteMany({})]);
      // Each test is a caller of its own.
      const keys = await queues.redis.keys(`${queues.settings.prefix}:approvals*`);
      if (keys.length > 0) await queues.redis.del(keys);
    },
    async close() {
      await intake.close();
      server.close();
      await world.close();
    },
  };
  return office;
}
