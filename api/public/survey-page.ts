import Handlebars from 'handlebars';
import type { Language } from '../../engine/model/contact.ts';
import { type SurveyKind, surveyScales } from '../../engine/model/survey.ts';
import { publicPage } from './page.ts';
import { fill, texts } from './texts.ts';

const question = Handlebars.compile<{
  question: string;
  low: string;
  high: string;
  comment: string;
  send: string;
  missing?: string;
  marks: { value: number; chosen: boolean }[];
}>(
  `<form method="post">
<fieldset>
<legend>{{question}}</legend>
{{#if missing}}<p role="alert"><strong>{{missing}}</strong></p>{{/if}}
<div class="marks">
{{#each marks}}<label><input type="radio" name="mark" value="{{value}}" required{{#if chosen}} checked{{/if}}> {{value}}</label>
{{/each}}</div>
<p class="ends"><small>{{low}}</small><small>{{high}}</small></p>
</fieldset>
<p><label>{{comment}}<br><textarea name="comment" rows="4" maxlength="5000"></textarea></label></p>
<button>{{send}}</button>
</form>`,
  { knownHelpersOnly: true },
);

const said = Handlebars.compile<{ message: string }>('<p>{{message}}</p>', { knownHelpersOnly: true });

/** Asks for a mark. `chosen`: the one whose link in the mail was followed; `missing`: the form came without one. */
export function surveyPage(
  kind: SurveyKind,
  language: Language,
  company: string,
  { chosen, missing = false }: { chosen?: number | null; missing?: boolean } = {},
): string {
  const words = texts[language].survey;
  const { from, to } = surveyScales[kind];
  const content = question({
    question: fill(words[kind].question, { company }),
    low: words[kind].low,
    high: words[kind].high,
    comment: words.comment,
    send: words.send,
    ...(missing && { missing: words.missing }),
    marks: Array.from({ length: to - from + 1 }, (_, n) => ({ value: from + n, chosen: from + n === chosen })),
  });
  return publicPage(language, words.title, content);
}

/** Thanks, once or again. */
export function surveyDonePage(language: Language, again: boolean): string {
  const words = texts[language].survey;
  return publicPage(language, words.title, said({ message: again ? words.again : words.thanks }));
}
