import { ActionIcon, Button, Divider, Group, Popover, SegmentedControl, Select, SimpleGrid, Stack, TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/Icon';
import { describeRange, formatDateTime, isRelative, parseTime, resolveRange, type Calendar, type TimeRange } from '../lib/time';
import type { TimeZone } from '../lib/timeZone';
import { REFRESH_CHOICES, useTime } from './time';

/** Fiscal ranges are offered where a dashboard says when its fiscal year begins. */
const FISCAL: readonly { readonly label: string; readonly range: TimeRange }[] = [
  { label: 'this fiscal quarter', range: { from: 'now/fQ', to: 'now/fQ' } },
  { label: 'this fiscal year', range: { from: 'now/fy', to: 'now/fy' } },
];

const PRESETS = ['now-5m', 'now-15m', 'now-30m', 'now-1h', 'now-3h', 'now-6h', 'now-12h', 'now-24h', 'now-2d', 'now-7d', 'now-30d', 'now/d'];

/** The time range of all that is shown, and how often it is brought up to date. */
export function TimePicker() {
  const { range, refreshNow, refresh, setRefresh, timeZone, settings } = useTime();
  const [opened, setOpened] = useState(false);
  if (settings?.hiddenTimePicker) {
    return null;
  }
  const choices = ['off', 'auto', ...(settings?.refreshIntervals ?? REFRESH_CHOICES)];
  return (
    <Group gap={4} wrap="nowrap">
      <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" width={300} trapFocus>
        <Popover.Target>
          <Button
            variant="default"
            size="compact-md"
            h={30}
            leftSection={<Icon name="clock" />}
            onClick={() => setOpened(!opened)}
            aria-label={`Time range: ${describeRange(range, timeZone)}`}
            className="time-button"
          >
            {describeRange(range, timeZone)}
            {timeZone !== undefined && ` ${timeZone.toLowerCase() === 'utc' ? 'UTC' : timeZone}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <RangeForm key={`${range.from} ${range.to} ${timeZone ?? ''}`} onDone={() => setOpened(false)} />
          <Divider my="sm" />
          <Select
            label="Refresh"
            size="xs"
            data={[...new Set([...choices, refresh])].map((value) => ({ value, label: value === 'off' || value === 'auto' ? value : `every ${value}` }))}
            value={refresh}
            onChange={(value) => value && setRefresh(value)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            disabled={!isRelative(range)}
            description={isRelative(range) ? undefined : 'A range that ends in the past does not change.'}
          />
        </Popover.Dropdown>
      </Popover>
      <Tooltip label="Refresh now">
        <ActionIcon variant="default" size={30} aria-label="Refresh now" onClick={refreshNow}>
          <Icon name="refresh" />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function RangeForm({ onDone }: { onDone: () => void }) {
  const { range, setRange, timeZone, setTimeZone, calendar, settings } = useTime();
  const [from, setFrom] = useState(readable(range.from, timeZone));
  const [to, setTo] = useState(readable(range.to, timeZone));
  const valid = resolveRange({ from, to }, Date.now(), calendar) !== undefined;
  const choose = (next: TimeRange) => {
    setRange(next);
    onDone();
  };
  return (
    <Stack gap="xs">
      <SimpleGrid cols={3} spacing={4} verticalSpacing={4}>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            size="compact-xs"
            variant={range.from === preset && range.to === 'now' ? 'filled' : 'light'}
            onClick={() => choose({ from: preset, to: 'now' })}
          >
            {preset === 'now/d' ? 'today' : preset.replace('now-', '')}
          </Button>
        ))}
      </SimpleGrid>
      {(settings?.fiscalYearStartMonth ?? 0) > 0 && (
        <Group gap={4}>
          {FISCAL.map((fiscal) => (
            <Button key={fiscal.label} size="compact-xs" variant="light" onClick={() => choose(fiscal.range)}>
              {fiscal.label}
            </Button>
          ))}
        </Group>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) choose({ from: exact(from, calendar), to: exact(to, calendar) });
        }}
      >
        <Stack gap="xs">
          <TextInput size="xs" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput
            size="xs"
            label="To"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            error={valid ? undefined : 'Two times such as now-2h, now/d or 2026-01-31 12:00, the first before the second'}
          />
          <Group justify="space-between">
            <SegmentedControl
              size="xs"
              aria-label="Time zone"
              value={timeZone ?? 'browser'}
              onChange={(zone) => setTimeZone(zone === 'browser' ? undefined : zone)}
              data={zones(timeZone, settings?.timezone)}
            />
            <Button size="compact-sm" type="submit" disabled={!valid}>
              Apply
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

/** Local and UTC, and the zone that the address or the dashboard names. */
function zones(current: TimeZone, own: string | undefined): { value: string; label: string }[] {
  const known = [
    { value: 'browser', label: 'Local' },
    { value: 'utc', label: 'UTC' },
  ];
  const others = [current, own].filter((zone): zone is string => zone !== undefined && !known.some(({ value }) => value === zone));
  return [...known, ...[...new Set(others)].map((zone) => ({ value: zone, label: zone }))];
}

function readable(expression: string, zone: TimeZone): string {
  return /^\d+$/.test(expression) ? formatDateTime(Number(expression), zone) : expression;
}

/** Absolute times go into the address as milliseconds, so that they mean the same in every zone. */
function exact(expression: string, calendar: Calendar): string {
  if (expression.trim().startsWith('now')) {
    return expression.trim();
  }
  return String(parseTime(expression, Date.now(), 'from', calendar) ?? expression);
}
