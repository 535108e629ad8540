import { Badge, Button, Card, Group, SegmentedControl, Select, Text, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { IconNote, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { note, reply, type TicketCard } from '../api/tickets.ts';
import { useDeed } from '../parts/useDeed.ts';

/** What is being written. */
export interface Draft {
  internal: boolean;
  text: string;
  status: 'open' | 'waiting' | 'resolved';
  /** Keys of articles that were put in. */
  articles: string[];
}

export const emptyDraft: Draft = { internal: false, text: '', status: 'waiting', articles: [] };

interface Props {
  ticket: TicketCard;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

/** A public reply with the status that follows it, or an internal note. Ctrl or Command and Enter send. */
export function ReplyBox({ ticket, draft, onDraft }: Props) {
  const { t } = useTranslation();
  const send = useDeed('tickets', ticket.id, ({ internal, text, status, articles }: Draft) =>
    internal ? note(ticket.id, text) : reply(ticket.id, { text, status, articles }),
  );
  const ready = draft.text.trim() !== '' && !send.isPending;
  const submit = () => {
    if (ready) send.mutate(draft, { onSuccess: () => onDraft({ ...emptyDraft, internal: draft.internal }) });
  };
  return (
    <Card withBorder padding="md" component="section" aria-label={t('tickets.write')}>
      <Group justify="space-between" mb="sm">
        <SegmentedControl
          transitionDuration={0}
          size="xs"
          aria-label={t('tickets.write')}
          value={draft.internal ? 'note' : 'reply'}
          onChange={(value) => onDraft({ ...draft, internal: value === 'note' })}
          data={[
            { value: 'reply', label: t('tickets.reply') },
            { value: 'note', label: t('tickets.internalNote') },
          ]}
        />
        {draft.articles.length > 0 && !draft.internal && (
          <Group gap={4}>
            {draft.articles.map((key) => (
              <Badge key={key} variant="light" tt="none">
                {key}
              </Badge>
            ))}
          </Group>
        )}
      </Group>
      <Textarea
        aria-label={t(draft.internal ? 'tickets.internalNote' : 'tickets.reply')}
        placeholder={t(draft.internal ? 'tickets.noteHint' : 'tickets.replyHint')}
        autosize
        minRows={4}
        maxRows={18}
        value={draft.text}
        onChange={({ currentTarget }) => onDraft({ ...draft, text: currentTarget.value })}
        onKeyDown={getHotkeyHandler([['mod+Enter', submit]])}
        {...(draft.internal && { styles: { input: { background: 'var(--mantine-color-yellow-light)' } } })}
      />
      <Group justify="space-between" mt="sm" gap="sm">
        <Text size="xs" c="dimmed">
          {t('tickets.sendHint')}
        </Text>
        <Group gap="sm">
          {!draft.internal && (
            <Select
              size="sm"
              w={190}
              aria-label={t('tickets.afterwards')}
              allowDeselect={false}
              value={draft.status}
              onChange={(value) => {
                if (value === 'open' || value === 'waiting' || value === 'resolved')
                  onDraft({ ...draft, status: value });
              }}
              data={(['waiting', 'open', 'resolved'] as const).map((value) => ({
                value,
                label: t(`afterReply.${value}`),
              }))}
            />
          )}
          <Button
            onClick={submit}
            disabled={!ready}
            loading={send.isPending}
            leftSection={draft.internal ? <IconNote size={16} aria-hidden /> : <IconSend size={16} aria-hidden />}
          >
            {t(draft.internal ? 'tickets.addNote' : 'tickets.send')}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}
