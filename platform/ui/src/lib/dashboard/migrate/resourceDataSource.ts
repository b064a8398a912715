import { at, defined, isObject, type MutableJson } from './mutable';

/** Of a query: its type is the kind in the first version of the form, the group later. */
export function datasourceOf(query: MutableJson, beside: unknown): MutableJson | undefined {
  if (isObject(beside)) {
    return beside;
  }
  const type = query['kind'] === 'DataQuery' ? query['group'] : query['kind'];
  const uid = at(query, 'datasource')['name'] ?? at(query, 'datasource')['uid'];
  const found = defined({ type: type === '' ? undefined : type, uid });
  return Object.keys(found).length === 0 ? undefined : found;
}
