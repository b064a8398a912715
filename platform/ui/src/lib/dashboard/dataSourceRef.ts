import { object, optionalString } from '../json';
import type { DataSourceRef } from './model';

/** A reference of any form: an object, a name, or nothing. */
export function readDataSource(value: unknown): DataSourceRef | undefined {
  if (typeof value === 'string') {
    return value === '' || value === 'default' ? undefined : { uid: value };
  }
  const ref = object(value);
  const type = optionalString(ref['type']);
  const uid = optionalString(ref['uid']);
  return type === undefined && uid === undefined ? undefined : { type, uid };
}
