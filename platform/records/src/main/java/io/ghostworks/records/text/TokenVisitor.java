package io.ghostworks.records.text;

/**
 * Is told the tokens of texts while they are encoded. A token is a longest run of letters, digits
 * and bytes above 127. Each distinct token of the texts is told at least once, in no order; the
 * same one may be told many times.
 */
@FunctionalInterface
public interface TokenVisitor {

  /** Ignores all. */
  TokenVisitor NONE = (bytes, offset, length) -> {};

  /** A token; the bytes are valid during the call. */
  void token(byte[] bytes, int offset, int length);
}
