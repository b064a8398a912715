package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.Arrays;

/**
 * Collects the words of the blocks of a part and writes which blocks hold each.
 *
 * <pre>
 * dictionary := blocks:varint words:varint rawLength:varint length:varint packed    // packed as a frame of StreamsWriter
 * packed     := blockSet(words missing) blockSet(letters missing) text:bytes blockSet[words]
 * text       := length:varint (0 word)[words] 0     // ascending by unsigned bytes
 * blockSet   := count:varint delta:varint[count]    // ascending block numbers, the first to 0; count = blocks: no deltas
 * </pre>
 *
 * A block whose words are missing may hold every word; one whose letters are missing, every piece
 * of a word. Beyond {@value #TEXT_BYTES_MAX} bytes of words new ones are dropped and their blocks
 * are marked so. Not thread-safe.
 */
public final class WordDictionaryWriter {

  static final int TEXT_BYTES_MAX = 32 << 20;

  private final FormTable words = new FormTable();
  private int[][] blocksOf = new int[1024][];
  private int[] blockCounts = new int[1024];
  private final int[] noBlocks = {};
  private int[] wordsMissing = noBlocks;
  private int[] lettersMissing = noBlocks;
  private int wordsMissingCount;
  private int lettersMissingCount;
  private int blocks;

  /** Adds the next block: the first call is block 0. */
  public void add(BlockTokens tokens) {
    boolean missing = tokens.wordsMissing();
    for (int i = 0; i < tokens.wordCount(); i++) {
      missing |= !add(tokens.arena(), tokens.word(i));
    }
    if (missing) {
      wordsMissing = append(wordsMissing, wordsMissingCount++, blocks);
    }
    if (missing || tokens.lettersMissing()) {
      lettersMissing = append(lettersMissing, lettersMissingCount++, blocks);
    }
    blocks++;
  }

  private boolean add(ByteArena arena, long word) {
    if (words.arena().size() > TEXT_BYTES_MAX) {
      return false;
    }
    int id = words.id(arena.array(), ByteArena.offset(word), ByteArena.length(word));
    if (id == blocksOf.length) {
      blocksOf = Arrays.copyOf(blocksOf, 2 * id);
      blockCounts = Arrays.copyOf(blockCounts, 2 * id);
    }
    int[] list = blocksOf[id] == null ? noBlocks : blocksOf[id];
    blocksOf[id] = append(list, blockCounts[id]++, blocks);
    return true;
  }

  private static int[] append(int[] list, int size, int block) {
    int[] grown = size < list.length ? list : Arrays.copyOf(list, Math.max(2, 2 * size));
    grown[size] = block;
    return grown;
  }

  /** Bytes of memory it holds, about. */
  public long memoryBytes() {
    return words.arena().size() + 48L * words.size();
  }

  /** Appends the dictionary. */
  public void write(BytesOutput out) {
    Integer[] order = new Integer[words.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (left, right) -> compare(words.slice(left), words.slice(right)));
    BytesOutput raw = new BytesOutput(1 << 12, Integer.MAX_VALUE - 16);
    put(raw, wordsMissing, wordsMissingCount);
    put(raw, lettersMissing, lettersMissingCount);
    raw.putVarint((long) words.arena().size() + words.size() + 1);
    for (int word : order) {
      raw.putByte(0);
      long slice = words.slice(word);
      raw.putBytes(words.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
    raw.putByte(0);
    for (int word : order) {
      put(raw, blocksOf[word], blockCounts[word]);
    }
    byte[] packed = StreamsWriter.packed(raw.array(), 0, raw.position());
    out.putVarint(blocks);
    out.putVarint(words.size());
    out.putVarint(raw.position());
    out.putLengthAndBytes(packed, 0, packed.length);
  }

  private int compare(long left, long right) {
    byte[] bytes = words.arena().array();
    int a = ByteArena.offset(left);
    int b = ByteArena.offset(right);
    return Arrays.compareUnsigned(
        bytes, a, a + ByteArena.length(left), bytes, b, b + ByteArena.length(right));
  }

  private void put(BytesOutput out, int[] list, int size) {
    out.putVarint(size);
    int before = 0;
    for (int i = 0; i < size && size < blocks; i++) {
      out.putVarint(list[i] - before);
      before = list[i];
    }
  }
}
