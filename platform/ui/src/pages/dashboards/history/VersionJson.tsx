import { lazy, Suspense } from 'react';
import { dashboardOfVersion } from '../../../api/dashboardLibrary';
import { useData } from '../../../app/useData';
import { Section } from '../../../components/Section';
import { Loaded } from '../../../components/states';

const TextEditor = lazy(() => import('../../../components/TextEditor'));

/** A version's document, to be read and copied. */
export function VersionJson({ uid, version }: { uid: string; version: number }) {
  const data = useData(['dashboard version', uid, version], (access, signal) => dashboardOfVersion(access, uid, version, signal), { refreshes: false });
  return (
    <Section title={`JSON of version ${version}`}>
      <Loaded data={data}>
        {(json) => (
          <Suspense fallback={null}>
            <TextEditor key={version} value={JSON.stringify(json, null, 2)} label={`JSON of version ${version}`} format="json" />
          </Suspense>
        )}
      </Loaded>
    </Section>
  );
}
