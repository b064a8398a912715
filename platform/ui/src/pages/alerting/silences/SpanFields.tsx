import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTime } from '../../../app/time';
import { formatSpan, fromLocalInput, toLocalInput } from '../../../lib/alerting/silence';
import { parseDuration } from '../../../lib/time';

interface SpanFieldsProps {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly onChange: (change: { startsAtMs?: number; endsAtMs?: number }) => void;
}

const LENGTHS = ['30m', '1h', '2h', '4h', '8h', '1d', '3d', '1w'];

/** Start, end, and the length between them, each of which follows the others. */
export function SpanFields({ startsAtMs, endsAtMs, onChange }: SpanFieldsProps) {
  const { timeZone } = useTime();
  const zone = timeZone === undefined ? '' : ` (${timeZone})`;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const length = Number.isFinite(endsAtMs - startsAtMs) && endsAtMs > startsAtMs ? formatSpan(endsAtMs - startsAtMs) : '';
  const shown = typed ?? length;
  const wrong = shown !== '' && parseDuration(shown) === undefined;
  const setLength = (text: string) => {
    const ms = parseDuration(text);
    if (ms !== undefined) onChange({ endsAtMs: startsAtMs + ms });
  };
  return (
    <>
      <Group gap="xs" align="flex-start">
        <TextInput type="datetime-local" step={1} label={`Start${zone}`} size="xs" value={toLocalInput(startsAtMs, timeZone)} onChange={(event) => onChange({ startsAtMs: fromLocalInput(event.currentTarget.value, timeZone) })} />
        <TextInput type="datetime-local" step={1} label={`End${zone}`} size="xs" value={toLocalInput(endsAtMs, timeZone)} onChange={(event) => onChange({ endsAtMs: fromLocalInput(event.currentTarget.value, timeZone) })} />
        <TextInput
          label="Duration"
          size="xs"
          w={110}
          value={shown}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setLength(event.currentTarget.value);
          }}
          onBlur={() => setTyped(undefined)}
          error={wrong ? 'Such as 2h or 1d' : undefined}
        />
      </Group>
      <Group gap={4}>
        {LENGTHS.map((text) => (
          <Button key={text} size="compact-xs" variant="default" onClick={() => setLength(text)}>
            {text}
          </Button>
        ))}
      </Group>
    </>
  );
}
