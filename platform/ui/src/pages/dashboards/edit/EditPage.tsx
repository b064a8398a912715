import { Button, Group, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { StoredDashboard } from '../../../api/grafana';
import { useUrlState } from '../../../app/urlState';
import { ConfirmButton } from '../../../components/ConfirmButton';
import { addPanel, addRow, findPanel, replacePanel } from '../../../lib/dashboard/edit';
import { change, isChanged, redo, startHistory, undo } from '../../../lib/dashboard/history';
import { migrateDashboard } from '../../../lib/dashboard/migrate';
import { readMigrated } from '../../../lib/dashboard/read';
import type { Json } from '../../../lib/json';
import { DashboardView } from '../DashboardView';
import { editingOf } from './editing';
import { SaveDialog } from './SaveDialog';
import { SettingsDialog } from './SettingsDialog';
import './edit.css';

const PanelEditor = lazy(() => import('./PanelEditor'));

const NEW_PANEL: Json = { type: 'timeseries', title: 'New panel', datasource: { type: 'prometheus', uid: 'prometheus' }, targets: [{ refId: 'A', expr: '' }], fieldConfig: { defaults: {}, overrides: [] }, options: {} };

/** A dashboard while it is changed. Nothing is stored before it is saved; leaving with changes asks. */
export default function EditPage({ stored }: { stored: StoredDashboard }) {
  const { params, patch } = useUrlState();
  const [history, setHistory] = useState(() => startHistory({ ...migrateDashboard(stored.document), uid: stored.uid }));
  const [dialog, setDialog] = useState<'save' | 'settings' | undefined>(undefined);
  const json = history.present;
  const changed = isChanged(history);
  const model = useMemo(() => ({ ...readMigrated(json), uid: stored.uid }), [json, stored.uid]);
  const editing = useMemo(() => editingOf((edit) => setHistory((now) => change(now, edit(now.present))), (id) => patch({ edit: 'on', editPanel: String(id) })), [patch]);
  useHotkeys([
    ['mod+Z', () => setHistory(undo)],
    ['mod+shift+Z', () => setHistory(redo)],
    ['mod+S', () => changed && setDialog('save')],
  ]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => changed && event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed]);
  const edited = params.has('editPanel') ? findPanel(json, Number(params.get('editPanel'))) : undefined;
  const leave = () => patch({ edit: undefined, editPanel: undefined });
  const apply = (next: Json) => setHistory((now) => change(now, next));
  const add = () => {
    const added = addPanel(json, NEW_PANEL);
    apply(added.json);
    patch({ edit: 'on', editPanel: String(added.id) });
  };
  return (
    <Stack gap="xs">
      <Group gap={6} className="card edit-bar" role="toolbar" aria-label="Editing">
        <Button size="compact-sm" variant="default" onClick={add}>
          Add panel
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => apply(addRow(json, 'New row').json)}>
          Add row
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setDialog('settings')}>
          Settings
        </Button>
        <Button size="compact-sm" variant="default" disabled={history.past.length === 0} onClick={() => setHistory(undo)}>
          Undo
        </Button>
        <Button size="compact-sm" variant="default" disabled={history.future.length === 0} onClick={() => setHistory(redo)}>
          Redo
        </Button>
        <span className="edit-space" />
        {changed ? (
          <ConfirmButton question="Leave and forget the changes?" color="red" onConfirm={leave}>
            Discard changes
          </ConfirmButton>
        ) : (
          <Button size="compact-sm" variant="default" onClick={leave}>
            Leave editing
          </Button>
        )}
        <Button size="compact-sm" disabled={!changed} onClick={() => setDialog('save')}>
          Save
        </Button>
      </Group>
      <DashboardView model={model} editing={editing}>
        {(scope) =>
          edited && (
            <Suspense fallback={null}>
              <PanelEditor key={String(edited['id'])} panel={edited} scope={scope} onApply={(panel) => apply(replacePanel(json, Number(edited['id']), panel))} onClose={() => patch({ editPanel: undefined })} />
            </Suspense>
          )
        }
      </DashboardView>
      {dialog === 'save' && <SaveDialog stored={stored} json={json} onClose={() => setDialog(undefined)} onSaved={leave} />}
      {dialog === 'settings' && <SettingsDialog json={json} onApply={apply} onClose={() => setDialog(undefined)} />}
    </Stack>
  );
}
