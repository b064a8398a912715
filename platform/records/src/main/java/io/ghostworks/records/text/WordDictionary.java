package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Reads what {@link WordDictionaryWriter} wrote: which blocks of a part may hold the words of a
 * needle. Safe for use by many threads.
 */
public final class WordDictionary {

  private static final int RAW_BYTES_MAX = 256 << 20;

  private final int blocks;
  private final byte[] bytes;
  private final int[] wordOffsets;
  private final int[] setOffsets;
  private final BitSet wordsMissing;
  private final BitSet lettersMissing;

  private WordDictionary(
      int blocks,
      byte[] bytes,
      int[] wordOffsets,
      int[] setOffsets,
      BitSet wordsMissing,
      BitSet lettersMissing) {
    this.blocks = blocks;
    this.bytes = bytes;
    this.wordOffsets = wordOffsets;
    this.setOffsets = setOffsets;
    this.wordsMissing = wordsMissing;
    this.lettersMissing = lettersMissing;
  }

  /**
   * Reads a dictionary whole.
   *
   * @param blocks how many blocks the part has
   * @throws DamagedDataException if it is none, or one of another number of blocks
   */
  public static WordDictionary open(BytesInput in, int blocks) throws DamagedDataException {
    int written = in.getVarint(Integer.MAX_VALUE);
    if (written != blocks) {
      throw new DamagedDataException(
          "a dictionary of words must have %d blocks, got %d".formatted(blocks, written));
    }
    int words = in.getVarint(RAW_BYTES_MAX);
    int rawLength = in.getVarint(RAW_BYTES_MAX);
    int length = in.getVarint(Math.min(rawLength, in.remaining()));
    int packed = in.arrayOffset();
    in.skip(length);
    byte[] raw = Streams.unpacked(in.array(), packed, length, rawLength);
    BytesInput content = new BytesInput(raw);
    BitSet wordsMissing = set(content, blocks);
    BitSet lettersMissing = set(content, blocks);
    int textBytes = content.getVarint(content.remaining());
    if (words >= Math.max(1, textBytes)) {
      throw new DamagedDataException(
          "%d words must have more than %d bytes".formatted(words, textBytes));
    }
    int[] wordOffsets = wordOffsets(raw, content.arrayOffset(), textBytes, words);
    content.skip(textBytes);
    int[] setOffsets = new int[words];
    for (int word = 0; word < words; word++) {
      setOffsets[word] = content.arrayOffset();
      set(content, blocks);
    }
    return new WordDictionary(blocks, raw, wordOffsets, setOffsets, wordsMissing, lettersMissing);
  }

  /** Where the words begin; the last entry is behind the last word's separator. */
  private static int[] wordOffsets(byte[] raw, int from, int length, int words)
      throws DamagedDataException {
    int[] offsets = new int[words + 1];
    int found = 0;
    for (int at = from; at < from + length; at++) {
      if (raw[at] == 0) {
        if (found > words) {
          break;
        }
        offsets[found++] = at + 1;
      }
    }
    if (found != words + 1 || offsets[words] != from + length || offsets[0] != from + 1) {
      throw new DamagedDataException(
          "a dictionary must have %d words, got others".formatted(words));
    }
    return offsets;
  }

  private static BitSet set(BytesInput in, int blocks) throws DamagedDataException {
    BitSet set = new BitSet(blocks);
    addSet(in, blocks, set);
    return set;
  }

  private static void addSet(BytesInput in, int blocks, BitSet into) throws DamagedDataException {
    int count = in.getVarint(blocks);
    if (count == blocks) {
      into.set(0, blocks);
      return;
    }
    int block = 0;
    for (int i = 0; i < count; i++) {
      block += in.getVarint(blocks - 1 - block);
      into.set(block);
    }
  }

  /** Bytes of memory it holds, about. */
  public long memoryBytes() {
    return bytes.length + 4L * (wordOffsets.length + setOffsets.length);
  }

  /** Takes from a set the blocks that hold no text with these terms. */
  public void retain(NeedleTerms terms, BitSet candidates) throws DamagedDataException {
    for (byte[] word : terms.words()) {
      BitSet holding = (BitSet) wordsMissing.clone();
      if (terms.ignoresCase()) {
        addContaining(bounded(word), true, holding);
      } else {
        addExact(word, holding);
      }
      candidates.and(holding);
    }
    for (byte[] piece : terms.pieces()) {
      BitSet holding = (BitSet) lettersMissing.clone();
      addContaining(piece, terms.ignoresCase(), holding);
      candidates.and(holding);
    }
  }

  private static byte[] bounded(byte[] word) {
    byte[] bounded = new byte[word.length + 2];
    System.arraycopy(word, 0, bounded, 1, word.length);
    return bounded;
  }

  private void addExact(byte[] word, BitSet into) throws DamagedDataException {
    int low = 0;
    int high = setOffsets.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(
              bytes, wordOffsets[middle], wordOffsets[middle + 1] - 1, word, 0, word.length);
      if (order == 0) {
        addBlocks(middle, into);
        return;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
  }

  /** The blocks of all words that contain some bytes, separators included. */
  private void addContaining(byte[] piece, boolean ignoresCase, BitSet into)
      throws DamagedDataException {
    Needle needle = ignoresCase ? Needle.ignoringCase(piece) : Needle.of(piece);
    int at = wordOffsets[0] - 1;
    int end = wordOffsets[setOffsets.length];
    while (into.cardinality() < blocks) {
      at = needle.indexIn(bytes, at, end);
      if (at < 0) {
        return;
      }
      int inside = piece[0] == 0 ? at + 1 : at;
      int word = Arrays.binarySearch(wordOffsets, inside);
      word = word < 0 ? -word - 2 : word;
      addBlocks(word, into);
      at = wordOffsets[word + 1] - 1;
    }
  }

  private void addBlocks(int word, BitSet into) throws DamagedDataException {
    int from = setOffsets[word];
    addSet(new BytesInput(bytes, from, bytes.length - from), blocks, into);
  }
}
