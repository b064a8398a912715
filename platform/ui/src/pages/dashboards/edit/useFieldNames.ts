import { useCallback } from 'react';
import { useTime } from '../../../app/time';
import type { PanelModel } from '../../../lib/dashboard/model';
import { fieldNamer } from '../../../lib/field/displayName';
import type { TemplateScope } from '../../../lib/template/scope';
import { transformFrames } from '../../../lib/transform/transformFrames';
import { usePanelData } from '../data/usePanelData';

/** About that of the drawer: decides only how many points are asked for. */
const WIDTH_PX = 1000;
const NAMES_MAX = 200;

/** What the fields of a panel's data are called before the transformation at a place. Asks for data only while `enabled`. */
export function useFieldNames(panel: PanelModel, scope: TemplateScope, enabled: boolean): (at: number) => readonly string[] {
  const { timeZone } = useTime();
  const { raw } = usePanelData(panel, scope, WIDTH_PX, enabled);
  const { transformations } = panel;
  return useCallback(
    (at) => {
      const frames = transformFrames(raw, transformations.slice(0, at), { scope, timeZone });
      const nameOf = fieldNamer(frames);
      return [...new Set(frames.flatMap((frame) => frame.fields.map((field) => nameOf(field, frame))))].slice(0, NAMES_MAX);
    },
    [raw, transformations, scope, timeZone],
  );
}
