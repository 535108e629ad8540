import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { JsonObject } from '../../../../engine/json.ts';
import { inLanguage } from '../../parts/localized.ts';
import { TextLink } from '../../parts/TextLink.tsx';
import { Author } from '../../tickets/Author.tsx';

const localized = z.union([z.string(), z.object({ en: z.string(), ru: z.string() })]);

/** What events of tasks, approvals and documents have in common, and what each says. */
const told = z.object({
  by: z.string().optional(),
  task: z
    .object({ title: localized, outcomes: z.array(z.object({ key: z.string(), name: localized })).default([]) })
    .optional(),
  approval: z.object({ id: z.string(), title: localized }).optional(),
  document: z.object({ number: z.string() }).optional(),
  outcome: z.string().optional(),
  decision: z.string().optional(),
  comment: z.string().optional(),
  reason: z.string().optional(),
});

const prefix = /^(task|approval|document)\./;

/** Whether an event is about a task, an approval or a document. */
export function isAboutOne(name: string): boolean {
  return prefix.test(name);
}

/** What happened with a task, an approval or a document, who did it, and what they said. */
export function AboutEventText({ name, detail }: { name: string; detail: JsonObject }) {
  const { t, i18n } = useTranslation();
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  const { success, data } = told.safeParse(detail);
  if (!success) return words;
  const { by, task, approval, document, outcome, decision, comment, reason } = data;
  const say = (text: z.infer<typeof localized>) => inLanguage(text, i18n.language);
  const result = task
    ? task.outcomes.filter(({ key }) => key === outcome).map((one) => say(one.name))[0]
    : approval && t(`approvalEnd.${decision ?? outcome}`, '');
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
        {': '}
      </Text>
      {approval === undefined ? (
        <Text span size="sm">
          {task ? say(task.title) : document?.number}
        </Text>
      ) : (
        <TextLink to="/approvals/$id" params={{ id: approval.id }} size="sm">
          {say(approval.title)}
        </TextLink>
      )}
      {result && (
        <Text span size="sm">
          {' — '}
          {result}
        </Text>
      )}
      {[comment, reason].map(
        (text) =>
          text && (
            <Text key={text} size="sm" className="quoted">
              {text}
            </Text>
          ),
      )}
      {by !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          <Author by={by} size="xs" fw={400} />
        </Text>
      )}
    </>
  );
}
