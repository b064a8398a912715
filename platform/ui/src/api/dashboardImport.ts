import { array, number, object, optionalNumber, optionalString, string } from '../lib/json';
import { getJson, sendText, type Access } from './http';

/** What a shared dashboard asks for when it is imported. */
export interface ImportInput {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly isDataSource: boolean;
  /** The type of the data source. */
  readonly pluginId: string;
  /** What it is where nothing else is chosen. */
  readonly value: string;
}

/** What the server reads in a file, before anything is stored. */
export interface InspectedDashboard {
  readonly title: string;
  readonly uid: string | undefined;
  readonly form: string;
  readonly schemaVersion: number | undefined;
  readonly folderTitle: string | undefined;
  readonly exists: boolean;
  readonly provisioned: boolean;
  readonly inputs: readonly ImportInput[];
}

export async function inspectDashboards(access: Access, { text, name }: { readonly text: string; readonly name: string }): Promise<InspectedDashboard[]> {
  const answer = await sendText(access, 'POST', 'api/platform/dashboards/inspect', { type: 'text/plain', text }, { parameters: { name } });
  return array(object(JSON.parse(answer))['dashboards'])
    .map(object)
    .map((found) => ({
      title: string(found['title']),
      uid: optionalString(found['uid']),
      form: string(found['form']),
      schemaVersion: optionalNumber(found['schemaVersion']),
      folderTitle: optionalString(found['folderTitle']),
      exists: found['exists'] === true,
      provisioned: found['provisioned'] === true,
      inputs: array(found['inputs'])
        .map(object)
        .map((input) => ({
          name: string(input['name']),
          label: string(input['label']),
          description: string(input['description']),
          isDataSource: input['type'] === 'datasource',
          pluginId: string(input['pluginId']),
          value: string(input['value']),
        })),
    }));
}

export interface ImportRequest {
  readonly text: string;
  readonly name: string;
  /** Undefined: the folder that the file names, else the general one. */
  readonly folderUid: string | undefined;
  readonly overwrite: boolean;
  readonly inputs: Readonly<Record<string, string>>;
}

/** What became of one dashboard of the file. */
export interface ImportedDashboard {
  readonly title: string;
  readonly uid: string;
  readonly version: number;
  readonly imported: boolean;
  /** Why it is refused, in the server's words. */
  readonly message: string;
  readonly code: string;
}

export async function importDashboards(access: Access, request: ImportRequest): Promise<ImportedDashboard[]> {
  const inputs = Object.fromEntries(Object.entries(request.inputs).map(([name, value]) => [`input.${name}`, value]));
  const parameters = { ...inputs, name: request.name, folderUid: request.folderUid, overwrite: request.overwrite ? 'true' : undefined, message: 'Imported' };
  const answer = await sendText(access, 'POST', 'api/platform/dashboards/import', { type: 'text/plain', text: request.text }, { parameters });
  return array(object(JSON.parse(answer))['dashboards'])
    .map(object)
    .map((item) => ({
      title: string(item['title']),
      uid: string(item['uid']),
      version: number(item['version'], 0),
      imported: item['status'] === 'imported',
      message: string(item['message']),
      code: string(item['code']),
    }));
}

export interface DataSourceEntry {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
}

export async function dataSources(access: Access, signal?: AbortSignal): Promise<DataSourceEntry[]> {
  return array(await getJson(access, 'api/datasources', { signal }))
    .map(object)
    .map((source) => ({ uid: string(source['uid']), name: string(source['name']), type: string(source['type']) }));
}
