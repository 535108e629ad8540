import { describe, expect, it } from 'vitest';
import type { TemplateInput } from '../../delivery/templates/data.ts';
import type { Reader } from '../../delivery/templates/environment.ts';
import { createRenderer, type Renderer } from '../../delivery/templates/renderer.ts';
import type { TemplateSource, TemplateSources } from '../../engine/schema/template.ts';

function mail(body: string, head: Partial<TemplateSource> = {}): TemplateSource {
  return {
    channel: 'email',
    key: 'letter',
    name: 'Letter',
    purpose: 'marketing',
    subject: 'Hello',
    example: { contact: {}, trigger: {}, vars: {} },
    bodies: { en: body },
    ...head,
  };
}

function sources(...templates: TemplateSource[]): TemplateSources {
  return {
    layout: '<html><body><div class="preheader">{{preheader}}</div>{{{body}}}{{> footer}}</body></html>',
    partials: {
      en: { footer: '<p>Regards, {{company.name}}</p>' },
      ru: { footer: '<p>С уважением, {{company.name}}</p>' },
    },
    templates,
  };
}

const input: TemplateInput = {
  contact: { firstName: 'Anna', attributes: { tier: null } },
  trigger: { total: 5000, day: '2026-03-29', at: Date.UTC(2026, 2, 28, 22), url: 'https://shop.example/cart?a=1&b=2' },
  vars: {},
  company: { name: 'Shop & Co', from: 'Shop <shop@example.com>' },
};
const reader: Reader = {
  language: 'en',
  zone: 'Europe/Moscow',
  link: (url) => `https://t.example/${encodeURIComponent(url)}`,
};

const renderMail = (body: string, data: Partial<TemplateInput> = {}, head: Partial<TemplateSource> = {}) =>
  createRenderer(sources(mail(body, head))).mail('letter', { ...input, ...data }, reader);

describe('mail templates', () => {
  it('renders body, layout, partial, subject and text part, escaped', () => {
    const rendered = renderMail(
      '<p>Dear {{contact.firstName}} of {{company.name}}</p>',
      {},
      { subject: 'To {{contact.firstName}} & co' },
    );
    expect(rendered.html).toContain('Dear Anna of Shop &amp; Co');
    expect(rendered.html).toContain('Regards, Shop &amp; Co');
    expect(rendered.subject).toBe('To Anna & co');
    expect(rendered.text).toBe('Dear Anna of Shop & Co\n\nRegards, Shop & Co');
  });

  it('escapes markup in data', () => {
    const rendered = renderMail('<p>{{contact.firstName}}</p>', {
      contact: { firstName: '<script>alert(1)</script>' },
    });
    expect(rendered.html).not.toContain('<script>');
  });

  it('follows the language with its partials', () => {
    const renderer = createRenderer(
      sources(mail('Hi', { subject: { en: 'Hi', ru: 'Привет' }, bodies: { en: 'Hi', ru: 'Здравствуйте' } })),
    );
    const rendered = renderer.mail('letter', input, { ...reader, language: 'ru' });
    expect(rendered).toMatchObject({ subject: 'Привет', text: expect.stringContaining('Здравствуйте') });
    expect(rendered.text).toContain('С уважением');
    expect(renderer.language('email', 'letter', ['ru', 'en'])).toBe('ru');
    expect(createRenderer(sources(mail('Hi'))).language('email', 'letter', ['ru'])).toBe('en');
  });

  it.each([
    ['a variable', '{{contact.lastName}}'],
    ['an empty one', '{{contact.attributes.tier}}'],
    ['one deep in nothing', '{{trigger.order.total}}'],
    ['an argument', '{{money trigger.price}}'],
    ['a link', '<a href="{{link trigger.nowhere}}">x</a>'],
    ['a list', '{{#each trigger.items}}x{{/each}}'],
    ['a prototype', '{{contact.constructor}}'],
    ['a way to the constructor', '{{contact.constructor.constructor}}'],
    ['__proto__', '{{contact.__proto__.polluted}}'],
  ])('refuses %s that is missing', (_, body) => {
    expect(() => renderMail(body)).toThrow(expect.objectContaining({ code: 'TEMPLATE_VARIABLE_MISSING' }));
    expect(() => renderMail('x', {}, { subject: body })).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_VARIABLE_MISSING' }),
    );
  });

  it('lets {{#if}} ask for what may be missing', () => {
    expect(renderMail('{{#if contact.lastName}}{{contact.lastName}}{{else}}friend{{/if}}').text).toContain('friend');
  });

  it.each([
    '{{env "PATH"}}',
    '{{lookup contact "firstName"}}',
    '{{#with contact}}x{{/with}}',
    '{{log contact}}',
    '{{contact.firstName',
    '{{> nowhere}}',
  ])('refuses %s', (body) => {
    expect(() => renderMail(body)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^TEMPLATE_/) }));
  });

  it('never takes a parsed tree for a template', () => {
    const tree = JSON.parse('{"type":"Program","body":[]}');
    expect(() => renderMail(tree)).toThrow(expect.objectContaining({ code: 'TEMPLATE_INVALID' }));
  });

  it('keeps a subject on one line, whatever the data hold', () => {
    const rendered = renderMail(
      'x',
      { contact: { firstName: 'Anna\r\nBcc: victim@example.com\u2028X\u0000Y' } },
      { subject: 'To {{contact.firstName}}' },
    );
    expect(rendered.subject).toBe('To Anna Bcc: victim@example.com X Y');
  });

  it('tracks links and refuses other schemes', () => {
    const rendered = renderMail('<a href="{{link trigger.url}}">cart</a>');
    expect(rendered.html).toContain(`https://t.example/${encodeURIComponent('https://shop.example/cart?a=1&b=2')}`);
    for (const url of ['javascript:alert(1)', '//evil.example', 'data:text/html,x', 'shop']) {
      expect(() => renderMail('{{link trigger.url}}', { trigger: { url } })).toThrow(
        expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
      );
    }
  });

  it('writes money and days as the reader does', () => {
    const text = (body: string, language: 'en' | 'ru') =>
      createRenderer(sources(mail(body, { bodies: { [language]: body } })))
        .mail('letter', input, { ...reader, language })
        .text.replaceAll('\u00a0', ' ');
    expect(text('{{money trigger.total}}', 'ru')).toContain('5 000 ₽');
    expect(text('{{money 12.5 "EUR"}}', 'en')).toContain('€12.50');
    expect(text('{{date trigger.day}}', 'ru')).toContain('29 марта 2026 г.');
    // 22:00 UTC on the 28th is the 29th in Moscow.
    expect(text('{{date trigger.at}}', 'en')).toContain('29 March 2026');
  });
});

