import { Button, Drawer, Group, Stack, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { readPanel } from '../../../lib/dashboard/readPanel';
import { array, object, string, type Json } from '../../../lib/json';
import type { TemplateScope } from '../../../lib/template/scope';
import { DashboardProvider, useDashboard } from '../dashboardContext';
import { panelKind } from '../panels/registry';
import { PanelView } from '../PanelView';
import { FieldForm } from './FieldForm';
import { OptionsForm } from './OptionsForm';
import { OverridesForm } from './OverridesForm';
import { PanelForm } from './PanelForm';
import { QueryForms } from './QueryForms';
import { JsonText } from './SettingsDialog';
import { TransformationsForm } from './TransformationsForm';
import { useFieldNames } from './useFieldNames';

interface Props {
  readonly panel: Json;
  readonly scope: TemplateScope;
  readonly onApply: (panel: Json) => void;
  readonly onClose: () => void;
}

const PREVIEW = { width: '100%', height: '100%' };

/** A panel in the making: drawn above from what its forms say, taken over into the dashboard by "Apply". */
export default function PanelEditor({ panel, scope, onApply, onClose }: Props) {
  const [draft, setDraft] = useState(panel);
  const model = useMemo(() => readPanel(draft), [draft]);
  const around = useDashboard();
  const preview = useMemo(() => ({ ...around, editing: undefined }), [around]);
  const asks = panelKind(model.type).queries;
  const [tab, setTab] = useState<string | null>(asks ? 'queries' : model.type === 'text' ? 'options' : 'panel');
  const namesBefore = useFieldNames(model, scope, tab === 'transformations' || tab === 'overrides');
  const fieldConfig = object(draft['fieldConfig']);
  const apply = (next: Json) => {
    onApply(next);
    onClose();
  };
  return (
    <Drawer opened onClose={onClose} position="bottom" size="95%" title={`Edit the panel ${scope.replace(model.title, 'text')}`}>
      <Stack gap="sm">
        <div className="edit-preview">
          <DashboardProvider value={preview}>
            <PanelView panel={model} scope={scope} style={PREVIEW} />
          </DashboardProvider>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onClose}>
            Back without the changes
          </Button>
          <Button size="xs" disabled={draft === panel} onClick={() => apply(draft)}>
            Apply
          </Button>
        </Group>
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List mb="sm">
            {asks && <Tabs.Tab value="queries">Queries</Tabs.Tab>}
            {asks && <Tabs.Tab value="transformations">Transformations</Tabs.Tab>}
            <Tabs.Tab value="panel">Panel</Tabs.Tab>
            <Tabs.Tab value="options">Options</Tabs.Tab>
            <Tabs.Tab value="field">Values</Tabs.Tab>
            {asks && <Tabs.Tab value="overrides">Overrides</Tabs.Tab>}
            <Tabs.Tab value="json">JSON</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="queries">
            <QueryForms panel={draft} onChange={setDraft} />
          </Tabs.Panel>
          <Tabs.Panel value="panel">
            <PanelForm panel={draft} onChange={setDraft} />
          </Tabs.Panel>
          <Tabs.Panel value="transformations">
            <TransformationsForm value={draft['transformations']} namesBefore={namesBefore} onChange={(transformations) => setDraft({ ...draft, transformations })} />
          </Tabs.Panel>
          <Tabs.Panel value="options">
            <OptionsForm panel={draft} onChange={setDraft} />
          </Tabs.Panel>
          <Tabs.Panel value="overrides">
            <OverridesForm
              value={fieldConfig['overrides']}
              names={tab === 'overrides' ? namesBefore(model.transformations.length) : []}
              queries={array(draft['targets']).map((target) => string(object(target)['refId']))}
              onChange={(overrides) => setDraft({ ...draft, fieldConfig: { defaults: {}, ...fieldConfig, overrides } })}
            />
          </Tabs.Panel>
          <Tabs.Panel value="field">
            <FieldForm defaults={object(fieldConfig['defaults'])} onChange={(defaults) => setDraft({ ...draft, fieldConfig: { overrides: [], ...fieldConfig, defaults } })} />
          </Tabs.Panel>
          <Tabs.Panel value="json">
            <JsonText json={draft} label="Document of the panel" onApply={(next) => setDraft({ ...next, id: draft['id'] })} onClose={() => undefined} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Drawer>
  );
}
