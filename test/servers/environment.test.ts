import mongoose from 'mongoose';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { Users } from '../../store/models/user.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { timeSkippingEnvironment } from '../support/time-skipping.ts';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
});
afterAll(async () => {
  await closeStore();
  await environment.close();
});

describe('the test environment', () => {
  it('has a database of its own with every index', async () => {
    await ensureIndexes();
    await ensureIndexes();
    await Users.create({ _id: 'anna', name: 'Anna', role: 'sales', language: 'en' });
    expect(mongoose.connection.name).toMatch(/^test_[0-9a-f]{12}$/);
    expect(await Users.countDocuments()).toBe(1);
    const indexes = await mongoose.connection.collection('contacts').indexes();
    expect(indexes.find((index) => index.key.emailKey === 1)?.unique).toBe(true);
  });

  it('rolls a transaction back whole', async () => {
    const failing = mongoose.connection.transaction(async (session) => {
      await Users.create([{ _id: 'boris', name: 'Boris', role: 'sales', language: 'ru' }], { session });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await Users.exists({ _id: 'boris' })).toBeNull();
  });

  it('keeps the mails that its SMTP server gets and refuses where told to', async () => {
    const transport = createTransport(environment.config.mail.smtpUrl);
    await transport.sendMail({ from: 'a@example.com', to: 'b@example.com', subject: 'Привет', text: 'как дела' });
    expect(environment.smtp.mails.map((mail) => mail.parsed.subject)).toEqual(['Привет']);
    environment.smtp.refuse('gone@example.com', 550);
    const refused = transport.sendMail({ from: 'a@example.com', to: 'gone@example.com', subject: 'x', text: 'x' });
    await expect(refused).rejects.toMatchObject({ responseCode: 550 });
  });

  it('has a Temporal that skips time', async () => {
    const temporal = await timeSkippingEnvironment();
    try {
      const before = await temporal.currentTimeMs();
      await temporal.sleep('30 days');
      expect((await temporal.currentTimeMs()) - before).toBeGreaterThan(29 * 86_400_000);
    } finally {
      await temporal.teardown();
    }
  });
});
