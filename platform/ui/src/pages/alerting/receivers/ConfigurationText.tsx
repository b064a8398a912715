import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useUrlState } from '../../../app/urlState';
import TextEditor, { type LineMessage } from '../../../components/TextEditor';
import type { Draft } from './useDraft';

/** The whole alertmanager.yml: also inhibition, time intervals and what has no form. */
export default function ConfigurationText({ draft }: { draft: Draft }) {
  const { params } = useUrlState();
  const { checked } = draft;
  const messages = useMemo(() => (checked?.mistakes ?? []).map(({ line, key, message }): LineMessage => ({ line, message: key === '' ? message : `${key}: ${message}`, severity: 'error' })), [checked]);
  const at = Number(params.get('line') ?? NaN);
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        Secrets are never shown. Where the text has {'<secret>'} the stored one stays; write another in its place to change it. Inhibition (inhibit_rules) and time intervals (time_intervals) are edited here.
      </Text>
      <TextEditor value={draft.edited.configuration} label="alertmanager.yml" format="yaml" height="65vh" messages={messages} at={Number.isInteger(at) ? at : undefined} onChange={draft.editable ? (text) => draft.change(() => text) : undefined} />
    </Stack>
  );
}
