import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatMatchers, parseMatchers, type Matcher } from '../../../lib/alerting/matchers';

/** All matchers as one text, to be pasted or copied; taken once it is understood, at Enter or when the field is left. */
export function MatcherText({ matchers, onChange }: { matchers: readonly Matcher[]; onChange: (matchers: readonly Matcher[]) => void }) {
  const text = formatMatchers(matchers.filter(({ name }) => name !== ''));
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? text;
  const parsed = parseMatchers(shown);
  const take = () => {
    if (typed === undefined || parsed.kind === 'wrong') return;
    setTyped(undefined);
    if (typed.trim() !== text) onChange(parsed.matchers);
  };
  return (
    <TextInput
      label="As text"
      size="xs"
      classNames={{ input: 'mono' }}
      value={shown}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        take();
      }}
      error={parsed.kind === 'wrong' ? parsed.message : undefined}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
