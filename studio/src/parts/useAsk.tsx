import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog.tsx';

interface Question {
  title: string;
  text: string;
  /** What the button that does it says. */
  action: string;
  dangerous?: boolean;
  onConfirm: () => void;
}

/** A question before something that cannot be taken back. @returns how to ask, and the dialog to be rendered */
export function useAsk(): { ask: (question: Question) => void; dialog: ReactNode } {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>();
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  const dialog = (
    <Dialog opened={opened} onClose={close} title={question?.title}>
      <Stack>
        <Text size="sm">{question?.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button
            {...(question?.dangerous && { color: 'red' })}
            onClick={() => {
              close();
              question?.onConfirm();
            }}
          >
            {question?.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
  return {
    ask: (next) => {
      setQuestion(next);
      setOpened(true);
    },
    dialog,
  };
}
