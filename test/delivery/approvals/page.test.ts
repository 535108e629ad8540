import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tellingOfVoid } from '../../../delivery/documents/telling.ts';
import { voidDocument } from '../../../store/documents.ts';
import { Users } from '../../../store/models/user.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => await office.close());
beforeEach(async () => await office.reset());

const [alice, boris, carol] = ['alice@company.example', 'boris@company.example', 'carol@company.example'];
const day = 86_400_000;
const pdf = '%PDF-1.3 a proposal of twenty percent';

interface Page {
  status: number;
  html: string;
}

/** Opens a link, or sends its form. A redirection is followed as a browser does. */
async function browse(url: string, form?: Record<string, string>): Promise<Page> {
  const response = await fetch(url, form && { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, html: await response.text() };
}

/** What the form on a page sends when one decides. */
function formIn({ html }: Page, decision: string, comment = ''): Record<string, string> {
  const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return { ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])), decision, comment };
}

async function decideBy(url: string, decision: string, comment = ''): Promise<Page> {
  return await browse(url, formIn(await browse(url), decision, comment));
}

describe('the page behind an approver’s link', () => {
  it('shows what is decided, in their language, and decides nothing by being opened', async () => {
    const documentId = await office.draws(await office.numbers(), pdf);
    const { _id } = await office.asks(['boris'], { documentId, amount: 202_251, within: 'P1D' });
    const url = await office.link(boris);
    for (const method of ['HEAD', 'GET', 'GET']) await fetch(url, { method });
    const page = await browse(url);
    expect(page).toMatchObject({ status: 200, html: expect.stringContaining('<html lang="ru">') });
    const { document, status, stages } = await office.approval(_id);
    for (const said of ['Скидка 20 %', document?.number ?? '', 'Anna Vesna', 'Что вы решили, Борис?']) {
      expect(page.html).toContain(said);
    }
    expect(formIn(page, '')).toMatchObject({ round: '1', sha256: document?.sha256 });
    expect({ status, stages }).toMatchObject({ status: 'pending', stages: [{ approvers: [{ user: 'boris' }] }] });
    expect(stages[0]?.approvers[0]?.decision).toBeUndefined();
    const { headers } = await fetch(url);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.html).not.toMatch(/<script/i);
  });

  it('shows the very bytes that are decided, and gives them to nobody without the link', async () => {
    await office.asks(['alice'], { documentId: await office.draws(await office.numbers(), pdf) });
    const url = await office.link(alice);
    const { html } = await browse(url);
    const path = /<object[^>]* data="([^"]+)"/.exec(html)?.[1] ?? '';
    const shown = await fetch(new URL(path, url));
    expect([shown.headers.get('content-type'), await shown.text()]).toEqual(['application/pdf', pdf]);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename=PROP-\d+\.pdf$/);
    const kept = await fetch(`${url}/document?download`);
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await fetch(`${url.slice(0, -1)}/document`)).status).toBe(404);
    await mongoose.connection.collection('files.chunks').updateMany({}, { $set: { data: Buffer.from('forged') } });
    expect((await fetch(`${url}/document`)).status).toBe(500);
  });

  it('takes the decision with its comment, once', async () => {
    const { _id } = await office.asks(['alice', 'carol'], {
      documentId: await office.draws(await office.numbers(), pdf),
    });
    const url = await office.link(alice);
    expect(await decideBy(url, 'approved', '  <b>a good customer</b> ')).toMatchObject({
      status: 200,
      html: expect.stringContaining('You approved this on'),
    });
    const { trail, document } = await office.approval(_id);
    expect(trail.filter(({ what }) => what === 'decision')).toMatchObject([
      { by: 'user:alice', decision: 'approved', comment: '<b>a good customer</b>', document },
    ]);
    expect((await browse(await office.link(carol))).html).toContain('&lt;b&gt;a good customer&lt;/b&gt;');
    // Pressed twice, or once more with another mind.
    for (const again of ['approved', 'rejected']) {
      const form = { decision: again, round: '1', sha256: document?.sha256 ?? '' };
      expect((await browse(url, form)).html).toContain('You approved this on');
    }
    expect((await office.approval(_id)).trail.filter(({ what }) => what === 'decision')).toHaveLength(1);
    await decideBy(await office.link(carol), 'rejected');
    expect(await office.approval(_id)).toMatchObject({ status: 'rejected' });
    const page = await browse(url);
    expect(page.html).toContain('<h1>Rejected</h1>');
    expect(page.html).toContain('You approved it.');
  });

  it('asks for a choice that is missing, and takes no other bytes than those of the request', async () => {
    const { _id } = await office.asks(['alice'], { documentId: await office.draws(await office.numbers(), pdf) });
    const url = await office.link(alice);
    const form = formIn(await browse(url), 'approved');
    expect(await browse(url, { ...form, decision: 'perhaps' })).toMatchObject({
      status: 422,
      html: expect.stringContaining('role="alert"'),
    });
    expect(await browse(url, { ...form, sha256: 'f'.repeat(64) })).toMatchObject({
      status: 409,
      html: expect.stringContaining('the document has changed in the meantime'),
    });
    expect((await browse(url, { ...form, round: '7' })).status).toBe(409);
    const { sha256: _, ...without } = form;
    expect((await browse(url, without)).status).toBe(409);
    expect(await office.approval(_id)).toMatchObject({ status: 'pending' });
  });

  it('gives one outcome to two who decide at the same moment', async () => {
    const approvers = ['alice', 'carol'].map((user) => ({ user }));
    const { _id } = await office.asks([], { stages: [{ id: 'any', need: 'any', approvers }] });
    const links = [await office.link(alice), await office.link(carol)];
    const pages = await Promise.all(links.map((link) => decideBy(link, 'approved')));
    const { status, trail } = await office.approval(_id);
    expect(status).toBe('approved');
    expect(trail.filter(({ what }) => what === 'decided')).toHaveLength(1);
    for (const { html } of pages) expect(html).toContain('<h1>Approved</h1>');
  });
});

