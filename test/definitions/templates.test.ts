import { describe, expect, it } from 'vitest';
import { createRenderer } from '../../delivery/templates/renderer.ts';
import { languages } from '../../engine/model/contact.ts';
import { loadLibrary } from '../../library/load.ts';

const { library, templates } = loadLibrary(process.cwd());
const renderer = createRenderer(templates);
const { company } = library.policy;
const link = (url: string) => `https://t.example.com/?to=${encodeURIComponent(url)}`;

const cases = templates.templates.flatMap((template) =>
  languages.map((language) => [`${template.channel}/${template.key}`, language, template] as const),
);

/** Nothing in them is to be clicked: they are answered, paid or read. */
const letters = new Set(['document', 'payment-due', 'payment-overdue', 'deal-thanks']);

describe('shipped templates', () => {
  it.each(cases)('%s renders in %s, with the fullest data and with the least', (_, language, template) => {
    const reader = { language, zone: 'Europe/Moscow', link };
    const { example, purpose, channel, key } = template;
    const marketing = purpose === 'marketing' ? { unsubscribeUrl: 'https://t.example.com/unsubscribe/1' } : {};
    const input = { ...example, contact: {}, company, ...marketing };
    for (const contact of [{}, example.contact]) {
      if (channel === 'sms') {
        const text = renderer.sms(key, { ...input, contact }, reader);
        expect(text).not.toMatch(/\{\{|undefined|\[object/);
        expect(text.startsWith(company.name)).toBe(true);
        continue;
      }
      const mail = renderer.mail(key, { ...input, contact }, reader);
      expect(mail.subject.length).toBeLessThan(60);
      expect(`${mail.subject}${mail.html}${mail.text}`).not.toMatch(/\{\{|undefined|\[object/);
      expect(mail.html.includes('https://t.example.com/unsubscribe/1')).toBe(purpose === 'marketing');
      expect(mail.html).toContain(company.address ?? '');
      const letters = language === 'ru' ? /[а-яё]/i : /[a-z]/i;
      expect(mail.subject).toMatch(letters);
      // Gmail cuts mails off at 102 kB.
      expect(mail.html.length).toBeLessThan(20_000);
    }
  });

  it('follow every link through the tracker, so that a click is seen', () => {
    for (const [, language, { channel, key, example }] of cases) {
      if (channel !== 'email') continue;
      const seen: string[] = [];
      const follow = (url: string) => {
        seen.push(url);
        return link(url);
      };
      const reader = { language, zone: 'UTC', link: follow };
      const { html } = renderer.mail(key, { ...example, company }, reader);
      const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
      expect(hrefs).toHaveLength(seen.length);
      // Mails of tickets are letters: what they lead to is an answer.
      if (!key.startsWith('ticket-')) expect(seen.length > 0).toBe(!letters.has(key));
    }
  });
});
