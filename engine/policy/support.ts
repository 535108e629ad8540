import type { ContactPolicy } from '../schema/contact-policy.ts';

type Company = Pick<ContactPolicy['company'], 'name' | 'from' | 'support'>;

/** Addresses at which mail becomes tickets, in lower case; replies leave from the first one. Default: `support@` the domain of `company.from`. */
export function supportAddresses({ from, support }: Company): [string, ...string[]] {
  const [first, ...others] = (support ?? []).map((address) => address.toLowerCase());
  return [first ?? `support@${domainOf(from)}`, ...others];
}

/** Sender of replies to tickets, e.g. `Shop <support@example.com>`. */
export function supportSender(company: Company): string {
  const name = company.name.replace(/["\\\r\n]/g, ' ').trim();
  return `"${name}" <${supportAddresses(company)[0]}>`;
}

function domainOf(sender: string): string {
  return /@([^@<>\s]+)>?\s*$/.exec(sender)?.[1]?.toLowerCase() ?? 'localhost';
}