describe('a link that is good for nothing any more says so', () => {
  it('when it was cut or made up, or was made for something else', async () => {
    await office.asks(['alice']);
    const url = await office.link(alice);
    const survey = office.links.survey({ kind: 'nps', contactId: 'x', message: 'm' }).replace('/s/', '/a/');
    for (const wrong of [url.slice(0, -1), `${url}x`, url.replace('/a/', '/a/x'), survey]) {
      expect((await browse(wrong)).status).toBe(404);
      expect((await browse(wrong, { decision: 'approved', round: '1' })).status).toBe(404);
    }
  });

  it('when its time has passed: without saying what it was about', async () => {
    const { _id } = await office.asks(['alice']);
    const url = await office.link(alice);
    const form = formIn(await browse(url), 'approved');
    office.world.clock.advance(30 * day + 2_000);
    for (const page of [await browse(url), await browse(url, form)]) {
      expect(page).toMatchObject({ status: 410, html: expect.stringContaining('This link has expired') });
      expect(page.html).not.toContain('A discount');
    }
    expect(await office.approval(_id)).toMatchObject({ status: 'pending' });
  });

  it('when the document has changed: the older link decides nothing, the newer one does', async () => {
    const first = await office.draws(await office.numbers(), pdf);
    const { _id } = await office.asks(['alice'], { documentId: first });
    const old = await office.link(alice);
    const form = formIn(await browse(old), 'approved');
    const second = await office.numbers(first);
    // Between the change and the asking anew.
    expect((await browse(old)).html).toContain('belongs to an earlier version');
    expect((await browse(old, form)).status).toBe(410);
    await office.draws(second, '%PDF-1.3 another');
    expect(await browse(old, form)).toMatchObject({ status: 410, html: expect.stringContaining('newest mail') });
    expect((await fetch(`${old}/document`)).status).toBe(404);
    expect(await office.approval(_id)).toMatchObject({ status: 'pending', round: 2 });
    await decideBy(await office.link(alice), 'approved');
    expect(await office.approval(_id)).toMatchObject({ status: 'approved', round: 2 });
    expect((await browse(old)).html).toContain('<h1>Approved</h1>');
  });

  it('when the document was voided', async () => {
    const documentId = await office.draws(await office.numbers(), pdf);
    await office.asks(['alice'], { documentId });
    const url = await office.link(alice);
    const now = office.world.clock.now();
    const voided = { reason: 'a mistake', by: 'api' as const, at: new Date(now) };
    await voidDocument(documentId, voided, tellingOfVoid(documentId, now));
    await expect.poll(async () => (await browse(url)).html).toContain('<h1>Withdrawn</h1>');
  });

  it('when somebody else decides by now, and who', async () => {
    const { _id } = await office.asks(['alice']);
    const url = await office.link(alice);
    await office.does({ do: 'delegate', approvalId: _id, by: 'user:alice', to: 'carol' });
    for (const page of [await browse(url), await browse(url, { decision: 'approved', round: '1' })]) {
      expect(page.html).toContain('Carol decides it now');
    }
    expect((await browse(await office.link(carol))).html).toContain('In place of');
    await Users.updateOne({ _id: 'carol' }, { $set: { active: false } });
    expect((await browse(await office.link(carol))).status).toBe(404);
    await Users.updateOne({ _id: 'carol' }, { $set: { active: true } });
  });

  it('when nobody decided in time', async () => {
    await office.asks(['alice'], { within: 'PT1H' });
    const url = await office.link(alice);
    office.world.clock.advance(3_600_000 + 2_000);
    await expect.poll(async () => (await browse(url)).html).toContain('<h1>Nobody decided in time</h1>');
  });
});

it('turns away who asks too often, and says when to come again', async () => {
  await office.asks(['alice']);
  const url = await office.link(alice);
  const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await fetch(url)).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  const refused = await fetch(url, { method: 'POST', body: new URLSearchParams({ decision: 'approved' }) });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
