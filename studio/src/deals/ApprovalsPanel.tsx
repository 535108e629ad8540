import { Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalList } from '../api/approvals.ts';
import { ApprovalBadge } from '../approvals/ApprovalBadge.tsx';
import { ApproverDots } from '../approvals/ApproverDots.tsx';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import '../approvals/approvals.css';

/** What somebody must agree to before the deal goes on, and who has said what; nothing where nobody was ever asked. */
export function ApprovalsPanel({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const list = useInfiniteQuery(approvalList({ deal: id }));
  const approvals = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isSuccess && approvals.length === 0) return null;
  return (
    <Panel title={t('nav.approvals')}>
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {approvals.map(({ id: approval, title, status, stages, document }) => (
          <li key={approval}>
            <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <TextLink to="/approvals/$id" params={{ id: approval }} fw={600} className="wrapped">
                {inLanguage(title, i18n.language)}
              </TextLink>
              <ApprovalBadge status={status} />
            </Group>
            <Group justify="space-between" gap="xs" mt={4}>
              <Text size="xs" c="dimmed">
                {document && t('document.title', { number: document.number })}
              </Text>
              <ApproverDots stages={stages} />
            </Group>
          </li>
        ))}
      </Stack>
      <MoreButton list={list} />
    </Panel>
  );
}
