import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { alertmanagerConfiguration, checkConfiguration, saveConfiguration, type AlertmanagerConfiguration, type CheckedConfiguration, type EditedConfiguration } from '../../../api/alertmanagerConfig';
import { useAccess } from '../../../app/access';
import { useData, type Data } from '../../../app/useData';

/** A configuration while it is edited. */
export interface Draft {
  readonly running: AlertmanagerConfiguration;
  readonly edited: EditedConfiguration;
  /** Whether something differs from what holds. */
  readonly dirty: boolean;
  /** Whether it may be changed here at all: the operator's file may not. */
  readonly editable: boolean;
  readonly failure: string | undefined;
  readonly busy: boolean;
  /** What the last check said of this very text. */
  readonly checked: CheckedConfiguration | undefined;
  /** Changes the text; a change that cannot be made says why. */
  readonly change: (make: (text: string) => string) => void;
  readonly setTemplates: (templateFiles: Readonly<Record<string, string>>, make?: (text: string) => string) => void;
  readonly discard: () => void;
  readonly check: () => Promise<void>;
  readonly save: () => Promise<void>;
}

/** What holds, asked once: what is being edited is not to change below the editor's hands. */
export function useRunningConfiguration(): Data<AlertmanagerConfiguration> {
  return useData(['alertmanager configuration'], alertmanagerConfiguration, { refreshes: false });
}

export function useDraft(running: AlertmanagerConfiguration): Draft {
  const { access } = useAccess();
  const queries = useQueryClient();
  const start: EditedConfiguration = { configuration: running.configuration, templateFiles: running.templateFiles };
  const [edited, setEdited] = useState(start);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState<{ readonly of: EditedConfiguration; readonly result: CheckedConfiguration } | undefined>(undefined);
  const attempt = async (work: () => Promise<void>) => {
    setFailure(undefined);
    setBusy(true);
    try {
      await work();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const replace = (make: () => EditedConfiguration) => {
    setFailure(undefined);
    try {
      setEdited(make());
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return {
    running,
    edited,
    dirty: JSON.stringify(edited) !== JSON.stringify(start),
    editable: running.source !== 'file',
    failure,
    busy,
    checked: checked?.of === edited ? checked.result : undefined,
    change: (make) => replace(() => ({ ...edited, configuration: make(edited.configuration) })),
    setTemplates: (templateFiles, make) => replace(() => ({ templateFiles, configuration: make ? make(edited.configuration) : edited.configuration })),
    discard: () => setEdited(start),
    check: () => attempt(async () => setChecked({ of: edited, result: await checkConfiguration(access, edited) })),
    save: () =>
      attempt(async () => {
        const result = await checkConfiguration(access, edited);
        setChecked({ of: edited, result });
        if (result.mistakes.length === 0) {
          await saveConfiguration(access, edited, running.version ?? 0);
          await queries.invalidateQueries();
        }
      }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
