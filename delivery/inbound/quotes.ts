import EmailReplyParser from 'email-reply-parser';

/** A text in two parts: what the writer says, and what they quote or sign with, folded away. */
export interface Folded {
  text: string;
  quoted?: string;
}

/** Longer texts and lines are nobody's answer; the patterns of the parser take long over them. */
const longestText = 100_000;
const longestLine = 2_000;

const day = '(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)';
const date = String.raw`(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2} [а-я]{3,8}\.? \d{4}|\d{4}-\d\d-\d\d)`;

/** Lines above quoted text that the parser does not know, as mail programs write them. One line, or two when it was wrapped. */
const attributions: readonly RegExp[] = [
  // Gmail: "ср, 5 нояб. 2025 г. в 12:34, Анна Иванова <anna@example.com>:"; iPhone: "5 нояб. 2025 г., в 12:34, Анна <…> написал(а):"
  // Thunderbird: "05.11.2025 12:34, Анна пишет:"; Yandex: '05.11.2025, 12:34, "Анна" <…>:'
  new RegExp(
    String.raw`^(?:${day}, ?)?${date}[^\n]{0,300}(?:\n[^\n>]{0,300})?(?:>|пишет|писала?|написала?|написал\(а\)|wrote):$`,
    'i',
  ),
  // Mail.ru: "Среда, 5 ноября 2025, 12:34 +03:00 от Анна Иванова <anna@example.com>:"
  new RegExp(String.raw`^${day}, ${date}[^\n]{0,300}(?:\n[^\n>]{0,300})? от [^\n]{1,300}:$`, 'i'),
  // Names before dates: "Анна Иванова <anna@example.com> писал(а) 5 ноября 2025 г.:"
  /^[^\n]{1,200}<[^<>\n]+@[^<>\n]+> (?:писала?|написала?|писал\(а\)|написал\(а\))[^\n]{0,200}:$/i,
  /^-{2,} ?(?:Исходное сообщение|Пересылаемое сообщение|Переадресованное сообщение|Forwarded message) ?-{2,}$/i,
  /^_{20,}$/,
];

/** The head of a mail that Outlook puts above what it quotes, with or without a rule. */
const outlookHead = /^\*?(?:From|От|От кого):\*? .*\n(?:\*?(?:Sent|Date|Отправлено|Дата|To|Кому):\*? .*\n?){1,3}/i;

/** The last lines of Russian telephones. */
const signature = /^(?:Отправлено (?:с|из) .{2,60}|Sent from .{2,60}|Get Outlook for .{2,60})$/;

/**
 * Folds away what a mail quotes. Quotes between the lines of an answer stay, as the answer would not be understood without
 * them; when nothing else is there, everything stays.
 */
export function foldQuotes(whole: string): Folded {
  const lines = whole.split(/\r\n?|\n/).map((line) => line.trimEnd());
  const clean = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const read = readable(clean);
  if (read === null) return { text: clean };
  const marks: string[] = [];
  const fragments = new EmailReplyParser().read(marked(read, marks)).getFragments();
  const shown = fragments.flatMap((fragment, index) => (fragment.isHidden() ? [] : [index]));
  const last = shown.at(-1);
  if (last === undefined) return { text: clean };
  // Answers between quotes begin with a quote.
  const first = fragments.slice(shown[0], last).some((fragment) => fragment.isQuoted()) ? 0 : (shown[0] ?? 0);
  const part = (from: number, to: number) => {
    const contents = fragments.slice(from, to).map((fragment) => fragment.getContent().trim());
    return unmarked(contents.filter((content) => content !== '').join('\n\n'), marks).trim();
  };
  const quoted = [part(0, first), part(last + 1, fragments.length), clean.slice(read.length)].filter(
    (text) => text !== '',
  );
  return { text: part(first, last + 1), ...(quoted.length > 0 && { quoted: quoted.join('\n\n') }) };
}

/** What the parser may look at; null when it may not at all. */
function readable(text: string): string | null {
  const read = text.length > longestText ? text.slice(0, text.lastIndexOf('\n', longestText)) : text;
  return read.split('\n').some((line) => line.length > longestLine) ? null : read;
}

/** Gives each attribution the one form that the parser knows, with its number instead of its words. */
function marked(text: string, marks: string[]): string {
  const lines = text.split('\n');
  const result: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const two = `${line}\n${lines[index + 1] ?? ''}`;
    const four = lines.slice(index, index + 4).join('\n');
    const isOne = attributions.some((one) => one.test(line)) || outlookHead.test(four);
    const isTwo = !isOne && line !== '' && attributions.some((one) => one.test(two));
    if (isOne || isTwo) {
      // The parser wants an empty line before it.
      result.push('', `On ${marks.length} \u{e000} wrote:`);
      marks.push(isTwo ? two : line);
      if (isTwo) index += 1;
    } else if (signature.test(line)) {
      result.push(`Sent from ${marks.length} \u{e000}`);
      marks.push(line);
    } else result.push(line);
  }
  return result.join('\n');
}

function unmarked(text: string, marks: readonly string[]): string {
  return text.replace(/^(?:On|Sent from) (\d+) \u{e000}(?: wrote:)?$/gmu, (whole, n) => marks[Number(n)] ?? whole);
}
