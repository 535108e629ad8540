import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Approval, type Decision, decide } from '../api/approvals.ts';
import { useApprovalAction } from './useApprovalAction.ts';
import type { Shown } from './useShown.ts';

/** Yes or no to what is shown; who says no says why. */
export function DecisionForm({ approval, shown }: { approval: Approval; shown: Shown }) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const { mutate, isPending, variables } = useApprovalAction(
    (body: Decision) => decide(approval.id, body),
    ({ decision }) => t(`approvalSaid.${decision}`),
  );
  const say = (decision: Decision['decision']) => {
    if (decision === 'reject' && comment.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    mutate({
      decision,
      round: shown.round,
      ...(comment.trim() !== '' && { comment: comment.trim() }),
      ...(shown.sha256 !== undefined && { sha256: shown.sha256 }),
    });
  };
  const button = (decision: Decision['decision']) => ({
    disabled: shown.outdated || !shown.ready || isPending,
    loading: isPending && variables.decision === decision,
    onClick: () => say(decision),
  });
  return (
    <Stack gap="sm">
      <Textarea
        ref={field}
        label={t('approvals.comment')}
        description={t('approvals.commentHint')}
        {...(missing && { error: t('approvals.commentMissing') })}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={2_000}
        value={comment}
        onChange={({ currentTarget }) => {
          setComment(currentTarget.value);
          setMissing(false);
        }}
      />
      <Group grow gap="sm">
        <Button color="pine" leftSection={<IconCheck size={18} aria-hidden />} {...button('approve')}>
          {t('approvals.approve')}
        </Button>
        <Button color="red" variant="light" leftSection={<IconX size={18} aria-hidden />} {...button('reject')}>
          {t('approvals.reject')}
        </Button>
      </Group>
      {!shown.ready && (
        <Text size="xs" c="dimmed">
          {t('approvals.unseen')}
        </Text>
      )}
    </Stack>
  );
}
