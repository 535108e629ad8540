import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Json } from '../../../engine/json.ts';
import { exactTime } from './time.ts';

/** engine/routing/choose.ts: `until` is epoch ms. */
const line = z.object({
  user: z.string(),
  verdict: z.string(),
  why: z.looseObject({ until: z.number().optional(), lacks: z.array(z.string()).optional() }),
});

/** Whom a choice looked at, one line each: who got it and why, and why not the others. */
export function Considered({ people }: { people: readonly Json[] }) {
  const { t, i18n } = useTranslation();
  return people.flatMap((one) => {
    const { success, data } = line.safeParse(one);
    if (!success) return [];
    const { user, verdict, why } = data;
    const facts = {
      ...why,
      ...(why.until !== undefined && { until: exactTime(new Date(why.until), i18n.language) }),
      ...(why.lacks !== undefined && { lacks: why.lacks.join(', ') }),
    };
    return [
      <Box key={user}>
        {user}: {t(`verdict.${verdict}`, { ...facts, defaultValue: verdict })}
      </Box>,
    ];
  });
}
