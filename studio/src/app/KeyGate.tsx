import { Alert, Button, Card, Center, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveKey } from '../api/access.ts';

/** What somebody sees who comes without a key, or with one that was refused. */
export function KeyGate({ refused, onKey }: { refused: boolean; onKey: () => void }) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saveKey(key);
    onKey();
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Card withBorder shadow="sm" padding="xl" maw={440} w="100%">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h3">
              {t('key.title')}
            </Title>
            <Text c="dimmed">{t('key.why')}</Text>
            {refused && (
              <Alert color="red" role="alert">
                {t('key.refused')}
              </Alert>
            )}
            <PasswordInput
              label={t('key.label')}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              autoFocus
              autoComplete="off"
            />
            <Button type="submit" disabled={key.trim() === ''}>
              {t('key.enter')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
