import type { PanelProps } from '../panel';
import { Timeline } from './Timeline';

/** States at times, each in a box of its own. */
export default function StatusHistoryPanel(props: PanelProps) {
  return <Timeline {...props} mode="samples" />;
}
