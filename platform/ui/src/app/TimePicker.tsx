import { ActionIcon, Button, Divider, Group, Popover, Select, SimpleGrid, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../components/Icon';
import { describeRange, formatDateTime, isRelative, resolveRange, type TimeRange } from '../lib/time';
import { REFRESH_CHOICES, useTime } from './time';

const PRESETS = ['now-5m', 'now-15m', 'now-30m', 'now-1h', 'now-3h', 'now-6h', 'now-12h', 'now-24h', 'now-2d', 'now-7d', 'now-30d', 'now/d'];

/** The time range of all that is shown, and how often it is brought up to date. */
export function TimePicker() {
  const { range, refreshNow, refresh, setRefresh } = useTime();
  const [opened, setOpened] = useState(false);
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
            aria-label={`Time range: ${describeRange(range)}`}
            className="time-button"
          >
            {describeRange(range)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <RangeForm key={`${range.from} ${range.to}`} onDone={() => setOpened(false)} />
          <Divider my="sm" />
          <Select
            label="Refresh"
            size="xs"
            data={[...new Set([...REFRESH_CHOICES, refresh])].map((value) => ({ value, label: value === 'off' ? 'off' : `every ${value}` }))}
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
  const { range, setRange } = useTime();
  const [from, setFrom] = useState(readable(range.from));
  const [to, setTo] = useState(readable(range.to));
  const valid = resolveRange({ from, to }, Date.now()) !== undefined;
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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) choose({ from: exact(from), to: exact(to) });
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
            <Text size="xs" c="dimmed">
              Times are local.
            </Text>
            <Button size="compact-sm" type="submit" disabled={!valid}>
              Apply
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function readable(expression: string): string {
  return /^\d+$/.test(expression) ? formatDateTime(Number(expression)) : expression;
}

/** Absolute times go into the address as milliseconds, so that they mean the same in every zone. */
function exact(expression: string): string {
  if (expression.trim().startsWith('now')) {
    return expression.trim();
  }
  return String(resolveRange({ from: expression, to: 'now+100y' }, Date.now())?.fromMs ?? expression);
}
