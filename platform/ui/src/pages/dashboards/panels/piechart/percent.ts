/** A share in percent; whole numbers unless decimals are configured. */
export function percentText(share: number, decimals: number | undefined): string {
  return `${(share * 100).toFixed(Math.min(20, Math.max(0, decimals ?? 0)))}%`;
}
