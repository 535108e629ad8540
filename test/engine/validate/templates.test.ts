import { describe, expect, it } from 'vitest';
import type { TemplateSource, TemplateSources } from '../../../engine/schema/template.ts';
import { readTemplate } from '../../../engine/validate/template-variables.ts';
import { templateCatalogue, templateProblems } from '../../../engine/validate/templates.ts';

function required(text: string, partials = {}): string[] {
  return [...readTemplate(text, partials).required].sort();
}

describe('variables of a template', () => {
  it('are required outside of conditions only', () => {
    expect(required('{{trigger.url}} {{#if contact.firstName}}{{contact.firstName}}{{/if}}')).toEqual(['trigger.url']);
    const { optional } = readTemplate('{{#if a.b}}{{c.d}}{{else}}{{e.f}}{{/if}}');
    expect([...optional]).toEqual(['a.b', 'c.d', 'e.f']);
  });

  it('are found in arguments, sub-expressions and partials, not in items of a list', () => {
    expect(required('{{link trigger.url}} {{money trigger.total "EUR"}}')).toEqual(['trigger.total', 'trigger.url']);
    expect(required('{{> button url=(link trigger.url)}}', { button: '{{url}} {{vars.label}}' })).toEqual([
      'trigger.url',
      'url',
      'vars.label',
    ]);
    expect(
      required('{{#each trigger.items}}{{name}} {{this.price}} {{../trigger.currency}} {{@index}}{{/each}}'),
    ).toEqual(['trigger.currency', 'trigger.items']);
  });

  it('survive partials that include each other', () => {
    expect(required('{{> a}}', { a: '{{> b}}{{vars.a}}', b: '{{> a}}{{vars.b}}' })).toEqual(['vars.a', 'vars.b']);
  });
});

describe('templates', () => {
  const source: TemplateSource = {
    channel: 'email',
    key: 'cart',
    name: 'Cart',
    purpose: 'marketing',
    subject: { en: 'Your {{trigger.item}}', ru: 'Ваш {{trigger.thing}}' },
    example: { contact: {}, trigger: {}, vars: {} },
    bodies: { en: '{{company.name}} {{unsubscribeUrl}}', ru: '{{vars.rate}}' },
  };
  const sources = (...templates: TemplateSource[]): TemplateSources => ({
    layout: '{{{body}}}',
    partials: { en: { button: '{{url}}' }, ru: {} },
    templates,
  });

  it('need the variables of all their languages and of their subject', () => {
    expect(templateCatalogue(sources(source))['email/cart']).toEqual({
      channel: 'email',
      purpose: 'marketing',
      languages: ['en', 'ru'],
      variables: ['trigger.item', 'trigger.thing', 'vars.rate'],
    });
  });

  it('are refused for bad syntax, unknown names and helpers, a missing subject or language', () => {
    expect(templateProblems(source, sources(source))).toEqual([]);
    const { subject: _, ...bare } = source;
    const wrong = {
      ...bare,
      bodies: { en: '{{#if contact.email}} {{triger.x}} {{mony 5}} {{> buton}}{{/if}} {{> button}}' },
    };
    const found = templateProblems(wrong, sources(wrong)).map(({ path, suggestion, code }) => [
      path,
      suggestion ?? code,
    ]);
    expect(found).toEqual([
      ['', 'template-language-missing'],
      ['subject', 'missing-key'],
      ['["en.hbs"]', 'trigger'],
      ['["en.hbs"]', 'money'],
      ['["en.hbs"]', 'button'],
    ]);
    const broken = { ...source, bodies: { en: '{{#if x}}', ru: 'x' } };
    expect(templateProblems(broken, sources(broken))[0]?.message).toContain('no Handlebars');
  });
});
