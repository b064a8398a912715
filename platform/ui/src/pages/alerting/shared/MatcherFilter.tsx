import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUrlState } from '../../../app/urlState';
import { parseMatchers } from '../../../lib/alerting/matchers';

interface MatcherFilterProps {
  readonly label: string;
  readonly description?: string;
}

/** Alertmanager's matchers, in the address once they are understood: Enter, or leaving the field. */
export function MatcherFilter({ label, description }: MatcherFilterProps) {
  const { params } = useUrlState();
  const text = params.get('filter') ?? '';
  return <Field key={text} given={text} label={label} description={description} />;
}

function Field({ given, label, description }: { given: string; label: string; description: string | undefined }) {
  const { patch } = useUrlState();
  const [text, setText] = useState(given);
  const parsed = parseMatchers(text);
  const send = () => {
    if (parsed.kind === 'parsed' && text !== given) patch({ filter: text.trim() });
  };
  return (
    <TextInput
      label={label}
      description={description}
      placeholder={'severity="critical", job=~"api|worker"'}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && send()}
      onBlur={send}
      error={parsed.kind === 'wrong' ? parsed.message : undefined}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      size="xs"
      style={{ flex: '1 1 260px', minWidth: 0 }}
    />
  );
}
