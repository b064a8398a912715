package io.ghostworks.records.text;

/**
 * A form that several texts of a block share.
 *
 * @param pattern what stands, with {@code <_>} for each part that varies, as Loki writes patterns:
 *     a part reaches over letters, digits and the characters {@code _ - . : /} next to it
 * @param rows the rows that have it, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // handed out once, for the caller to keep
public record TextTemplate(String pattern, int[] rows) {}
