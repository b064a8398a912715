import './plot.css';
import type { ReactNode } from 'react';

/** Says in the middle of a panel why nothing is drawn. */
export function PanelMessage({ children }: { children: ReactNode }) {
  return <div className="plot-message">{children}</div>;
}
