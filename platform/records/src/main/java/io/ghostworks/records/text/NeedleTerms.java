package io.ghostworks.records.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a text that contains a needle must have among its tokens. Only a token that stands whole
 * inside the needle, with bytes of no token at both sides, is known to be a token of the text; of
 * the others a piece is known. Safe for use by many threads.
 */
public final class NeedleTerms {

  private final boolean ignoresCase;
  private final List<byte[]> words = new ArrayList<>();
  private final List<byte[]> pieces = new ArrayList<>();
  private final long[] ids;

  private NeedleTerms(Needle needle) {
    ignoresCase = needle.ignoresCase();
    byte[] bytes = needle.bytes();
    List<Long> hashes = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int end = Tokens.end(bytes, at, bytes.length);
      if (end > at) {
        if (at > 0 && end < bytes.length) {
          whole(bytes, at, end, hashes);
        } else {
          piece(bytes, at, end);
        }
      }
      at = end + 1;
    }
    ids = hashes.stream().mapToLong(Long::longValue).toArray();
  }

  /** The terms of a needle that stands in a text. */
  public static NeedleTerms of(Needle needle) {
    return new NeedleTerms(needle);
  }

  /**
   * The terms of a value that is all of a text, as in a comparison with a field: its tokens stand
   * whole at its ends too.
   */
  public static NeedleTerms ofWholeText(byte[] text) {
    byte[] bounded = new byte[text.length + 2];
    Arrays.fill(bounded, (byte) ' ');
    System.arraycopy(text, 0, bounded, 1, text.length);
    return new NeedleTerms(Needle.of(bounded));
  }

  /** Whether a needle is one token of which blocks keep the hash. */
  public static boolean isId(Needle needle) {
    byte[] bytes = needle.bytes();
    return bytes.length >= BlockTokens.ID_LENGTH_MIN
        && Tokens.end(bytes, 0, bytes.length) == bytes.length
        && hasDigit(bytes, 0, bytes.length);
  }

  private static boolean hasDigit(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (Tokens.isDigit(bytes[at])) {
        return true;
      }
    }
    return false;
  }

  private void whole(byte[] bytes, int from, int to, List<Long> hashes) {
    boolean digit = hasDigit(bytes, from, to);
    if (to - from > BlockTokens.WORD_LENGTH_MAX
        || (digit && to - from >= BlockTokens.ID_LENGTH_MIN)) {
      hashes.add(TokenFilter.hash(bytes, from, to - from));
    } else if (!digit) {
      words.add(Arrays.copyOfRange(bytes, from, to));
    }
  }

  private void piece(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && !Tokens.isDigit(bytes[at])) {
        at++;
      }
      if (at - start >= BlockTokens.LETTERS_MIN
          && at - start <= BlockTokens.WORD_LENGTH_MAX
          && !BlockTokens.isHex(bytes, start, at)) {
        pieces.add(Arrays.copyOfRange(bytes, start, at));
      }
      at++;
    }
  }

  /** Whether a word dictionary can leave blocks out. */
  public boolean hasWords() {
    return !words.isEmpty() || !pieces.isEmpty();
  }

  /** Whether a block's filter can leave it out. */
  public boolean hasIds() {
    return ids.length > 0;
  }

  /** False if a block with this filter holds no text that contains the needle. */
  public boolean mayBeIn(byte[] filter, int offset, int length) {
    for (long id : ids) {
      if (!TokenFilter.mayHold(filter, offset, length, id)) {
        return false;
      }
    }
    return true;
  }

  /**
   * As {@link #mayBeIn(byte[], int, int)}, of a filter that is read as far as it is needed.
   *
   * @param length of the filter
   */
  public boolean mayBeIn(int length, FilterBytes filter) throws IOException {
    int groups = length / TokenFilter.GROUP_BYTES;
    byte[] group = new byte[TokenFilter.GROUP_BYTES];
    for (long id : ids) {
      if (groups == 0) {
        return false;
      }
      filter.read(TokenFilter.group(id, groups), group);
      if (!TokenFilter.groupMayHold(group, 0, id)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a filter. */
  @FunctionalInterface
  public interface FilterBytes {
    /** Fills an array from an offset of the filter. */
    void read(int offset, byte[] target) throws IOException;
  }

  boolean ignoresCase() {
    return ignoresCase;
  }

  /** Words that the text has. */
  List<byte[]> words() {
    return words;
  }

  /** Letters that stand inside a word of the text. */
  List<byte[]> pieces() {
    return pieces;
  }
}
