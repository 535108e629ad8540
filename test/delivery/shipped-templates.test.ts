import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import type { Reader } from '../../delivery/templates/environment.ts';
import { loadTemplates } from '../../delivery/templates/load.ts';
import { createRenderer } from '../../delivery/templates/renderer.ts';
import { languages } from '../../engine/model/contact.ts';
import type { TemplateSource } from '../../engine/schema/template.ts';

const sources = loadTemplates(join(packageRoot, 'templates'));
const renderer = createRenderer(sources);
const company = { name: 'Shop', address: 'Moscow', from: 'Shop <hello@example.com>' };
const both = (channel: TemplateSource['channel']) =>
  sources.templates
    .filter((template) => template.channel === channel)
    .flatMap((template) =>
      languages.map((language) => ({ ...template, language, name: `${template.key} (${language})` })),
    );

function input({ example }: TemplateSource) {
  return { ...example, company, unsubscribeUrl: 'https://crm.example/u/x' };
}

const reader = (language: Reader['language']): Reader => ({ language, zone: 'Europe/Moscow', link: (url) => url });

describe('shipped templates', () => {
  it.each(both('email'))('mail $name renders with its example', (template) => {
    const mail = renderer.mail(template.key, input(template), reader(template.language));
    expect(mail.subject).not.toBe('');
    expect(mail.html).toContain('https://crm.example/u/x');
    expect(mail.html + mail.text + mail.subject).not.toMatch(/undefined|\[object|\{\{/);
    if (template.language === 'ru') expect(mail.text).toMatch(/[а-яё]{4}/i);
    const again = renderer.mail(template.key, input(template), reader(template.language));
    expect(again).toEqual(mail);
  });

  it.each(both('sms'))('SMS $name renders with its example', (template) => {
    const text = renderer.sms(template.key, input(template), reader(template.language));
    expect(text).not.toBe('');
    expect(text).not.toMatch(/undefined|\[object|\{\{|&#?\w+;/);
  });
});

describe('loading templates', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voronka-templates-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('names the file that is wrong', async () => {
    await mkdir(join(folder, 'email', 'letter'), { recursive: true });
    expect(() => loadTemplates(folder)).toThrow(/letter.template\.json is missing/);
    await writeFile(join(folder, 'email', 'letter', 'template.json'), '{"name": 1}');
    expect(() => loadTemplates(folder)).toThrow(/letter.template\.json name/);
    await writeFile(join(folder, 'email', 'letter', 'template.json'), '{"name": "Letter"}');
    expect(() => loadTemplates(folder)).toThrow(/holds neither en\.hbs nor ru\.hbs/);
  });
});
