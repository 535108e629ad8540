import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../api/approvals.ts';
import { useMe } from '../api/me.ts';
import { ChooseMe } from '../parts/ChooseMe.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Decided } from './Decided.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { Next } from './Next.tsx';
import { Others } from './Others.tsx';
import { useUserName } from './people.ts';
import type { Shown } from './useShown.ts';

/** What one may say to it, or why one may not. */
export function DecisionPanel({ approval, shown }: { approval: Approval; shown: Shown }) {
  const { t } = useTranslation();
  const me = useMe();
  const mine = approval.awaited.includes(me);
  if (approval.status !== 'pending') return <Decided approval={approval} />;
  return (
    <Panel title={t(mine ? 'approvals.yours' : 'approvals.theirs')} aside={<Others approval={approval} mine={mine} />}>
      <Stack gap="sm">
        {shown.outdated && (
          <Alert color="orange" icon={<IconFileAlert aria-hidden />} title={t('approvals.changed')} role="alert">
            <Text size="sm">{t('approvals.changedWhat')}</Text>
            <Button mt="sm" size="xs" color="orange" onClick={shown.catchUp}>
              {t('approvals.catchUp')}
            </Button>
          </Alert>
        )}
        {me === '' && <ChooseMe hint={t('approvals.chooseHint')} />}
        {me !== '' && !mine && <NotMine approval={approval} />}
        {mine && <DecisionForm approval={approval} shown={shown} />}
      </Stack>
    </Panel>
  );
}

function NotMine({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const me = useMe();
  const userName = useUserName();
  const own = approval.stages.flatMap(({ approvers }) => approvers).find(({ user }) => user === me)?.decision;
  return (
    <Stack gap="xs">
      {own && <Text size="sm">{t(`approvalYou.${own}`)}</Text>}
      <Text size="sm" c="dimmed">
        {t('approvals.waitsFor', { names: approval.awaited.map(userName).join(', ') })}
      </Text>
      {own && <Next after={approval.id} />}
    </Stack>
  );
}
