import { NumberInput, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeDeal, type DealCard, type DealChange, type PipelineWays } from '../api/deals.ts';
import { people } from '../api/people.ts';
import { Facts } from '../parts/Facts.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { SavedText } from '../parts/SavedText.tsx';
import { useDeed } from '../parts/useDeed.ts';
import { attributeValue, fieldsOf } from './fields.ts';

interface Props {
  deal: DealCard;
  definition: PipelineWays | undefined;
}

/** What is known of a deal and may be changed, at once when it is chosen or left. */
export function DealFields({ deal, definition }: Props) {
  const { t, i18n } = useTranslation();
  const { data: known = [] } = useQuery(people);
  const { mutate, isPending } = useDeed('deals', deal.id, (part: DealChange) => changeDeal(deal.id, part));
  const reason = definition?.lostReasons.find(({ key }) => key === deal.lostReason)?.name ?? deal.lostReason;
  const text = (field: 'title' | 'source' | 'campaign') => (
    <SavedText
      key={`${field} ${deal[field]}`}
      label={t(`dealField.deal-${field}`)}
      value={deal[field] ?? ''}
      disabled={isPending}
      onSave={(value) => mutate({ [field]: value === '' && field !== 'title' ? null : value || deal.title })}
    />
  );
  return (
    <Panel title={t('deals.fields')}>
      <Stack gap="sm">
        {text('title')}
        <Amount key={deal.amount} deal={deal} disabled={isPending} onSave={(amount) => mutate({ amount })} />
        <Select
          size="sm"
          label={t('deals.owner')}
          placeholder={t('deals.nobodys')}
          clearable
          searchable
          disabled={isPending}
          value={deal.owner ?? null}
          onChange={(owner) => mutate({ owner })}
          data={known
            .filter(({ active, key }) => active || key === deal.owner)
            .map(({ key, name }) => ({ value: key, label: name }))}
        />
        {text('source')}
        {text('campaign')}
        {attributesOf(deal, definition).map((name) => (
          <SavedText
            key={`${name} ${deal.attributes[name]}`}
            label={name}
            value={valueText(deal.attributes[name])}
            disabled={isPending}
            onSave={(value) => mutate({ attributes: { [name]: value === '' ? null : attributeValue(value) } })}
          />
        ))}
        <Facts
          facts={[
            [t('deals.lostReason'), reason && inLanguage(reason, i18n.language)],
            [t('deals.created'), <Moment key="created" at={deal.createdAt} />],
            [t('deals.activity'), <Moment key="activity" at={deal.activityAt} />],
            [t('deals.closed'), deal.closedAt && <Moment key="closed" at={deal.closedAt} />],
          ]}
        />
      </Stack>
    </Panel>
  );
}

/** Those that it has, and those that guards of the pipeline ask for. */
function attributesOf(deal: DealCard, definition: PipelineWays | undefined): string[] {
  const guards = definition?.guards ?? [];
  const asked = fieldsOf(guards.map(({ fields = [], when }) => ({ missing: fields, when })))
    .filter(({ of, name }) => of === 'deal' && name.startsWith('attributes.'))
    .map(({ name }) => name.slice('attributes.'.length));
  return [...new Set([...Object.keys(deal.attributes), ...asked])];
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

interface AmountProps {
  deal: DealCard;
  disabled: boolean;
  onSave: (amount: number | null) => void;
}

function Amount({ deal, disabled, onSave }: AmountProps) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState<string | number>(deal.amount ?? '');
  const save = () => {
    const next = amount === '' ? null : Number(amount);
    if (next !== (deal.amount ?? null)) onSave(next);
  };
  return (
    <NumberInput
      size="sm"
      label={t('deals.amount')}
      min={0}
      decimalScale={2}
      thousandSeparator=" "
      hideControls
      rightSection={deal.currency}
      rightSectionWidth={56}
      disabled={disabled}
      value={amount}
      onChange={setAmount}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === 'Enter') save();
      }}
    />
  );
}
