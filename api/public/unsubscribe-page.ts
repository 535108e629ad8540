import Handlebars from 'handlebars';
import type { Channel, Language } from '../../engine/model/contact.ts';
import { publicPage } from './page.ts';
import { fill, texts } from './texts.ts';

export type PageState = 'question' | 'done' | 'back';

const render = Handlebars.compile<{
  message: string;
  note?: string;
  button?: { value: string; label: string };
}>(
  `<p>{{message}}</p>
{{#if button}}<form method="post"><button name="action" value="{{button.value}}">{{button.label}}</button></form>{{/if}}
{{#if note}}<p><small>{{note}}</small></p>{{/if}}`,
  { knownHelpersOnly: true },
);

/** The page behind an unsubscribe link: asks, confirms, and offers the way back. */
export function unsubscribePage(state: PageState, language: Language, channel: Channel, address: string): string {
  const words = texts[language].subscription;
  const content = render({
    message: fill(words[state][channel], { address }),
    ...(state === 'question' && { button: { value: 'unsubscribe', label: words.unsubscribe } }),
    ...(state === 'done' && { button: { value: 'resubscribe', label: words.resubscribe }, note: words.transactional }),
  });
  return publicPage(language, words.title, content);
}
