/** What the pointer is over. */
export interface Hover {
  /** The place in the axis of times. */
  readonly index: number;
  /** For each series the place of the value that is meant; undefined where it has none near. */
  readonly places: readonly (number | undefined)[];
  /** The series whose line is nearest. */
  readonly nearest: number | undefined;
  /** From the left and the top of the plot, in pixels. */
  readonly left: number;
  readonly top: number;
  /** In another chart of the group. */
  readonly remote: boolean;
}
