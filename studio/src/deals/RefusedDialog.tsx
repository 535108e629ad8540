import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../engine/model/deal.ts';
import { changeContact } from '../api/contacts.ts';
import { changeDeal, type DealCard, deal as dealQuery, type Wish } from '../api/deals.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { FieldInput } from './FieldInput.tsx';
import { changeOf, fieldsOf, pathOf } from './fields.ts';
import type { Movable } from './useMoves.tsx';

export interface RefusedMove {
  deal: Movable;
  wish: Wish;
  refusals: Refusal[];
}

interface Props {
  /** undefined: nothing was refused. */
  refused: RefusedMove | undefined;
  nameOf: (stage: string) => string;
  onClose: () => void;
  onRetry: (deal: Movable, wish: Wish) => void;
  /** The dialog has closed. */
  onGone: () => void;
}

/** Which guards refused a move and what they miss, with a form for what can be filled in, and another try. */
export function RefusedDialog({ refused, nameOf, onClose, onRetry, onGone }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={refused !== undefined}
      onClose={onClose}
      onExitTransitionEnd={onGone}
      title={refused && t('deals.refusedTitle', { title: refused.deal.title, stage: nameOf(refused.wish.to) })}
      size="lg"
    >
      {refused && (
        <Stack>
          <Alert color="orange" icon={<IconLock aria-hidden />} role="alert">
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
              {refused.refusals.map((one) => (
                <Line key={`${one.stage}/${one.guard}`} refusal={one} stage={nameOf(one.stage)} />
              ))}
            </Stack>
          </Alert>
          <Cure refused={refused} onClose={onClose} onRetry={onRetry} />
        </Stack>
      )}
    </Dialog>
  );
}

function Line({ refusal: { message, roles, when, missing }, stage }: { refusal: Refusal; stage: string }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <Text size="sm" fw={600}>
        {inLanguage(message, i18n.language)}
      </Text>
      <Text size="xs" c="dimmed" component="div" className="wrapped">
        {t('deals.guardOf', { stage })}
        {missing.length > 0 && (
          <> · {t('deals.missing', { fields: missing.map((path) => fieldName(path, t)).join(', ') })}</>
        )}
        {roles !== undefined && <> · {t('deals.forRoles', { roles: roles.join(', ') })}</>}
        {when !== undefined && (
          <>
            {' · '}
            {t('deals.mustHold')} <Code>{when}</Code>
          </>
        )}
      </Text>
    </li>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

/** `deal.amount` as people know it; an attribute by its name. */
function fieldName(path: string, t: Translate): string {
  return t(`dealField.${path.replaceAll('.', '-')}`, path.replace(/^(deal|contact)\.(attributes\.)?/, ''));
}

interface CureProps extends Pick<Props, 'onClose' | 'onRetry'> {
  refused: RefusedMove;
}

/** What can be done about it here; the rest is done on the deal's card. */
function Cure({ refused: { deal, wish, refusals }, onClose, onRetry }: CureProps) {
  const { t } = useTranslation();
  const { data: card, error, isPending } = useQuery(dealQuery(deal.id));
  const fields = fieldsOf(refusals);
  if (fields.length === 0) {
    return (
      <Group justify="space-between">
        <TextLink to="/deals/$id" params={{ id: deal.id }}>
          {t('deals.openCard')}
        </TextLink>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.close')}
        </Button>
      </Group>
    );
  }
  if (isPending) return <RowsSkeleton />;
  if (error) return <Failure error={error} />;
  return <CureForm card={card} deal={deal} wish={wish} fields={fields} onClose={onClose} onRetry={onRetry} />;
}

interface CureFormProps extends Pick<RefusedMove, 'deal' | 'wish'>, Pick<Props, 'onClose' | 'onRetry'> {
  card: DealCard;
  fields: ReturnType<typeof fieldsOf>;
}

function CureForm({ card, deal, wish, fields, onClose, onRetry }: CureFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const given = new Map([...values].filter(([, text]) => text.trim() !== ''));
      const [ofContact, ofDeal] = [changeOf('contact', given), changeOf('deal', given)];
      if (Object.keys(ofContact).length > 0) await changeContact(card.contact.id, ofContact);
      return Object.keys(ofDeal).length > 0 ? await changeDeal(card.id, ofDeal) : card;
    },
    // The change may itself have moved it on.
    onSuccess: (after) => {
      onClose();
      onRetry({ ...deal, stage: after.stage, status: after.status }, wish);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Stack component="form" onSubmit={submit}>
      {fields.map((field, index) => (
        <FieldInput
          key={pathOf(field)}
          field={field}
          label={fieldName(pathOf(field), t)}
          card={card}
          first={index === 0}
          value={values.get(pathOf(field))}
          onChange={(text) => setValues((before) => new Map([...before, [pathOf(field), text]]))}
        />
      ))}
      {error && <Failure error={error} />}
      <Group justify="space-between">
        <TextLink to="/deals/$id" params={{ id: deal.id }}>
          {t('deals.openCard')}
        </TextLink>
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('deals.saveAndRetry')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
