import { Badge, Box, Group, Text, ThemeIcon } from '@mantine/core';
import { IconBolt, IconCheckbox, IconMail, IconRoute, IconShieldCheck, IconTrendingUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { processNames } from '../api/processes.ts';
import type { ContactMoment, MomentKind } from '../api/types.ts';
import { Detail } from '../parts/Detail.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { clockTime } from '../parts/time.ts';
import { useReason } from '../parts/useReason.ts';
import { EntryText } from '../processes/EntryText.tsx';

const signs: Record<MomentKind, { icon: typeof IconBolt; color: string }> = {
  event: { icon: IconBolt, color: 'yellow' },
  score: { icon: IconTrendingUp, color: 'grape' },
  message: { icon: IconMail, color: 'blue' },
  journey: { icon: IconRoute, color: 'pine' },
  record: { icon: IconShieldCheck, color: 'gray' },
  task: { icon: IconCheckbox, color: 'orange' },
};

export function MomentLine({ moment }: { moment: ContactMoment }) {
  const { t, i18n } = useTranslation();
  const { icon: Sign, color } = signs[moment.kind];
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon variant="light" color={color} radius="xl" size={28} aria-label={t(`moment.${moment.kind}`)} role="img">
        <Sign size={16} aria-hidden />
      </ThemeIcon>
      <Box miw={0} flex={1}>
        <Text size="sm" component="div" className="wrapped">
          <MomentText moment={moment} />
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {clockTime(new Date(moment.at), i18n.language)} · <Moment at={moment.at} size="xs" span />
        </Text>
      </Box>
    </Group>
  );
}

function MomentText({ moment }: { moment: ContactMoment }): ReactNode {
  switch (moment.kind) {
    case 'event':
      return <Told what={moment.name} source={moment.source} detail={moment.data} />;
    case 'score':
      return <Points moment={moment} />;
    case 'message':
      return <MessageText moment={moment} />;
    case 'journey':
      return <JourneyText moment={moment} />;
    case 'record':
      return <RecordText moment={moment} />;
    case 'task':
      return <TaskText moment={moment} />;
  }
}

type Of<K extends MomentKind> = { moment: Extract<ContactMoment, { kind: K }> };

function Told({
  what,
  source,
  detail,
}: {
  what: string;
  source: string;
  detail: Extract<ContactMoment, { kind: 'event' }>['data'];
}) {
  const { t } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`event.${what.replaceAll('.', '-')}`, { defaultValue: what })}
      </Text>{' '}
      <Text span c="dimmed" size="xs">
        {what} · {source}
      </Text>
      <Detail detail={detail} />
    </>
  );
}

function Points({ moment }: Of<'score'>) {
  const { t, i18n } = useTranslation();
  const points = new Intl.NumberFormat(i18n.language, { signDisplay: 'always', maximumFractionDigits: 1 });
  return (
    <>
      <Text span fw={600} size="sm">
        {t('score.points', { count: Math.abs(moment.points), points: points.format(moment.points) })}
      </Text>{' '}
      · {moment.reason}{' '}
      <Text span c="dimmed" size="xs">
        {t(`score.${moment.axis}`)}
      </Text>
    </>
  );
}

const messageColours: Record<string, string> = {
  sent: 'green',
  failed: 'red',
  bounced: 'red',
  unknown: 'orange',
  skipped: 'gray',
};

function MessageText({ moment }: Of<'message'>) {
  const { t } = useTranslation();
  const reason = useReason();
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`channel.${moment.channel}`)}: {moment.subject ?? moment.template}
      </Text>{' '}
      <Badge size="sm" variant="light" tt="none" color={messageColours[moment.status] ?? 'blue'}>
        {t(`message.${moment.status}`, { defaultValue: moment.status })}
      </Badge>
      <Text size="xs" c="dimmed">
        {moment.to}
        {moment.skipReason && ` · ${reason(moment.skipReason)}`}
        {moment.error && ` · ${moment.error.message}`}
      </Text>
    </>
  );
}

function JourneyText({ moment }: Of<'journey'>) {
  const { i18n } = useTranslation();
  const { data: names } = useQuery(processNames);
  return (
    <>
      <TextLink
        to="/processes/$key"
        params={{ key: moment.process }}
        search={{ tab: 'instances', instance: moment.instance }}
      >
        {inLanguage(names?.get(moment.process) ?? moment.process, i18n.language)}
      </TextLink>
      {' · '}
      <EntryText entry={moment.entry} />
    </>
  );
}

function RecordText({ moment }: Of<'record'>) {
  const { t } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {t(`record.${moment.record}`)}
      </Text>
      <Detail detail={moment.detail} />
    </>
  );
}

function TaskText({ moment }: Of<'task'>) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Text span fw={600} size="sm">
        {inLanguage(moment.title, i18n.language)}
      </Text>{' '}
      <Badge size="sm" variant="light" tt="none" color={moment.status === 'open' ? 'orange' : 'green'}>
        {t(`task.${moment.status}`, { defaultValue: moment.status })}
      </Badge>
      {moment.assignee && (
        <Text size="xs" c="dimmed">
          {moment.assignee}
        </Text>
      )}
    </>
  );
}
