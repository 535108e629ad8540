import Handlebars from 'handlebars';
import type { Language } from '../../engine/model/contact.ts';
import { texts } from './texts.ts';

const frame = Handlebars.compile<{ language: Language; title: string; content: string }>(
  `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{title}}</title>
<style>
body { font: 18px/1.5 system-ui, sans-serif; color: #1f2933; background: #f5f7fa; margin: 0; }
main { max-width: 32rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: 12px; }
button { font: inherit; color: #fff; background: #1c5fb0; border: 0; border-radius: 8px; padding: .6rem 1.2rem; cursor: pointer; }
:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px; }
small { color: #52606d; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
legend { padding: 0; margin-bottom: .75rem; }
.marks { display: flex; flex-wrap: wrap; gap: .4rem; }
.marks label { border: 1px solid #9aa5b1; border-radius: 8px; padding: .4rem .8rem; cursor: pointer; }
.marks label:has(:checked) { background: #1c5fb0; border-color: #1c5fb0; color: #fff; }
.ends { display: flex; justify-content: space-between; }
textarea { box-sizing: border-box; width: 100%; font: inherit; border: 1px solid #9aa5b1; border-radius: 8px; padding: .5rem; }
</style>
</head>
<body>
<main>
<h1>{{title}}</h1>
{{{content}}}
</main>
</body>
</html>
`,
  { knownHelpersOnly: true },
);

/** A page for a contact, without any script. `content` is HTML that a template made, its values escaped. */
export function publicPage(language: Language, title: string, content: string): string {
  return frame({ language, title, content });
}

const invalid = Handlebars.compile<{ en: string; ru: string }>(
  '<p>{{en}}</p>\n<p lang="ru"><small>{{ru}}</small></p>',
  {
    knownHelpersOnly: true,
  },
);

/** For a link that was cut or made up; in both languages, because nobody can tell whose it is. */
export function invalidLinkPage(): string {
  const { en, ru } = texts;
  const content = invalid({ en: en.link.invalid, ru: ru.link.invalid });
  return publicPage('en', `${en.link.title} · ${ru.link.title}`, content);
}
