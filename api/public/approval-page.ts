import Handlebars from 'handlebars';
import { formatMoney, formatTime } from '../../delivery/templates/formats.ts';
import { type Verdict, verdicts } from '../../engine/approval/state.ts';
import { totalsOf } from '../../engine/documents/totals.ts';
import type { Language } from '../../engine/model/contact.ts';
import type { DocumentSnapshot } from '../../engine/model/document.ts';
import en from '../../texts/en.approvals.json' with { type: 'json' };
import ru from '../../texts/ru.approvals.json' with { type: 'json' };
import type { Standing } from './approval-standing.ts';
import { publicPage } from './page.ts';
import { fill } from './texts.ts';

const texts: Record<Language, (typeof en)['page']> = { en: en.page, ru: ru.page };

/** Who reads a page. */
export interface ReaderOfPage {
  language: Language;
  /** IANA. */
  zone: string;
}

/** What an approver is shown; times are virtual epoch ms. */
export interface ApprovalContent {
  title: string;
  /** Name of who decides. */
  approver: string;
  amount?: { value: number; currency: string };
  document?: {
    number: string;
    sha256: string;
    bytes: number;
    /** What its PDF was drawn from. */
    snapshot: Pick<DocumentSnapshot, 'items' | 'currency' | 'taxIncluded'>;
  };
  customer?: string;
  deal?: string;
  dueAt?: number;
  insteadOf?: string;
  round: number;
  decisions: { name: string; decision: Verdict; at: number; comment?: string }[];
}

/** Why the page is shown again instead of the answer being taken. */
export type Trouble = 'missing' | 'changed' | 'other';

const open = Handlebars.compile(
  `{{#if alert}}<p role="alert"><strong>{{alert}}</strong></p>{{/if}}
<h2>{{title}}</h2>
<div class="parts">
<div>
<dl>{{#each facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/each}}</dl>
{{#if decisions}}<h2>{{words.decisions.heading}}</h2>
<ul>{{#each decisions}}<li>{{what}}{{#if comment}}<br><q>{{comment}}</q>{{/if}}</li>{{/each}}</ul>{{/if}}
</div>
{{#if document}}<section aria-labelledby="document">
<h2 id="document">{{words.document.heading}}</h2>
<p><a href="{{action}}/document">{{document.open}}</a> · <a href="{{action}}/document?download">{{words.document.download}}</a></p>
{{#if document.lines}}<details><summary>{{words.document.lines}}</summary>
<table>
<thead><tr><th scope="col">{{words.document.name}}</th><th scope="col">{{words.document.quantity}}</th><th scope="col">{{words.document.sum}}</th></tr></thead>
<tbody>{{#each document.lines}}<tr><td>{{name}}</td><td>{{quantity}}</td><td>{{sum}}</td></tr>
{{/each}}</tbody>
<tfoot><tr><th scope="row" colspan="2">{{words.document.total}}</th><td>{{document.total}}</td></tr></tfoot>
</table></details>{{/if}}
<object class="document" data="{{action}}/document" type="application/pdf" aria-label="{{document.number}}"><p>{{words.document.unseen}}</p></object>
</section>{{/if}}
<form method="post" action="{{action}}">
<fieldset>
<legend><h2>{{question}}</h2></legend>
<div class="marks">{{#each choices}}<label><input type="radio" name="decision" value="{{value}}" required> {{label}}</label>
{{/each}}</div>
</fieldset>
<p><label>{{words.form.comment}}<br><textarea name="comment" rows="3" maxlength="5000"></textarea></label></p>
<input type="hidden" name="round" value="{{round}}">
{{#if document}}<input type="hidden" name="sha256" value="{{document.sha256}}">{{/if}}
<button>{{words.form.send}}</button>
<p><small>{{words.form.final}}</small></p>
</form>
</div>`,
  { knownHelpersOnly: true },
);

