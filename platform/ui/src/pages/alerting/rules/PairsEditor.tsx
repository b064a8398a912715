import { ActionIcon, Autocomplete, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Icon } from '../../../components/Icon';
import type { Pairs } from '../../../lib/alerting/ruleYaml';

interface PairsEditorProps {
  readonly title: string;
  readonly pairs: Pairs;
  readonly onChange: (pairs: Pairs) => void;
  /** Names that are offered. */
  readonly names: readonly string[];
  /** What one of them is called, such as `label`. */
  readonly noun: string;
}

/** Names with texts: labels or annotations. */
export function PairsEditor({ title, pairs, onChange, names, noun }: PairsEditorProps) {
  const replace = (index: number, pair: readonly [string, string]) => onChange(pairs.map((each, i) => (i === index ? pair : each)));
  return (
    <Stack gap={6} role="group" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {pairs.map(([name, text], index) => (
        <Group key={index} gap={6} align="flex-start" wrap="nowrap">
          <Autocomplete size="xs" w={170} style={{ flex: '0 1 170px' }} aria-label={`Name of ${noun} ${index + 1}`} placeholder="name" data={names.filter((each) => each === name || !pairs.some(([other]) => other === each))} value={name} onChange={(value) => replace(index, [value, text])} />
          <Textarea size="xs" autosize minRows={1} maxRows={12} style={{ flex: 1 }} aria-label={`Text of ${noun} ${index + 1}`} placeholder="text, also a template" value={text} onChange={(event) => replace(index, [name, event.currentTarget.value])} />
          <ActionIcon variant="default" size={30} aria-label={`Remove ${noun} ${name || index + 1}`} onClick={() => onChange(pairs.filter((_, i) => i !== index))}>
            <Icon name="close" />
          </ActionIcon>
        </Group>
      ))}
      <Button size="compact-xs" variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => onChange([...pairs, ['', '']])}>
        Add {noun}
      </Button>
    </Stack>
  );
}
