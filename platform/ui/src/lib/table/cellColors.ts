import { cssRgb, parseColor, readableText, safeColor, shade, textOn } from '../color';
import type { CellOptions } from './cellOptions';

export interface CellColors {
  readonly color?: string | undefined;
  readonly background?: string | undefined;
}

/** Colours of text and ground as Grafana gives them: a gradient begins ten points darker (on light ground seven lighter) and five degrees aside. */
export function cellColors(options: CellOptions, color: string | undefined, dark: boolean): CellColors {
  const safe = safeColor(color);
  if (safe === undefined) {
    return {};
  }
  if (options.type === 'color-text') {
    return { color: readableText(safe, dark) };
  }
  if (options.type !== 'color-background') {
    return {};
  }
  const rgb = parseColor(safe);
  if (rgb === undefined || options.mode === 'basic') {
    return { background: safe, color: textOn(safe) };
  }
  return { background: `linear-gradient(120deg, ${cssRgb(shade(rgb, dark ? 10 : -7, 5))}, ${cssRgb(rgb)})`, color: textOn(safe) };
}
