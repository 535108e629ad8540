import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dealList, pipelineList } from '../api/deals.ts';
import { DealStatusBadge } from '../deals/DealStatusBadge.tsx';
import { NewDealDialog } from '../deals/NewDealDialog.tsx';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { moneyText } from '../parts/money.ts';
import { Panel } from '../parts/Panel.tsx';
import { TextLink } from '../parts/TextLink.tsx';

/** The deals of a contact, the latest changed first. */
export function DealsPanel({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const { data: pipelines = [] } = useQuery(pipelineList);
  const list = useInfiniteQuery(dealList({ contact: id }));
  const deals = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [pipeline] = pipelines;
  return (
    <Panel
      title={t('nav.deals')}
      aside={
        pipeline && (
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={open}>
            {t('deals.newDeal')}
          </Button>
        )
      }
    >
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && deals.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('contacts.noDeals')}
        </Text>
      )}
      <Stack gap="xs">
        {deals.map(({ id: deal, title, status, amount, currency }) => (
          <Group key={deal} justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
            <div>
              <TextLink to="/deals/$id" params={{ id: deal }} className="wrapped">
                {title}
              </TextLink>
              {amount !== undefined && (
                <Text size="xs" c="dimmed">
                  {moneyText(amount, currency, i18n.language)}
                </Text>
              )}
            </div>
            <DealStatusBadge status={status} />
          </Group>
        ))}
      </Stack>
      <MoreButton list={list} />
      {pipeline && <NewDealDialog opened={opened} onClose={close} pipeline={pipeline.key} contactId={id} />}
    </Panel>
  );
}
