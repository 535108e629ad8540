import { ActionIcon, Button, Collapse, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { markSuggestion, type Suggestion, suggestions } from '../api/knowledge.ts';
import { Markdown } from '../knowledge/Markdown.tsx';
import { Failure } from '../parts/Failure.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useDeed } from '../parts/useDeed.ts';

interface Props {
  id: string;
  onInsert: (article: Suggestion) => void;
}

/** Articles that may answer: read, put into the reply, say whether it helped. */
export function SuggestionsPanel({ id, onInsert }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(suggestions(id));
  return (
    <Panel title={t('knowledge.suggested')}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('knowledge.noSuggestion')}
        </Text>
      )}
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {data?.map((one) => (
          <Line key={one.key} ticket={id} suggestion={one} onInsert={() => onInsert(one)} />
        ))}
      </Stack>
    </Panel>
  );
}

function Line({ ticket, suggestion, onInsert }: { ticket: string; suggestion: Suggestion; onInsert: () => void }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  return (
    <li>
      <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={opened} px={0} className="wrapping">
        {suggestion.title}
      </Button>
      <Text size="xs" c="dimmed">
        {reason(suggestion)
          .map((part) => t(part.text, part.values))
          .join(' · ')}
      </Text>
      <Collapse expanded={opened}>
        <Markdown text={suggestion.body} />
      </Collapse>
      <Group gap="xs" mt={4}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={onInsert}
          leftSection={<IconArrowBackUp size={13} aria-hidden />}
        >
          {t('knowledge.insert')}
        </Button>
        <Marks ticket={ticket} suggestion={suggestion} />
      </Group>
    </li>
  );
}

function reason({ why }: Suggestion): { text: string; values: Record<string, unknown> }[] {
  return [
    ...(why.words.length > 0 ? [{ text: 'knowledge.words', values: { count: why.words.length } }] : []),
    ...(why.topic ? [{ text: 'knowledge.sameTopic', values: {} }] : []),
    ...(why.helped > 0 ? [{ text: 'knowledge.helpedBefore', values: { count: Math.round(why.helped) } }] : []),
  ];
}

function Marks({ ticket, suggestion: { key, helped } }: { ticket: string; suggestion: Suggestion }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useDeed('tickets', ticket, (good: boolean) => markSuggestion(ticket, key, good));
  const marks = [
    { good: true, icon: IconThumbUp, text: t('knowledge.helped') },
    { good: false, icon: IconThumbDown, text: t('knowledge.didNot') },
  ];
  return marks.map(({ good, icon: Sign, text }) => (
    <Tooltip key={text} label={text}>
      <ActionIcon
        size="sm"
        variant={helped === good ? 'filled' : 'default'}
        aria-pressed={helped === good}
        aria-label={text}
        disabled={isPending}
        onClick={() => mutate(good)}
      >
        <Sign size={14} />
      </ActionIcon>
    </Tooltip>
  ));
}
