import { Textarea } from '@mantine/core';
import { useState } from 'react';

/** A value as JSON: taken over whenever it can be read, and said when it cannot. */
export function JsonValue({ label, value, onChange }: { label: string; value: unknown; onChange: (value: unknown) => void }) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: unknown; readonly failure?: string } | undefined>(undefined);
  const shown = typed !== undefined && typed.of === value ? typed.text : (JSON.stringify(value ?? null, undefined, 2) ?? 'null');
  const change = (text: string) => {
    try {
      const next: unknown = JSON.parse(text);
      setTyped({ text, of: next });
      onChange(next);
    } catch (error) {
      setTyped({ text, of: value, failure: `Not JSON yet: ${error instanceof Error ? error.message : String(error)}` });
    }
  };
  return <Textarea size="xs" label={label} autosize maxRows={16} ff="monospace" value={shown} error={typed?.of === value ? typed?.failure : undefined} onChange={(event) => change(event.currentTarget.value)} />;
}