describe('the text part', () => {
  /** With a preheader: an empty value would have each mail converted by itself. */
  const letter = (text: string) => createRenderer(sources(mail(text, { preheader: 'News' })));
  const body = `<h1>{{contact.firstName}}, hello</h1><p>{{contact.firstName}}: <a href="{{link trigger.url}}">{{trigger.words}}</a>
    and <a href="{{trigger.url}}">{{trigger.url}}</a></p>{{#if trigger.items}}<ul>{{#each trigger.items}}<li>{{this}}</li>{{/each}}</ul>{{/if}}`;
  const render = (renderer: Renderer, data: Partial<TemplateInput>) =>
    renderer.mail('letter', { ...input, ...data }, reader);
  const url = 'https://shop.example/a';
  const people: [string, TemplateInput['contact'], TemplateInput['trigger']][] = [
    ['another name', { firstName: 'Boris' }, { url, words: 'look' }],
    ['another address', { firstName: 'Anna' }, { url: 'https://shop.example/b?c=1&d=2', words: 'look' }],
    ['words that are the address', { firstName: 'Anna' }, { url, words: url }],
    ['a list', { firstName: 'Anna' }, { url, words: 'look', items: ['tea', 'milk & honey'] }],
    ['a longer list', { firstName: 'Anna' }, { url, words: 'look', items: ['tea', 'milk', 'sugar'] }],
    ['markup', { firstName: '<b>Anna</b> & "co"' }, { url, words: '<script>' }],
    ['blanks', { firstName: '  Anna \n Maria ' }, { url, words: 'look  here' }],
    ['nothing but a blank', { firstName: ' ' }, { url, words: 'look' }],
    ['capitals that are longer', { firstName: 'Strauß' }, { url, words: 'look' }],
    ['Russian', { firstName: 'Анна' }, { url, words: 'сюда' }],
    ['marks of a slot', { firstName: '\uFDD0v0\uFDD1' }, { url, words: 'look' }],
  ];

  it.each(people)('says the same from the second mail on with %s', (_, contact, trigger) => {
    const used = letter(body);
    for (const [, contact, trigger] of people) render(used, { contact, trigger });
    const fresh = letter(body);
    expect(render(used, { contact, trigger })).toEqual(render(fresh, { contact, trigger }));
  });

  it('shouts names in headings, and hides an address that is its own words', () => {
    const renderer = letter(body);
    const texts = ['Anna', 'Boris'].map(
      (firstName) => render(renderer, { contact: { firstName }, trigger: { url, words: 'look' } }).text,
    );
    expect(texts[1]).toContain('BORIS, HELLO');
    expect(texts[1]).toContain(`Boris: look [https://t.example/${encodeURIComponent(url)}] and ${url}\n`);
    expect(texts[1]).toBe(texts[0]?.replaceAll('Anna', 'Boris').replaceAll('ANNA', 'BORIS'));
  });

  it('follows a value that decides how the rest reads', () => {
    const renderer = letter('<ol start="{{trigger.first}}"><li>tea</li></ol>');
    const text = (first: number) => render(renderer, { trigger: { first } }).text;
    expect([text(3), text(7), text(3)]).toEqual([
      expect.stringContaining('3. tea'),
      expect.stringContaining('7. tea'),
      expect.stringContaining('3. tea'),
    ]);
  });
});

describe('sms templates', () => {
  it('are plain text', () => {
    const sms: TemplateSource = {
      ...mail(''),
      channel: 'sms',
      bodies: { en: '{{company.name}}: {{contact.firstName}}, {{link trigger.url}}\n' },
    };
    const text = createRenderer(sources(sms)).sms('letter', input, { ...reader, link: (url) => url });
    expect(text).toBe('Shop & Co: Anna, https://shop.example/cart?a=1&b=2');
  });
});
