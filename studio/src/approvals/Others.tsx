import { ActionIcon, Button, Group, Menu, Select, Stack, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconUserShare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Approval, delegate, withdraw } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { people } from '../api/people.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { useUserName } from './people.ts';
import { useApprovalAction } from './useApprovalAction.ts';

type What = 'delegate' | 'withdraw';

/** What can be done besides deciding: let another one decide, take the question back. */
export function Others({ approval, mine }: { approval: Approval; mine: boolean }) {
  const { t } = useTranslation();
  const [what, setWhat] = useState<What>('delegate');
  const [opened, setOpened] = useState(false);
  const ask = (one: What) => {
    setWhat(one);
    setOpened(true);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md" returnFocus withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('approvals.others')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('approvals.others')}>
          {mine && (
            <Menu.Item leftSection={<IconUserShare size={16} aria-hidden />} onClick={() => ask('delegate')}>
              {t('approvals.delegate')}
            </Menu.Item>
          )}
          <Menu.Item
            color="red"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => ask('withdraw')}
          >
            {t('approvals.withdraw')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t(what === 'delegate' ? 'approvals.delegate' : 'approvals.withdraw')}
      >
        <OtherForm approval={approval} what={what} onClose={() => setOpened(false)} />
      </Dialog>
    </>
  );
}

interface FormProps {
  approval: Approval;
  what: What;
  onClose: () => void;
}

function OtherForm({ approval, what, onClose }: FormProps) {
  const { t } = useTranslation();
  const me = useMe();
  const userName = useUserName();
  const { data: known = [] } = useQuery(people);
  const [to, setTo] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const { mutate, isPending } = useApprovalAction(
    () => (what === 'delegate' ? delegate(approval.id, { to: to ?? '', ...said }) : withdraw(approval.id, said)),
    () => (what === 'delegate' ? t('approvals.delegated', { name: userName(to ?? '') }) : t('approvals.withdrawn')),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      {what === 'delegate' && (
        <Select
          label={t('approvals.delegateTo')}
          description={t('approvals.delegateHint')}
          searchable
          value={to}
          onChange={setTo}
          data={known
            .filter(({ active, key }) => active && key !== me)
            .map(({ key, name }) => ({ value: key, label: name }))}
          data-autofocus
        />
      )}
      <Textarea
        label={t('approvals.comment')}
        {...(what === 'withdraw' && { description: t('approvals.withdrawHint'), 'data-autofocus': true })}
        autosize
        minRows={2}
        maxLength={2_000}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          type="submit"
          loading={isPending}
          disabled={what === 'delegate' && to === null}
          {...(what === 'withdraw' && { color: 'red' })}
        >
          {t(what === 'delegate' ? 'approvals.delegate' : 'approvals.withdraw')}
        </Button>
      </Group>
    </Stack>
  );
}
