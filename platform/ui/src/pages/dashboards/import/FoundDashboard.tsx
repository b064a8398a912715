import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { InspectedDashboard } from '../../../api/dashboardImport';
import { unsupportedParts } from '../../../lib/dashboards/unsupported';
import type { Json } from '../../../lib/json';
import { isKnownType } from '../panels/registry';

/** One dashboard of a file: what it is, whether it is here already, and what of it will not be shown. */
export function FoundDashboard({ found, document }: { found: InspectedDashboard; document: Json | undefined }) {
  const unsupported = useMemo(() => partsOf(document), [document]);
  return (
    <div className="import-found">
      <Text fw={600} className="wrap-anywhere">
        {found.title}
      </Text>
      <Text size="sm" c="dimmed" className="wrap-anywhere">
        {form(found)}
        {found.uid === undefined ? '' : `, uid ${found.uid}`}
      </Text>
      {found.provisioned && <Text size="sm">A file provides a dashboard with this uid: it cannot be replaced here. Choose another uid.</Text>}
      {found.exists && !found.provisioned && <Text size="sm">A dashboard with this uid is stored already.</Text>}
      {unsupported === undefined && <Text size="sm">What of it is not supported cannot be told before it is imported; its panels say so.</Text>}
      {unsupported?.length === 0 && <Text size="sm">All of it is supported.</Text>}
      {unsupported !== undefined && unsupported.length > 0 && (
        <>
          <Text size="sm" mt={4}>
            Not supported here:
          </Text>
          <ul className="import-unsupported">
            {unsupported.map((text) => (
              <li key={text} className="wrap-anywhere">
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function form({ form: name, schemaVersion }: InspectedDashboard): string {
  return name === 'v2' ? 'A resource of the second form' : schemaVersion === undefined ? 'The classic form' : `The classic form, schema version ${schemaVersion}`;
}

function partsOf(document: Json | undefined): readonly string[] | undefined {
  try {
    return document === undefined ? undefined : unsupportedParts(document, isKnownType);
  } catch {
    return undefined; // A form that only the server reads; it is said instead of the list.
  }
}
