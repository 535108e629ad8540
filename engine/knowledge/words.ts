import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as russianStem } from '@orama/stemmers/russian';

/** Words that stand in nearly every sentence and say nothing about its matter. */
const empty = new Set(
  (
    'a an and are as at be but by can could do does for from had has have how i if in is it me my no not of on or our ' +
    'please so that the their them there they this to us was we were what when where which who will with would you your hi hello thanks thank ' +
    'а без бы был была были было быть в вам вас весь во вот все всё вы где да для до его ее её если есть еще ещё же за и из или им их к как ко ' +
    'когда кто ли мне может мой моя мы на над наш не него нее нет ни но ну о об он она они оно от по под пожалуйста при с со спасибо так также ' +
    'такой там то тоже только у уже хотя чего чей чем что чтобы эта эти это этот я здравствуйте добрый день'
  )
    .split(' ')
    .map(plain),
);

/**
 * The stems of a text's words, in order: Snowball's Russian stemmer for Cyrillic words, its English one for the others.
 * "Возвраты", "возвратом" and "возврат" are one word, and so are "refunds" and "refund".
 */
export function stems(text: string): string[] {
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => (empty.has(word) || word.length < 2 ? [] : [stem(word)]));
}

/** The stem of one word in lower case. */
export function stem(word: string): string {
  if (/[а-я]/.test(word)) return russianStem(word);
  return /[a-z]/.test(word) ? englishStem(word) : word;
}

/** Lower case, and Russian "ё" as people write it: "е". */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}
