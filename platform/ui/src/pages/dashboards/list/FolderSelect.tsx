import { Select } from '@mantine/core';
import type { TreeRow } from '../../../lib/dashboards/library';

interface Props {
  readonly rows: readonly TreeRow[];
  /** '' is no folder. */
  readonly value: string;
  readonly onChange: (uid: string) => void;
  readonly label?: string;
  readonly disabled?: boolean;
  /** Folders that cannot be chosen. */
  readonly without?: ReadonlySet<string>;
}

/** The value of the choice of no folder: Mantine takes the empty text as nothing chosen. */
const ROOT = ' root';

/** Chooses a folder by its whole path. */
export function FolderSelect({ rows, value, onChange, label = 'Folder', disabled = false, without }: Props) {
  const data = [{ value: ROOT, label: 'None (top level)' }, ...rows.filter(({ folder }) => without?.has(folder.uid) !== true).map(({ folder, path }) => ({ value: folder.uid, label: path.join(' / ') }))];
  const shown = data.some((item) => item.value === value) ? value : ROOT;
  return <Select label={label} data={data} value={shown} onChange={(uid) => onChange(uid === null || uid === ROOT ? '' : uid)} searchable allowDeselect={false} disabled={disabled} />;
}
