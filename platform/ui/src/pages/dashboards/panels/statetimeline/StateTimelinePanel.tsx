import type { PanelProps } from '../panel';
import { Timeline } from './Timeline';

/** States over time: each lasts until the next one. */
export default function StateTimelinePanel(props: PanelProps) {
  return <Timeline {...props} mode="changes" />;
}