/** Asks for the decision, beside the document that it is about. @param address of the page itself */
export function approvalPage(
  content: ApprovalContent,
  address: string,
  { language, zone }: ReaderOfPage,
  trouble?: Trouble,
): string {
  const words = texts[language];
  const { document, decisions, approver, title, round } = content;
  const alert = trouble && (trouble === 'missing' ? words.form.missing : words.refused[trouble]);
  const page = open({
    words,
    title,
    round,
    action: address,
    alert,
    question: fill(words.form.question, { name: approver }),
    facts: factsOf(content, { language, zone }),
    choices: verdicts.map((value) => ({ value, label: words.form[value] })),
    decisions: decisions.map(({ name, decision, at, comment }) => ({
      what: fill(words.decisions[decision], { name, at: formatTime(at, language, zone) }),
      comment,
    })),
    document: document && {
      ...document,
      ...linesOf(document, language),
      open: fill(words.document.open, {
        number: document.number,
        size: String(Math.ceil(document.bytes / 1_024)),
      }),
    },
  });
  return publicPage(language, words.title.open, page, { wide: document !== undefined });
}

/** The lines of a document for whom its PDF is hard to read. */
function linesOf({ snapshot }: NonNullable<ApprovalContent['document']>, language: Language) {
  const { items, currency, taxIncluded } = snapshot;
  const { lines, gross, digits } = totalsOf(items, currency, taxIncluded);
  const money = (units: bigint) => formatMoney(Number(units) / 10 ** digits, currency, language);
  return {
    lines: lines.map(({ item, gross: sum }) => ({ name: item.name, quantity: item.quantity, sum: money(sum) })),
    total: money(gross),
  };
}

function factsOf(content: ApprovalContent, { language, zone }: ReaderOfPage): { name: string; value: string }[] {
  const { facts } = texts[language];
  const { amount, document, customer, deal, dueAt, insteadOf } = content;
  const values = {
    insteadOf,
    amount: amount && formatMoney(amount.value, amount.currency, language),
    document: document?.number,
    customer,
    deal,
    due: dueAt === undefined ? undefined : formatTime(dueAt, language, zone),
  };
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : { name: facts[key as keyof typeof values], value },
  );
}

const said = Handlebars.compile<{ lines: string[]; look?: { href: string; label: string } }>(
  `{{#each lines}}<p>{{this}}</p>
{{/each}}{{#if look}}<p><a href="{{look.href}}">{{look.label}}</a></p>{{/if}}`,
  { knownHelpersOnly: true },
);

/** Says what became of the request or of the link, and what to do. @param name of who decides now, where it was passed on */
export function standingPage(
  standing: Exclude<Standing, { is: 'open' }>,
  title: string,
  { language, zone }: ReaderOfPage,
  name?: string,
): string {
  const words = texts[language];
  const at = 'at' in standing ? formatTime(standing.at, language, zone) : '';
  const { heading, message } = wordsOf(standing, words, name);
  // Whoever opens an expired link is not told what it was about.
  const about = standing.is === 'expired' ? [] : [title];
  const own = standing.is === 'closed' && standing.decision !== undefined ? [words.yours[standing.decision]] : [];
  const studio = standing.is === 'changed' || standing.is === 'expired' ? [words.studio] : [];
  const lines = [...about, ...own, fill(message, { at, name: name ?? '' }), ...studio];
  return publicPage(language, heading, said({ lines }));
}

function wordsOf(
  standing: Exclude<Standing, { is: 'open' }>,
  { title, message }: (typeof texts)[Language],
  name: string | undefined,
): { heading: string; message: string } {
  switch (standing.is) {
    case 'answered':
      return { heading: title.answered, message: message[`answered-${standing.decision}`] };
    case 'closed':
      return { heading: title[standing.outcome], message: message[standing.outcome] };
    case 'elsewhere':
      return { heading: title.elsewhere, message: name === undefined ? message.elsewhere : message['elsewhere-whose'] };
    case 'changed':
    case 'expired':
      return { heading: title[standing.is], message: message[standing.is] };
  }
}

/** The answer has come and is not written down yet. */
export function receivedPage(language: Language, address: string): string {
  const { title, message, look } = texts[language];
  return publicPage(
    language,
    title.received,
    said({ lines: [message.received], look: { href: address, label: look } }),
  );
}

/** For whoever asks too often; in both languages, because nothing was read yet. */
export function limitedPage(): string {
  const title = `${en.page.title.limited} · ${ru.page.title.limited}`;
  return publicPage('en', title, said({ lines: [en.page.message.limited, ru.page.message.limited] }));
}
