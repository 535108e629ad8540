import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Characters that copying brings along and nobody sees. */
const invisible = /[\u200B-\u200D\u2060\uFEFF]/g;

const localPart = /^[^\s@"(),:;<>[\]\\\p{C}]{1,64}$/u;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * The form under which a mail address is known: trimmed, composed (NFKC), lower case, an international domain as
 * ASCII (`Пётр@Почта.рф` is `пётр@xn--80a1acny.xn--p1ai`). Tags (`+x`) and dots stay, as only the mailbox's own server
 * knows what they mean. Null for what is no address that mail can be sent to.
 */
export function emailKey(text: string): string | null {
  const address = text.replace(invisible, '').trim().normalize('NFKC').toLowerCase();
  if (address.length > 254) return null;
  const at = address.lastIndexOf('@');
  const name = address.slice(0, Math.max(at, 0));
  if (!localPart.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..')) return null;
  const host = asciiHost(address.slice(at + 1));
  return host === null ? null : `${name}@${host}`;
}

/** The name of a mail domain in ASCII by IDNA (UTS 46), as the URL standard does it. */
function asciiHost(host: string): string | null {
  // IDNA changes nothing in such a name, unless it has labels that are encoded already and must be checked.
  if (!host.includes('xn--') && domain.test(host)) return host;
  const ascii = encoded(host);
  return ascii !== null && domain.test(ascii) ? ascii : null;
}

function encoded(host: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(host)) return null;
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

/**
 * The form under which a phone number is known: E.164. A number without a country code is read as one of `region` (ISO
 * 3166 alpha-2, default RU): `8 (912) 345-67-89` is `+79123456789`. Null for what cannot be a number.
 */
export function phoneKey(text: string, region = 'RU'): string | null {
  const digits = text.replace(invisible, '').trim();
  if (digits.length > 40 || !isSupportedCountry(region)) return null;
  const number = parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false });
  return number?.isValid() ? number.number : null;
}
