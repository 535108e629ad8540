import {
  ActionIcon,
  Anchor,
  AppShell,
  Burger,
  Group,
  NavLink,
  SegmentedControl,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBook,
  IconBook2,
  IconChartHistogram,
  IconChecklist,
  IconFilter,
  IconHeadset,
  IconKeyOff,
  IconLayoutKanban,
  IconMail,
  IconMoonStars,
  IconRoute,
  IconSun,
  IconSunrise,
  IconUsers,
} from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetKey } from '../api/access.ts';
import { changeLanguage, languages } from './i18n.ts';
import { Waiting } from './Waiting.tsx';
import { WhoAmI } from './WhoAmI.tsx';

const places = [
  { to: '/day', text: 'nav.day', icon: IconSunrise },
  { to: '/approvals', text: 'nav.approvals', icon: IconChecklist },
  { to: '/deals', text: 'nav.deals', icon: IconLayoutKanban },
  { to: '/forecast', text: 'forecast.title', icon: IconChartHistogram },
  { to: '/processes', text: 'nav.processes', icon: IconRoute },
  { to: '/contacts', text: 'nav.contacts', icon: IconUsers },
  { to: '/tickets', text: 'nav.tickets', icon: IconHeadset },
  { to: '/knowledge', text: 'nav.knowledge', icon: IconBook2 },
  { to: '/mailbox', text: 'nav.mailbox', icon: IconMail },
] as const;

/** The frame of every page: navigation, language, light or dark, and the way out. */
export function Shell() {
  const { t, i18n } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { colorScheme, toggleColorScheme } = useMantineColorScheme();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const content = useContentFocus(path);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <Anchor href="#content" className="skip-link">
        {t('app.skipToContent')}
      </Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu')} />
            <IconFilter size={24} aria-hidden color="var(--mantine-primary-color-filled)" />
            <Text fw={700} size="lg">
              {t('app.name')}
            </Text>
            <Text c="dimmed" size="sm" visibleFrom="md">
              {t('app.tagline')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <WhoAmI visibleFrom="xs" />
            <SegmentedControl
              transitionDuration={0}
              size="xs"
              aria-label={t('app.language')}
              value={i18n.language === 'ru' ? 'ru' : 'en'}
              onChange={(value) => changeLanguage(value === 'ru' ? 'ru' : 'en')}
              data={languages.map((language) => ({ value: language, label: language.toUpperCase() }))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => toggleColorScheme()}
              aria-label={t('app.theme')}
              title={t('app.theme')}
            >
              {colorScheme === 'dark' ? <IconSun size={18} /> : <IconMoonStars size={18} />}
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('app.signOut')}
              title={t('app.signOut')}
              onClick={forgetKey}
            >
              <IconKeyOff size={18} />
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('app.menu')}>
        <WhoAmI hiddenFrom="xs" mb="xs" />
        {places.map(({ to, text, icon: Icon }) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(text)}
            leftSection={<Icon size={18} aria-hidden />}
            rightSection={<Waiting at={to} />}
            active={path.startsWith(to)}
            onClick={close}
          />
        ))}
        <NavLink
          href="/api/docs"
          target="_blank"
          label={t('nav.docs')}
          leftSection={<IconBook size={18} aria-hidden />}
          mt="auto"
        />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} ref={content}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** Whoever goes to another page by keyboard or screen reader begins at its content, not at the menu again. */
function useContentFocus(path: string) {
  const content = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    content.current?.focus({ preventScroll: true });
  }, [path]);
  return content;
}
