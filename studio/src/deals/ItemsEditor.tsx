import { ActionIcon, Box, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeDeal, type DealCard } from '../api/deals.ts';
import { moneyText } from '../parts/money.ts';
import { useDeed } from '../parts/useDeed.ts';
import { draftOf, emptyItem, type Item, type ItemDraft, itemOf, total } from './items.ts';

/** Lines being written; saved all at once, and with them the amount. */
export function ItemsEditor({ deal, onClose }: { deal: DealCard; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [drafts, setDrafts] = useState<ItemDraft[]>(deal.items.length === 0 ? [emptyItem] : deal.items.map(draftOf));
  const { mutate, isPending } = useDeed('deals', deal.id, (items: Item[]) => changeDeal(deal.id, { items }));
  const items = drafts.map(itemOf).filter((item) => item !== undefined);
  const complete = items.length === drafts.length;
  const change = (index: number, part: Partial<ItemDraft>) =>
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...part } : draft)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) mutate(items, { onSuccess: onClose });
  };
  return (
    <Stack component="form" onSubmit={submit} gap="sm">
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {drafts.map((draft, index) => (
          <Line
            // Lines have no name of their own; they stand where they are written.
            key={index}
            draft={draft}
            n={index + 1}
            onChange={(part) => change(index, part)}
            onRemove={() => setDrafts(drafts.filter((_, at) => at !== index))}
          />
        ))}
      </Stack>
      <Group justify="space-between">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setDrafts([...drafts, emptyItem])}
        >
          {t('deals.addItem')}
        </Button>
        <Text size="sm" fw={600} aria-live="polite">
          {t('deals.sum')}: {moneyText(total(items), deal.currency, i18n.language)}
        </Text>
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!complete} loading={isPending}>
          {t('deals.save')}
        </Button>
      </Group>
    </Stack>
  );
}

interface LineProps {
  draft: ItemDraft;
  n: number;
  onChange: (part: Partial<ItemDraft>) => void;
  onRemove: () => void;
}

function Line({ draft, n, onChange, onRemove }: LineProps) {
  const { t } = useTranslation();
  const number = { hideControls: true, min: 0, decimalScale: 2, thousandSeparator: ' ', flex: '1 1 84px' } as const;
  return (
    <Group component="li" gap="xs" align="flex-end">
      <TextInput
        flex="3 1 220px"
        label={`${n}. ${t('deals.item')}`}
        maxLength={500}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <NumberInput
        {...number}
        decimalScale={6}
        label={t('deals.quantity')}
        value={draft.quantity}
        onChange={(quantity) => onChange({ quantity })}
      />
      <NumberInput
        {...number}
        flex="1 1 110px"
        label={t('deals.price')}
        value={draft.price}
        onChange={(price) => onChange({ price })}
      />
      <NumberInput
        {...number}
        max={100}
        label={t('deals.tax')}
        suffix=" %"
        value={draft.tax}
        onChange={(tax) => onChange({ tax })}
      />
      <Box>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('deals.removeItem', { n })}
          onClick={onRemove}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Box>
    </Group>
  );
}
