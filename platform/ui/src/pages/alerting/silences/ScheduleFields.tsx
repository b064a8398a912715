import { Button, Card, Chip, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { describeTimes, expandWeekdays, splitTimes, timesMistake, WEEKDAYS, writeSchedule, type RecurringTimes } from '../../../lib/alerting/schedule';
import type { DraftSchedule } from '../../../lib/alerting/silence';

interface ScheduleFieldsProps {
  readonly schedule: DraftSchedule;
  readonly onChange: (schedule: DraftSchedule) => void;
}

const NIGHT: RecurringTimes = { times: ['02:00-04:00'], location: '' };

/** Whether a silence holds throughout or at recurring times, and at which. */
export function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps) {
  const choose = (kind: string) => {
    if (kind === 'throughout') onChange({ kind });
    if (kind === 'times') onChange({ kind, times: [{ ...NIGHT, location: localZone() }] });
    if (kind === 'text') onChange({ kind, text: schedule.kind === 'times' ? writeSchedule(schedule.times) : '' });
  };
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label="When it holds between start and end"
        data={[
          { value: 'throughout', label: 'Throughout' },
          { value: 'times', label: 'Recurring' },
          { value: 'text', label: 'As text' },
        ]}
        value={schedule.kind}
        onChange={choose}
      />
      {schedule.kind === 'times' && <Times times={schedule.times} onChange={(times) => onChange({ kind: 'times', times })} />}
      {schedule.kind === 'text' && (
        <Textarea
          label="Schedule"
          description="A list as time_intervals of alertmanager.yml have it, in YAML or JSON"
          placeholder={'[{weekdays: [saturday, sunday], location: Europe/Berlin}]'}
          size="xs"
          autosize
          minRows={2}
          maxRows={10}
          classNames={{ input: 'mono' }}
          value={schedule.text}
          onChange={(event) => onChange({ kind: 'text', text: event.currentTarget.value })}
          spellCheck={false}
        />
      )}
    </Stack>
  );
}

function localZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === 'UTC' ? '' : zone;
}

function Times({ times, onChange }: { times: readonly RecurringTimes[]; onChange: (times: readonly RecurringTimes[]) => void }) {
  return (
    <Stack gap="xs">
      {times.map((each, index) => (
        <OneTime key={index} times={each} onChange={(next) => onChange(times.map((other, i) => (i === index ? next : other)))} onRemove={times.length > 1 ? () => onChange(times.filter((_, i) => i !== index)) : undefined} />
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => onChange([...times, { ...NIGHT, location: times.at(-1)?.location ?? '' }])}>
          Add other times
        </Button>
      </Group>
    </Stack>
  );
}

function OneTime({ times, onChange, onRemove }: { times: RecurringTimes; onChange: (times: RecurringTimes) => void; onRemove: (() => void) | undefined }) {
  const days = times.weekdays === undefined ? [...WEEKDAYS] : expandWeekdays(times.weekdays);
  const ranges = times.times ?? [];
  const mistake = timesMistake(times);
  const setRange = (index: number, range: string) => onChange({ ...times, times: ranges.map((each, i) => (i === index ? range : each)) });
  const others = { ...times, times: undefined, weekdays: undefined };
  return (
    <Card withBorder p="xs">
      <Stack gap={8}>
        <Chip.Group multiple value={days} onChange={(chosen) => onChange({ ...times, weekdays: chosen.length === WEEKDAYS.length ? undefined : WEEKDAYS.filter((day) => chosen.includes(day)) })}>
          <Group gap={4}>
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={day} size="xs">
                {day.slice(0, 3)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {ranges.map((range, index) => {
          const [start, end] = splitTimes(range);
          return (
            <Group key={index} gap={6}>
              <TextInput aria-label={`From, time ${index + 1}`} size="xs" w={80} placeholder="02:00" value={start} onChange={(event) => setRange(index, `${event.currentTarget.value.replaceAll('-', '')}-${end}`)} />
              <Text size="sm">to</Text>
              <TextInput aria-label={`To, time ${index + 1}`} size="xs" w={80} placeholder="04:00" value={end} onChange={(event) => setRange(index, `${start}-${event.currentTarget.value.replaceAll('-', '')}`)} />
              <Button size="compact-xs" variant="subtle" onClick={() => onChange({ ...times, times: ranges.length === 1 ? undefined : ranges.filter((_, i) => i !== index) })}>
                Remove
              </Button>
            </Group>
          );
        })}
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => onChange({ ...times, times: [...ranges, ranges.length === 0 ? '00:00-06:00' : '22:00-24:00'] })}>
            Add a time of day
          </Button>
          {ranges.length === 0 && <Text size="xs">All day</Text>}
        </Group>
        <TextInput label="Time zone" size="xs" placeholder="UTC" maw={240} value={times.location} onChange={(event) => onChange({ ...times, location: event.currentTarget.value.trim() })} spellCheck={false} />
        {mistake === undefined ? (
          <Text size="xs" c="dimmed">
            {describeTimes(times)}
          </Text>
        ) : (
          <Text size="xs" c="red">
            {mistake}
          </Text>
        )}
        {Object.values(others).some((value) => Array.isArray(value)) && (
          <Text size="xs" c="dimmed">
            Days of the month, months and years are changed under “As text”.
          </Text>
        )}
        {onRemove && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove} style={{ alignSelf: 'flex-start' }}>
            Remove these times
          </Button>
        )}
      </Stack>
    </Card>
  );
}
