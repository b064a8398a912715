import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { InspectedDashboard } from '../../../api/dashboardImport';
import { library } from '../../../api/dashboardLibrary';
import { useData } from '../../../app/useData';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';
import { documentsOf, isSingleJson } from '../../../lib/dashboards/importText';
import { folderTree } from '../../../lib/dashboards/library';
import { FolderSelect } from '../list/FolderSelect';
import { FoundDashboard } from './FoundDashboard';
import { InputFields } from './InputFields';
import type { ImportSource } from './SourceForm';

/** What is decided before dashboards are stored. */
export interface ImportChoice {
  /** Undefined where the file's own stays. */
  readonly title: string | undefined;
  readonly uid: string | undefined;
  /** Undefined: the folder that the file names. */
  readonly folderUid: string | undefined;
  readonly overwrite: boolean;
  readonly inputs: Readonly<Record<string, string>>;
}

interface Props {
  readonly source: ImportSource;
  readonly found: readonly InspectedDashboard[];
  readonly folderUid: string | undefined;
  readonly busy: boolean;
  readonly onImport: (choice: ImportChoice) => void;
}

/** What the file holds, what of it will not be shown, and where it goes. */
export function ImportForm({ source, found, folderUid, busy, onImport }: Props) {
  const documents = useMemo(() => documentsOf(source.text), [source.text]);
  const single = found.length === 1 && isSingleJson(source.text) ? found[0] : undefined;
  const inputs = useMemo(() => [...new Map(found.flatMap((item) => item.inputs).map((input) => [input.name, input])).values()], [found]);
  const named = found.find((item) => item.folderTitle !== undefined)?.folderTitle;
  const [title, setTitle] = useState(single?.title ?? '');
  const [uid, setUid] = useState(single?.uid ?? '');
  const [own, setOwn] = useState(named !== undefined && folderUid === undefined);
  const [folder, setFolder] = useState(folderUid ?? '');
  const [overwrite, setOverwrite] = useState(false);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(inputs.map(({ name, value }) => [name, value])));
  const folders = useData(['dashboard library'], library, { compared: false });
  const sameUid = single !== undefined && uid.trim() === (single.uid ?? '');
  const blocked = single !== undefined && sameUid && single.provisioned;
  const taken = single === undefined ? found.some((item) => item.exists && !item.provisioned) : sameUid && single.exists && !single.provisioned;
  const missing = inputs.some(({ name }) => (values[name] ?? '') === '');
  const submit = () =>
    onImport({
      title: single === undefined || title.trim() === single.title ? undefined : title.trim(),
      uid: single === undefined || sameUid ? undefined : uid.trim(),
      folderUid: own ? undefined : folder,
      overwrite,
      inputs: values,
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Section title={found.length === 1 ? 'The dashboard' : `${found.length} dashboards`}>
          {found.map((item, index) => (
            <FoundDashboard key={index} found={item} document={documents.length === found.length ? documents[index] : undefined} />
          ))}
        </Section>
        {single && (
          <Group gap="sm" grow align="start" className="import-names">
            <TextInput label="Title" value={title} onChange={(event) => setTitle(event.currentTarget.value)} required />
            <TextInput label="Unique id (uid)" description="Empty: one is made" inputWrapperOrder={['label', 'input', 'description']} value={uid} onChange={(event) => setUid(event.currentTarget.value)} maxLength={40} />
          </Group>
        )}
        {named !== undefined && <Checkbox label={`Into the folder that the file names (“${named}”)`} checked={own} onChange={(event) => setOwn(event.currentTarget.checked)} />}
        {!own && <Loaded data={folders}>{(loaded) => <FolderSelect rows={folderTree(loaded.folders)} value={folder} onChange={setFolder} />}</Loaded>}
        {inputs.length > 0 && <InputFields inputs={inputs} values={values} onChange={setValues} />}
        {taken && <Checkbox label="Save over the dashboard that is stored, as a new version of it" checked={overwrite} onChange={(event) => setOverwrite(event.currentTarget.checked)} />}
        <Group justify="flex-end">
          <Button size="xs" type="submit" loading={busy} disabled={missing || blocked || (single !== undefined && (title.trim() === '' || (taken && !overwrite)))}>
            {overwrite && taken ? 'Import and save over' : 'Import'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
