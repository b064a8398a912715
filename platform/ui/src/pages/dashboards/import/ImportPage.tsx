import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { importDashboards, inspectDashboards, type ImportedDashboard, type InspectedDashboard } from '../../../api/dashboardImport';
import { useUrlState } from '../../../app/urlState';
import { useAction } from '../../../app/useAction';
import { PageTitle } from '../../../components/PageTitle';
import { Failure } from '../../../components/states';
import { withIdentity } from '../../../lib/dashboards/importText';
import { ImportForm, type ImportChoice } from './ImportForm';
import { ImportResult } from './ImportResult';
import { SourceForm, type ImportSource } from './SourceForm';
import './import.css';

/** A file on its way in: chosen, looked at by the server, stored. */
type Step =
  | { readonly kind: 'source' }
  | { readonly kind: 'inspected'; readonly source: ImportSource; readonly found: readonly InspectedDashboard[] }
  | { readonly kind: 'done'; readonly source: ImportSource; readonly choice: ImportChoice; readonly results: readonly ImportedDashboard[] };

/** Brings dashboards in from a file or a text. Nothing is stored before the last button. */
export default function ImportPage() {
  const { params } = useUrlState();
  const [step, setStep] = useState<Step>({ kind: 'source' });
  const inspect = useAction(inspectDashboards, (found, source) => setStep({ kind: 'inspected', source, found }));
  const store = useAction(
    (access, { source, choice }: { readonly source: ImportSource; readonly choice: ImportChoice }) =>
      importDashboards(access, { text: withIdentity(source.text, choice), name: source.name, folderUid: choice.folderUid, overwrite: choice.overwrite, inputs: choice.inputs }),
    (results, { source, choice }) => setStep({ kind: 'done', source, choice, results }),
  );
  const restart = () => {
    inspect.reset();
    store.reset();
    setStep({ kind: 'source' });
  };
  const failure = inspect.failure ?? store.failure;
  return (
    <Stack gap="sm" maw={860}>
      <PageTitle title="Import dashboards">
        {step.kind !== 'source' && (
          <Button size="compact-sm" variant="default" onClick={restart}>
            Another file
          </Button>
        )}
      </PageTitle>
      {failure && <Failure message={failure.message} status={failure.status} />}
      {step.kind === 'source' && (
        <>
          <Text size="sm" c="dimmed">
            JSON of any version, resources of the second form, exports that ask for data sources, and ConfigMaps. Nothing is fetched from grafana.com: download the JSON there and choose the file here.
          </Text>
          <SourceForm busy={inspect.busy} onRead={inspect.run} />
        </>
      )}
      {step.kind === 'inspected' && <ImportForm source={step.source} found={step.found} folderUid={params.get('folderUid') ?? undefined} busy={store.busy} onImport={(choice) => store.run({ source: step.source, choice })} />}
      {step.kind === 'done' && (
        <>
          <ImportResult results={step.results} />
          {step.results.some(canOverwrite) && (
            <Group gap="xs" justify="flex-end">
              <Button size="xs" color="red" loading={store.busy} onClick={() => store.run({ source: step.source, choice: { ...step.choice, overwrite: true } })}>
                Import over what is stored
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

/** What only says that something is there already. */
function canOverwrite({ imported, code }: ImportedDashboard): boolean {
  return !imported && (code === 'version-mismatch' || code === 'name-exists');
}
