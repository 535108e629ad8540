import { Button, Group, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noteOnDeal } from '../api/deals.ts';
import { useDeed } from '../parts/useDeed.ts';

/** Notes something on a deal. Ctrl or Command and Enter do so, too. */
export function NoteBox({ id }: { id: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { mutate, isPending } = useDeed('deals', id, (note: string) => noteOnDeal(id, note));
  const ready = text.trim() !== '' && !isPending;
  const submit = () => {
    if (ready) mutate(text.trim(), { onSuccess: () => setText('') });
  };
  return (
    <Group align="flex-start" gap="sm">
      <Textarea
        flex={1}
        aria-label={t('deals.writeNote')}
        placeholder={t('deals.noteHint')}
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={getHotkeyHandler([['mod+Enter', submit]])}
      />
      <Button
        variant="default"
        onClick={submit}
        disabled={!ready}
        loading={isPending}
        leftSection={<IconNote size={16} aria-hidden />}
      >
        {t('deals.addNote')}
      </Button>
    </Group>
  );
}
