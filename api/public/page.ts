import Handlebars from 'handlebars';
import type { Language } from '../../engine/model/contact.ts';
import { texts } from './texts.ts';

const frame = Handlebars.compile<{ language: Language; title: string; content: string; wide: boolean }>(
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
:focus-visible { outline: 3px solid #1f2933; outline-offset: 2px; }
small { color: #52606d; }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
legend { padding: 0; margin-bottom: .75rem; }
.marks { display: flex; flex-wrap: wrap; gap: .4rem; }
.marks label { border: 1px solid #7b8794; border-radius: 8px; padding: .4rem .8rem; cursor: pointer; }
.marks label:has(:checked) { background: #1c5fb0; border-color: #1c5fb0; color: #fff; }
.ends { display: flex; justify-content: space-between; }
main.wide { max-width: 76rem; margin: 4vh auto; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
[role=alert] { color: #b42318; }
.parts { display: grid; gap: 1rem 2.5rem; }
dl { margin: 0 0 1.5rem; }
dl div { display: flex; gap: 1rem; padding: .4rem 0; border-bottom: 1px solid #e4e7eb; }
dt { flex: 0 0 8rem; color: #52606d; }
dd { margin: 0; overflow-wrap: anywhere; }
details { margin-bottom: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid #e4e7eb; text-align: left; }
tr > :last-child { text-align: right; }
.document { display: block; width: 100%; height: 24rem; border: 1px solid #7b8794; border-radius: 8px; }
.document p { padding: 1rem; }
textarea { box-sizing: border-box; width: 100%; font: inherit; border: 1px solid #7b8794; border-radius: 8px; padding: .5rem; }
@media (min-width: 60rem) {
  .wide .parts { grid-template: "facts document" auto "form document" 1fr / 1fr 1fr; }
  .wide .parts > section { grid-area: document; }
  .document { height: 75vh; }
}
</style>
</head>
<body>
<main{{#if wide}} class="wide"{{/if}}>
<h1>{{title}}</h1>
{{{content}}}
</main>
</body>
</html>
`,
  { knownHelpersOnly: true },
);

/** A page for a contact or a colleague, without any script. `content` is HTML that a template made, its values escaped. `wide`: it shows a document. */
export function publicPage(
  language: Language,
  title: string,
  content: string,
  { wide = false }: { wide?: boolean } = {},
): string {
  return frame({ language, title, content, wide });
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
