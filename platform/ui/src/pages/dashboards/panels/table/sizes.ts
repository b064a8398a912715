/** Heights and widths in pixels that several parts of a table count with. */
export const HEADER_PX = 32;
export const ROW_NUMBER_PX = 56;
export const SCROLLBAR_PX = 14;
export const PAGER_PX = 34;
