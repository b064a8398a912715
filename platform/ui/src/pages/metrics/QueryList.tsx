import { ActionIcon, Button, Group, Stack, Tooltip } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../../components/Icon';

const PromqlEditor = lazy(() => import('./PromqlEditor'));

/** The queries of the graph, one editor each. What is typed counts when it is run. */
export function QueryList({ exprs, onRun }: { exprs: readonly string[]; onRun: (exprs: readonly string[]) => void }) {
  return <QueryEditors key={JSON.stringify(exprs)} exprs={exprs} onRun={onRun} />;
}

interface Draft {
  readonly id: number;
  readonly text: string;
}

function QueryEditors({ exprs, onRun }: { exprs: readonly string[]; onRun: (exprs: readonly string[]) => void }) {
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (exprs.length === 0 ? [''] : exprs).map((text, id) => ({ id, text })));
  const edit = (id: number, text: string) => setDrafts((all) => all.map((draft) => (draft.id === id ? { id, text } : draft)));
  const run = (all: readonly Draft[]) => onRun(all.map((draft) => draft.text.trim()).filter((text) => text !== ''));
  return (
    <Stack gap={6}>
      {drafts.map((draft) => (
        <Group key={draft.id} gap={6} wrap="nowrap" align="flex-start">
          <Suspense fallback={<div className="editor" style={{ minHeight: 34 }} />}>
            <PromqlEditor
              value={draft.text}
              onChange={(text) => edit(draft.id, text)}
              onRun={(text) => run(drafts.map((other) => (other.id === draft.id ? { ...other, text } : other)))}
            />
          </Suspense>
          {drafts.length > 1 && (
            <Tooltip label="Remove this query">
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label="Remove this query"
                onClick={() => {
                  const rest = drafts.filter((other) => other.id !== draft.id);
                  setDrafts(rest);
                  run(rest);
                }}
              >
                <Icon name="close" />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      ))}
      <Group gap="xs">
        <Button size="xs" leftSection={<Icon name="play" size={13} />} onClick={() => run(drafts)}>
          Run
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={13} />}
          onClick={() => setDrafts((all) => [...all, { id: Math.max(...all.map((draft) => draft.id)) + 1, text: '' }])}
        >
          Query
        </Button>
      </Group>
    </Stack>
  );
}
