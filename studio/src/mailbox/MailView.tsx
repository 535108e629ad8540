import { Box, Code, Group, Paper, Skeleton, Stack, Table, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { mail as mailQuery } from '../api/mailbox.ts';
import type { Mail } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { mailHeaders } from './headers.ts';
import { markRead } from './read-marks.ts';

export function MailView({ id }: { id: string }) {
  const { data: mail, error, isPending, refetch } = useQuery(mailQuery(id));
  useEffect(() => markRead(id), [id]);
  if (isPending) return <Skeleton height={420} />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Stack component="article" gap="md" aria-labelledby="mail-title">
      <MailHead mail={mail} />
      {mail.kind === 'sms' ? <Sms text={mail.text} /> : <MailTabs mail={mail} />}
    </Stack>
  );
}

function MailHead({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  return (
    <Box>
      <Title order={2} size="h3" id="mail-title" className="wrapped">
        {mail.kind === 'sms' ? t('mailbox.smsTo', { to: mail.to.join(', ') }) : mail.subject || t('mailbox.noSubject')}
      </Title>
      <Group gap="2px 16px" mt={4}>
        {mail.from && (
          <Text size="sm" className="wrapped">
            <Text span c="dimmed">
              {t('mailbox.from')}{' '}
            </Text>
            {mail.from}
          </Text>
        )}
        <Text size="sm" className="wrapped">
          <Text span c="dimmed">
            {t('mailbox.to')}{' '}
          </Text>
          {mail.to.join(', ')}
        </Text>
        <Moment at={mail.receivedAt} c="dimmed" />
      </Group>
    </Box>
  );
}

function Sms({ text }: { text: string }) {
  return (
    <Paper bg="var(--mantine-primary-color-light)" radius="lg" p="md" maw={420} style={{ borderBottomLeftRadius: 4 }}>
      <Text className="wrapped" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
    </Paper>
  );
}

function MailTabs({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  return (
    <Tabs defaultValue={mail.html === undefined ? 'text' : 'rendered'} keepMounted={false}>
      <Tabs.List mb="md">
        {mail.html !== undefined && <Tabs.Tab value="rendered">{t('mailbox.rendered')}</Tabs.Tab>}
        <Tabs.Tab value="text">{t('mailbox.text')}</Tabs.Tab>
        {mail.source !== undefined && <Tabs.Tab value="headers">{t('mailbox.headers')}</Tabs.Tab>}
        {mail.source !== undefined && <Tabs.Tab value="source">{t('mailbox.source')}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="rendered">
        <RenderedMail html={mail.html ?? ''} title={mail.subject} />
      </Tabs.Panel>
      <Tabs.Panel value="text">
        <Text className="wrapped" style={{ whiteSpace: 'pre-wrap' }}>
          {mail.text}
        </Text>
      </Tabs.Panel>
      <Tabs.Panel value="headers">
        <Headers source={mail.source ?? ''} />
      </Tabs.Panel>
      <Tabs.Panel value="source">
        <Code block className="source" tabIndex={0} role="region" aria-label={t('mailbox.source')}>
          {mail.source}
        </Code>
      </Tabs.Panel>
    </Tabs>
  );
}

/**
 * A mail is foreign text: no scripts, no forms, an origin of its own. Its links open in a new tab, so that what a reader
 * does (a click that a process waits for, an unsubscription) can be tried from here.
 */
function RenderedMail({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      className="mail-frame"
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={withNewTabs(html)}
    />
  );
}

/** After the doctype, because anything before it puts the browser into quirks mode. */
function withNewTabs(html: string): string {
  return html.replace(/^(\s*<!doctype[^>]*>)?/i, '$1<base target="_blank">');
}

function Headers({ source }: { source: string }) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t('mailbox.headers')} verticalSpacing={6}>
      <Table.Tbody>
        {mailHeaders(source).map(({ name, value }, index) => (
          // A name may come twice, and the order never changes.
          <Table.Tr key={index}>
            <Table.Th scope="row" style={{ verticalAlign: 'top', width: '30%' }} className="wrapped">
              {name}
            </Table.Th>
            <Table.Td className="wrapped">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
