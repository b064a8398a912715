/** Colours of series, told apart on light and dark grounds. */
const PALETTE = ['#4c6ef5', '#12b886', '#f59f00', '#e64980', '#15aabf', '#7950f2', '#82c91e', '#fd7e14', '#228be6', '#be4bdb', '#40c057', '#fa5252'];

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? '#4c6ef5';
}

/** The same colour for the same name wherever it appears. */
export function nameColor(name: string): string {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    hash = (hash * 31 + name.charCodeAt(i)) >>> 0;
  }
  return paletteColor(hash);
}
