import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type DragEvent } from 'react';
import { Failure } from '../../../components/states';

export interface ImportSource {
  readonly text: string;
  /** Of the file, without its ending: a dashboard without title takes it. */
  readonly name: string;
}

/** Larger files are refused by the server as well; they are not even read here. */
const MAX_BYTES = 9 * 1024 * 1024;

/** Takes a file, by button or dropped, or a text that is pasted. */
export function SourceForm({ busy, onRead }: { busy: boolean; onRead: (source: ImportSource) => void }) {
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setRefusal(undefined);
    if (file.size > MAX_BYTES) {
      setRefusal(`“${file.name}” has ${Math.ceil(file.size / 1024 / 1024)} MiB; a file may have 9. Import its dashboards one by one.`);
      return;
    }
    onRead({ text: await file.text(), name: file.name.replace(/\.(json|ya?ml)$/i, '') });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <Stack gap="sm">
      {refusal !== undefined && <Failure message={refusal} />}
      <div
        className={over ? 'card import-drop import-over' : 'card import-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text size="sm">Drop a file here, or</Text>
        <FileButton accept=".json,.yaml,.yml,application/json,application/yaml" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} size="xs" loading={busy}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRead({ text, name: 'dashboard' });
        }}
      >
        <Textarea label="Or paste JSON or YAML" value={text} onChange={(event) => setText(event.currentTarget.value)} rows={12} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} />
        <Group justify="flex-end" mt="xs">
          <Button size="xs" type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>
            Look at it
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
