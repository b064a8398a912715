import { isMap, parseAllDocuments } from 'yaml';
import { array, object, string, type Json } from '../json';

const LISTS: ReadonlySet<string> = new Set(['List', 'ConfigMapList', 'DashboardList']);
/** Aliases that a document may follow: more is an attack on memory. */
const MAX_ALIASES = 100;

/** Every dashboard of a text, in the order in which the server names them: JSON, resources in YAML, keys of ConfigMaps that end with `.json`. What cannot be read is left out: the server says why. */
export function documentsOf(text: string): Json[] {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const roots = /^[{[]/.test(start) ? [parsed(start)] : yamlDocuments(text);
  return roots.flatMap((root) => unpack(object(root)));
}

function yamlDocuments(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text);
    return Array.isArray(documents) ? documents.filter((document) => document.errors.length === 0 && isMap(document.contents)).map((document): unknown => document.toJS({ maxAliasCount: MAX_ALIASES })) : [];
  } catch {
    return []; // The server's inspection tells what is wrong with it.
  }
}

function unpack(root: Json): Json[] {
  const kind = string(root['kind']);
  if (kind === 'ConfigMap') {
    return [...entries(root['data'], (value) => value), ...entries(root['binaryData'], decoded)];
  }
  return LISTS.has(kind) ? array(root['items']).flatMap((item) => unpack(object(item))) : Object.keys(root).length === 0 ? [] : [root];
}

function entries(data: unknown, read: (value: string) => string): Json[] {
  return Object.entries(object(data))
    .filter(([key, value]) => key.endsWith('.json') && typeof value === 'string')
    .map(([, value]) => object(parsed(read(string(value)))))
    .filter((document) => Object.keys(document).length > 0);
}

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64.replace(/\s+/g, '')), (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether title and uid can be changed on the way in: in one document of JSON. */
export function isSingleJson(text: string): boolean {
  const root = object(parsed(text.replace(/^\uFEFF/, '')));
  return Object.keys(root).length > 0 && root['kind'] !== 'ConfigMap' && !LISTS.has(string(root['kind']));
}

/** The same document with another title or uid; what is undefined stays, and an empty uid lets the server make one. */
export function withIdentity(text: string, identity: { readonly title: string | undefined; readonly uid: string | undefined }): string {
  if (identity.title === undefined && identity.uid === undefined) {
    return text;
  }
  return JSON.stringify(identified(object(parsed(text.replace(/^\uFEFF/, ''))), identity), null, 2);
}

function identified(root: Json, { title, uid }: { readonly title: string | undefined; readonly uid: string | undefined }): Json {
  for (const wrapper of ['dashboard', 'json']) {
    if (Object.keys(object(root[wrapper])).length > 0) {
      return { ...root, [wrapper]: identified(object(root[wrapper]), { title, uid }) };
    }
  }
  if (string(root['apiVersion']) !== '' && Object.keys(object(root['spec'])).length > 0) {
    const spec = object(root['spec']);
    return {
      ...root,
      metadata: { ...object(root['metadata']), ...(uid === undefined ? {} : { name: uid }) },
      spec: { ...spec, ...(title === undefined ? {} : { title }), ...(uid !== undefined && 'uid' in spec ? { uid } : {}) },
    };
  }
  // A new uid is a new dashboard: the number of its former place would name another one.
  return { ...root, ...(title === undefined ? {} : { title }), ...(uid === undefined ? {} : { uid, id: null }) };
}
