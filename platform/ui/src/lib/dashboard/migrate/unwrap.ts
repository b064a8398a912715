import { isResource, resourceToClassic } from './resource';
import { isObject, objects, panelsOf, type MutableJson } from './mutable';

/**
 * The dashboard inside of what people pass around: the answer of the API (`dashboard` beside `meta`), a resource of
 * dashboard.grafana.app, an export for sharing. Text that holds JSON is read.
 */
export function unwrap(document: unknown): MutableJson {
  const json = typeof document === 'string' ? parsed(document) : document;
  if (!isObject(json)) {
    return {};
  }
  if (isResource(json)) {
    return resourceToClassic(json);
  }
  if (isObject(json['dashboard']) && !Array.isArray(json['panels']) && !Array.isArray(json['rows'])) {
    return unwrap(json['dashboard']);
  }
  insertLibraryPanels(json);
  applyInputs(json);
  return json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined; // Whoever takes text from a person says what is wrong with it; see parseDashboards.
  }
}

/** An export for sharing brings its library panels along, by uid. */
function insertLibraryPanels(dashboard: MutableJson): void {
  const elements = dashboard['__elements'];
  const byUid = new Map(
    (Array.isArray(elements) ? objects(elements) : Object.values(isObject(elements) ? elements : {}).filter(isObject)).map((element) => [element['uid'], element] as const),
  );
  for (const panel of panelsOf(dashboard)) {
    const reference = isObject(panel['libraryPanel']) ? panel['libraryPanel'] : undefined;
    const model = byUid.get(reference?.['uid'])?.['model'];
    if (!isObject(model) || panel['targets'] !== undefined) {
      continue;
    }
    const { id, gridPos } = panel;
    const title = panel['title'] ?? model['title'];
    Object.assign(panel, structuredClone(model), { id, gridPos, title, libraryPanel: reference });
  }
}

/**
 * What an export for sharing asks for when it is imported: a constant gets the value that the file proposes, a data
 * source keeps its placeholder and learns its type.
 */
function applyInputs(dashboard: MutableJson): void {
  const inputs = objects(dashboard['__inputs']);
  if (inputs.length === 0) {
    return;
  }
  const constants = new Map<string, string>();
  const types = new Map<string, string>();
  for (const { name, type, value, pluginId } of inputs) {
    if (typeof name !== 'string') continue;
    if (type === 'constant' && typeof value === 'string') constants.set(`\${${name}}`, value);
    if (type === 'datasource' && typeof pluginId === 'string') types.set(`\${${name}}`, pluginId);
  }
  for (const [key, value] of Object.entries(dashboard)) {
    if (!key.startsWith('__')) {
      dashboard[key] = filledIn(value, constants, types);
    }
  }
}

function filledIn(value: unknown, constants: ReadonlyMap<string, string>, types: ReadonlyMap<string, string>, key = ''): unknown {
  if (typeof value === 'string') {
    const type = key === 'datasource' ? types.get(value) : undefined;
    return type === undefined ? replaceAll(value, constants) : { type, uid: value };
  }
  if (Array.isArray(value)) {
    return value.map((item) => filledIn(item, constants, types, key === 'datasource' ? '' : key));
  }
  if (!isObject(value)) {
    return value;
  }
  const type = key === 'datasource' && typeof value['uid'] === 'string' ? types.get(value['uid']) : undefined;
  const filled = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filledIn(item, constants, types, name)]));
  return type === undefined || filled['type'] !== undefined ? filled : { type, ...filled };
}

function replaceAll(text: string, constants: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [placeholder, value] of constants) {
    result = result.includes(placeholder) ? result.replaceAll(placeholder, () => value) : result;
  }
  return result;
}
