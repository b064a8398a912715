import { Empty } from '../../../../components/states';
import type { PanelProps } from '../panel';

/** A panel that is known but not shown: in words why, and what to do. */
export default function RefusedPanel({ panel }: PanelProps) {
  if (panel.type === 'news') {
    return <Empty>News panels read a feed of another host. Pages here load nothing from elsewhere, so this feed is not shown; a text panel can link to it.</Empty>;
  }
  return (
    <Empty>
      The library panel “{panel.libraryPanel?.name ?? panel.title}” is not part of this dashboard's file, so there is nothing to draw. Export the dashboard for sharing externally, which puts its library panels
      into the file, or replace the panel.
    </Empty>
  );
}
