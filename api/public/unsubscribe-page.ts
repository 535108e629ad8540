import Handlebars from 'handlebars';
import type { Channel, Language } from '../../engine/model/contact.ts';
import { texts, withAddress } from './texts.ts';

export type PageState = 'question' | 'done' | 'back';

const render = Handlebars.compile<{
  language: Language;
  title: string;
  message: string;
  note?: string;
  button?: { value: string; label: string };
}>(
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
button:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px; }
small { color: #52606d; }
</style>
</head>
<body>
<main>
<h1>{{title}}</h1>
<p>{{message}}</p>
{{#if button}}<form method="post"><button name="action" value="{{button.value}}">{{button.label}}</button></form>{{/if}}
{{#if note}}<p><small>{{note}}</small></p>{{/if}}
</main>
</body>
</html>
`,
  { knownHelpersOnly: true },
);

/** The page behind an unsubscribe link: asks, confirms, and offers the way back. It needs no script. */
export function unsubscribePage(state: PageState, language: Language, channel: Channel, address: string): string {
  const words = texts[language];
  return render({
    language,
    title: words.title,
    message: withAddress(words[state][channel], address),
    ...(state === 'question' && { button: { value: 'unsubscribe', label: words.unsubscribe } }),
    ...(state === 'done' && { button: { value: 'resubscribe', label: words.resubscribe }, note: words.transactional }),
  });
}

/** For a link that was cut or made up; in both languages, because nobody can tell whose it is. */
export function invalidLinkPage(): string {
  return render({
    language: 'en',
    title: `${texts.en.title} · ${texts.ru.title}`,
    message: texts.en.invalid,
    note: texts.ru.invalid,
  });
}
