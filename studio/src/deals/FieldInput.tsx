import { NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DealCard } from '../api/deals.ts';
import { choices, people } from '../api/people.ts';
import { type Field, pathOf } from './fields.ts';

interface Props {
  field: Field;
  label: string;
  /** What the fields hold now. */
  card: DealCard;
  /** Gets the focus of its dialog. */
  first: boolean;
  /** What was typed; undefined: nothing yet. */
  value: string | undefined;
  onChange: (text: string) => void;
}

/** An input for a field of a deal or its contact. */
export function FieldInput({ field, label, card, first, value, onChange }: Props) {
  const { data: known = [] } = useQuery(people);
  const path = pathOf(field);
  const text = value ?? presentValue(field, card);
  const shared = { label, ...(first && { 'data-autofocus': true }) };
  if (path === 'deal.amount') {
    return (
      <NumberInput
        {...shared}
        min={0}
        decimalScale={2}
        thousandSeparator=" "
        hideControls
        rightSection={card.currency}
        rightSectionWidth={56}
        value={text}
        onChange={(amount) => onChange(String(amount))}
      />
    );
  }
  if (path === 'deal.owner') {
    return (
      <Select
        {...shared}
        searchable
        value={text === '' ? null : text}
        onChange={(owner) => onChange(owner ?? '')}
        data={choices(known)}
      />
    );
  }
  const types: Record<string, string> = { 'contact.email': 'email', 'contact.phone': 'tel' };
  return (
    <TextInput
      {...shared}
      type={types[path] ?? 'text'}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function presentValue({ of, name }: Field, card: DealCard): string {
  const record = of === 'deal' ? card : card.contact;
  const value: unknown = name.startsWith('attributes.')
    ? record.attributes[name.slice('attributes.'.length)]
    : Reflect.get(record, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
