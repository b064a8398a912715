import { useSignal, type Signal } from '../../../../components/plot/hover';

interface ColorScaleProps {
  readonly palette: readonly string[];
  readonly counts: { readonly min: number; readonly max: number };
  readonly format: (count: number) => string;
  /** The count under the pointer. */
  readonly pointed: Signal<number | undefined>;
}

/** The colours from the least to the greatest count, with a mark at the one under the pointer. */
export function ColorScale({ palette, counts, format, pointed }: ColorScaleProps) {
  const count = useSignal(pointed);
  const stops = palette.map((color, i) => `${color} ${((i / palette.length) * 100).toFixed(1)}% ${(((i + 1) / palette.length) * 100).toFixed(1)}%`);
  const share = count === undefined ? undefined : Math.min(1, Math.max(0, (count - counts.min) / (counts.max - counts.min || 1)));
  return (
    <div className="color-scale">
      <span>{format(counts.min)}</span>
      <span className="color-scale-bar" style={{ background: `linear-gradient(90deg, ${stops.join(', ')})` }}>
        {share !== undefined && count !== undefined && (
          <span className="color-scale-mark" style={{ left: `${(share * 100).toFixed(1)}%` }}>
            <span>{format(count)}</span>
          </span>
        )}
      </span>
      <span>{format(counts.max)}</span>
    </div>
  );
}
