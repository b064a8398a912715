import { ActionIcon, AppShell, Burger, Group, NavLink, ScrollArea, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Fragment, useEffect, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { ALERTING_PAGES } from '../components/AlertingTabs';
import { Icon, type IconName } from '../components/Icon';
import { STATUS_PAGES } from '../components/StatusTabs';
import { AccessMenu } from './AccessMenu';
import { TimePicker } from './TimePicker';
import { useHref, useUrlState } from './urlState';

interface Entry {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** Paths below which the entry is the current one. */
  readonly below: readonly string[];
  /** Pages that are listed below the entry while one of them is the current one. */
  readonly pages?: readonly { readonly path: string; readonly label: string }[];
}

const ENTRIES: readonly Entry[] = [
  { path: '/', label: 'Home', icon: 'home', below: [] },
  { path: '/dashboards', label: 'Dashboards', icon: 'dashboard', below: ['/d/', '/dashboard/', '/dashboards/'] },
  { path: '/explore/metrics', label: 'Metrics', icon: 'chart', below: [] },
  { path: '/explore/logs', label: 'Logs', icon: 'list', below: [] },
  { path: '/explore/traces', label: 'Traces', icon: 'trace', below: ['/explore/traces/'] },
  { path: '/alerting', label: 'Alerting', icon: 'bell', below: ['/alerting/'], pages: ALERTING_PAGES },
  { path: '/status', label: 'Status', icon: 'pulse', below: STATUS_PAGES.map((page) => page.path) },
];

export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [location] = useLocation();
  const href = useHref();
  const kiosk = useUrlState().params.has('kiosk');
  useEffect(close, [location, close]);
  return (
    <AppShell
      className={kiosk ? 'kiosk' : ''}
      disabled={kiosk}
      header={{ height: 48 }}
      navbar={{ width: 176, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'xs', sm: 'md' }}
    >
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell.Header px={{ base: 'xs', sm: 'md' }}>
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" aria-expanded={opened} />
            <Link href={href('/')} className="brand" aria-label="Ghostworks, home">
              <Icon name="ghost" size={22} />
              <Text fw={650} visibleFrom="xs" size="lg">
                Ghostworks
              </Text>
            </Link>
          </Group>
          <Group gap={6} wrap="nowrap">
            <TimePicker />
            <AccessMenu />
            <SchemeToggle />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Main">
        <ScrollArea>
          {ENTRIES.map((entry) => {
            const active = location === entry.path || entry.below.some((prefix) => location.startsWith(prefix));
            return (
              <Fragment key={entry.path}>
                <NavLink
                  component={Link}
                  href={href(entry.path)}
                  label={entry.label}
                  leftSection={<Icon name={entry.icon} />}
                  active={active}
                  {...(active ? { 'aria-current': location === entry.path ? ('page' as const) : ('true' as const) } : {})}
                  className="nav-entry"
                />
                {active &&
                  entry.pages
                    ?.filter(({ path }) => path !== entry.path)
                    .map((page) => {
                      const current = location === page.path || location.startsWith(`${page.path}/`);
                      return (
                        <NavLink
                          key={page.path}
                          component={Link}
                          href={href(page.path)}
                          label={page.label}
                          active={current}
                          {...(current ? { 'aria-current': location === page.path ? ('page' as const) : ('true' as const) } : {})}
                          className="nav-entry nav-below"
                        />
                      );
                    })}
              </Fragment>
            );
          })}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? 'Use light colours' : 'Use dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
        <Icon name={dark ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  );
}
