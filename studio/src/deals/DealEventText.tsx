import { Box, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Json, JsonObject } from '../../../engine/json.ts';
import { pipeline as pipelineQuery } from '../api/deals.ts';
import { inLanguage } from '../parts/localized.ts';
import { moneyText } from '../parts/money.ts';
import { TextLink } from '../parts/TextLink.tsx';
import { Author } from '../tickets/Author.tsx';
import { PersonName } from '../tickets/PersonName.tsx';

/** engine/model/deal.ts: the table of events. */
const told = z.object({
  by: z.string(),
  why: z.string().optional(),
  deal: z.object({ id: z.string(), title: z.string(), pipeline: z.string(), currency: z.string() }),
  from: z.string().optional(),
  to: z.string().optional(),
  move: z.string().optional(),
  reason: z.string().optional(),
  text: z.string().optional(),
  changes: z.array(z.object({ field: z.string(), from: z.json(), to: z.json() })).optional(),
  refused: z
    .array(
      z.object({ guard: z.string(), message: z.union([z.string(), z.object({ en: z.string(), ru: z.string() })]) }),
    )
    .optional(),
});

/** What happened with a deal, who did it, and why. */
export function DealEventText({ name, detail }: { name: string; detail: JsonObject }) {
  const { t, i18n } = useTranslation();
  const shown = useParams({ strict: false, select: ({ id }) => id });
  const { success, data } = told.safeParse(detail);
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  if (!success) return words;
  const { by, why, deal, from, to, move, reason, text, changes = [], refused = [] } = data;
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
      </Text>
      {to !== undefined && from !== undefined && (
        <Text span size="sm">
          : <StageName pipeline={deal.pipeline} stage={from} /> → <StageName pipeline={deal.pipeline} stage={to} />
        </Text>
      )}
      {name === 'deal.changed' &&
        changes.map(({ field, ...change }) => (
          <Change key={field} field={field} currency={deal.currency} {...change} />
        ))}
      {text !== undefined && (
        <Text size="sm" className="quoted">
          {text}
        </Text>
      )}
      {refused.map(({ guard, message }) => (
        <Text key={guard} size="sm">
          {inLanguage(message, i18n.language)}
        </Text>
      ))}
      <Text size="xs" c="dimmed" component="div" className="wrapped">
        {deal.id !== shown && (
          <>
            <TextLink to="/deals/$id" params={{ id: deal.id }} size="xs">
              {deal.title}
            </TextLink>
            {' · '}
          </>
        )}
        <Author by={by} size="xs" fw={400} />
        {move !== undefined && <> · {t('deals.byRule', { move })}</>}
        {reason !== undefined && (
          <>
            {' · '}
            <ReasonName pipeline={deal.pipeline} reason={reason} />
          </>
        )}
        {why !== undefined && (
          <>
            {' · '}
            <q>{why}</q>
          </>
        )}
      </Text>
    </>
  );
}

function StageName({ pipeline, stage }: { pipeline: string; stage: string }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(pipelineQuery(pipeline));
  const name = data?.stages.find(({ key }) => key === stage)?.name;
  return name === undefined ? t(`dealStatus.${stage}`, stage) : inLanguage(name, i18n.language);
}

function ReasonName({ pipeline, reason }: { pipeline: string; reason: string }) {
  const { i18n } = useTranslation();
  const { data } = useQuery(pipelineQuery(pipeline));
  return inLanguage(data?.lostReasons.find(({ key }) => key === reason)?.name ?? reason, i18n.language);
}

interface ChangeProps {
  field: string;
  from: Json;
  to: Json;
  currency: string;
}

/** One field that was changed. */
function Change({ field, from, to, currency }: ChangeProps) {
  const { t, i18n } = useTranslation();
  const value = (one: Json) => {
    if (one === null) return '–';
    if (field === 'owner') return <PersonName user={String(one)} size="sm" />;
    if (field === 'amount') return moneyText(Number(one), currency, i18n.language);
    if (field === 'items') return Array.isArray(one) ? t('deals.lines', { count: one.length }) : '';
    return typeof one === 'object' ? JSON.stringify(one) : String(one);
  };
  return (
    <Box>
      {t(`dealField.deal-${field}`, field.replace('attributes.', ''))}: {value(from)} → {value(to)}
    </Box>
  );
}
