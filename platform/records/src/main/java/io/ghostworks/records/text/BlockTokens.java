package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import java.util.Arrays;

/**
 * The distinct tokens of one block, as its index needs them. Reused by {@link #clear}; not
 * thread-safe.
 *
 * <p>A token without a digit is a <em>word</em>. One with a digit and at least {@value
 * #ID_LENGTH_MIN} bytes is an <em>id</em>, of which only the hash is kept. So that a piece of a
 * token can be looked for as well, the letters between the digits of a token count as words too if
 * they are at least {@value #LETTERS_MIN} and not all hexadecimal digits.
 */
public final class BlockTokens implements TokenVisitor {

  static final int ID_LENGTH_MIN = 5;
  static final int LETTERS_MIN = 4;
  static final int WORD_LENGTH_MAX = 64;
  static final int WORDS_MAX = 1 << 16;
  static final int LETTER_WORDS_MAX = 1 << 11;

  private final FormTable words = new FormTable();
  private long[] ids = new long[1 << 12];
  private int idCount;
  private boolean hasZeroId;
  private int letterWords;
  private boolean wordsMissing;
  private boolean lettersMissing;

  /** Forgets all tokens, for the next block. */
  public void clear() {
    words.clear();
    Arrays.fill(ids, 0);
    idCount = 0;
    hasZeroId = false;
    letterWords = 0;
    wordsMissing = false;
    lettersMissing = false;
  }

  /** Takes the tokens of a text into account. */
  public void text(byte[] bytes, int offset, int length) {
    Tokens.visit(bytes, offset, length, this);
  }

  @Override
  public void token(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int kinds = 0;
    for (int at = offset; at < end; at++) {
      kinds |= Tokens.kind(bytes[at]);
    }
    if ((kinds & Tokens.DIGIT) == 0) {
      word(bytes, offset, length);
      return;
    }
    if (length >= ID_LENGTH_MIN) {
      addId(TokenFilter.hash(bytes, offset, length));
    }
    if (length > LETTERS_MIN && (kinds & Tokens.NO_HEX) != 0) {
      letters(bytes, offset, end);
    }
  }

  private void word(byte[] bytes, int offset, int length) {
    if (length > WORD_LENGTH_MAX) {
      addId(TokenFilter.hash(bytes, offset, length));
      lettersMissing = true;
    } else if (words.size() < WORDS_MAX) {
      words.id(bytes, offset, length);
    } else {
      wordsMissing = true;
    }
  }

  private void letters(byte[] bytes, int offset, int end) {
    int at = offset;
    while (at < end) {
      int start = at;
      while (at < end && !Tokens.isDigit(bytes[at])) {
        at++;
      }
      if (at - start >= LETTERS_MIN && !isHex(bytes, start, at)) {
        letterWord(bytes, start, at - start);
      }
      at++;
    }
  }

  private void letterWord(byte[] bytes, int offset, int length) {
    if (lettersMissing) {
      return;
    }
    if (length > WORD_LENGTH_MAX || letterWords >= LETTER_WORDS_MAX || words.size() >= WORDS_MAX) {
      lettersMissing = true;
      return;
    }
    int before = words.size();
    if (words.id(bytes, offset, length) == before) {
      letterWords++;
    }
  }

  /** Whether a range of letters could as well be hexadecimal digits. */
  static boolean isHex(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (Hex.digit(bytes[at]) < 0) {
        return false;
      }
    }
    return true;
  }

  private void addId(long hash) {
    if (hash == 0) {
      idCount += hasZeroId ? 0 : 1;
      hasZeroId = true;
      return;
    }
    int mask = ids.length - 1;
    int slot = (int) hash & mask;
    while (ids[slot] != 0) {
      if (ids[slot] == hash) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    ids[slot] = hash;
    if (2 * ++idCount > ids.length) {
      grow();
    }
  }

  private void grow() {
    long[] old = ids;
    ids = new long[2 * old.length];
    int mask = ids.length - 1;
    for (long hash : old) {
      if (hash != 0) {
        int slot = (int) hash & mask;
        while (ids[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        ids[slot] = hash;
      }
    }
  }

  int idCount() {
    return idCount;
  }

  /** The hashes of the ids, zeros between them; a zero counts if {@link #hasZeroId}. */
  long[] ids() {
    return ids;
  }

  boolean hasZeroId() {
    return hasZeroId;
  }

  int wordCount() {
    return words.size();
  }

  /** The slice of a word in {@link #arena}. */
  long word(int index) {
    return words.slice(index);
  }

  ByteArena arena() {
    return words.arena();
  }

  /** Some words are not kept: the block may hold any. */
  boolean wordsMissing() {
    return wordsMissing;
  }

  /** Some letters of tokens are not kept: the block may hold any piece of a word. */
  boolean lettersMissing() {
    return wordsMissing || lettersMissing;
  }
}
