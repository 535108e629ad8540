import type { z } from 'zod';
import { type ContactPolicy, contactPolicySchema } from '../../../engine/schema/contact-policy.ts';

/** A company in Moscow with the given promises and no others. */
export function policy(over: Partial<z.input<typeof contactPolicySchema>> = {}): ContactPolicy {
  return contactPolicySchema.parse({
    kind: 'contact-policy',
    key: 'company',
    name: 'Company',
    company: { name: 'Company', timezone: 'Europe/Moscow', language: 'ru', from: 'Company <hello@example.com>' },
    caps: [],
    ...over,
  });
}
