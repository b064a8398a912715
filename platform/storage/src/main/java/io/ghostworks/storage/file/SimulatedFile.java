package io.ghostworks.storage.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The bytes of one simulated file: as readers see them, as they are on the platter, and the changes
 * between the two in the order in which they were made. Guarded by the file system's lock.
 */
final class SimulatedFile {
  /** The piece of a write that reaches the platter whole or not at all. */
  private static final int SECTOR_BYTES = 512;

  private record Change(int offset, byte[] bytes, int newSize) {
    static Change write(int offset, byte[] bytes) {
      return new Change(offset, bytes, -1);
    }

    static Change truncate(int newSize) {
      return new Change(0, new byte[0], newSize);
    }
  }

  private byte[] seen = new byte[0];
  private byte[] durable = new byte[0];
  private int seenSize;
  private int durableSize;
  private final List<Change> unsynced = new ArrayList<>();

  int size() {
    return seenSize;
  }

  void read(byte[] target, int targetOffset, int position, int length) {
    System.arraycopy(seen, position, target, targetOffset, length);
  }

  byte[] content() {
    return Arrays.copyOf(seen, seenSize);
  }

  void write(int position, byte[] bytes) {
    seen = applied(seen, position, bytes, 0, bytes.length);
    seenSize = Math.max(seenSize, position + bytes.length);
    unsynced.add(Change.write(position, bytes));
  }

  void truncate(int newSize) {
    if (newSize < seenSize) {
      Arrays.fill(seen, newSize, seenSize, (byte) 0);
      seenSize = newSize;
      unsynced.add(Change.truncate(newSize));
    }
  }

  void force() {
    for (Change change : unsynced) {
      makeDurable(change);
    }
    unsynced.clear();
  }

  /**
   * What a failed force leaves: each change is on the platter, in part, or lost, and no later force
   * mends it.
   */
  void loseForce(RandomGenerator random) {
    for (Change change : unsynced) {
      makeDurableByChance(change, random);
    }
    unsynced.clear();
  }

  /**
   * Loss of power: unsynced changes reach the platter by chance, whole or torn, not in order; the
   * rest is gone.
   */
  void crash(RandomGenerator random) {
    loseForce(random);
    seen = durable.clone();
    seenSize = durableSize;
  }

  /** Changes one bit both as seen and on the platter. */
  void flipBit(long bit) {
    int at = (int) (bit / 8);
    int mask = 1 << (bit % 8);
    seen[at] ^= (byte) mask;
    if (at < durable.length) {
      durable[at] ^= (byte) mask;
    }
  }

  private void makeDurableByChance(Change change, RandomGenerator random) {
    int chance = random.nextInt(4);
    if (chance == 0) {
      return;
    }
    if (chance == 1 || change.newSize >= 0) {
      makeDurable(change);
      return;
    }
    boolean inOrder = chance == 2;
    int keptBytes = random.nextInt(change.bytes.length + 1);
    for (int from = 0; from < change.bytes.length; from += SECTOR_BYTES) {
      int to = Math.min(change.bytes.length, from + SECTOR_BYTES);
      if (inOrder) {
        to = Math.min(to, keptBytes);
      } else if (random.nextBoolean()) {
        continue;
      }
      if (to > from) {
        makeDurable(Change.write(change.offset + from, Arrays.copyOfRange(change.bytes, from, to)));
      }
    }
  }

  private void makeDurable(Change change) {
    if (change.newSize >= 0) {
      if (change.newSize < durableSize) {
        Arrays.fill(durable, change.newSize, durableSize, (byte) 0);
        durableSize = change.newSize;
      }
      return;
    }
    durable = applied(durable, change.offset, change.bytes, 0, change.bytes.length);
    durableSize = Math.max(durableSize, change.offset + change.bytes.length);
  }

  private static byte[] applied(byte[] target, int position, byte[] bytes, int from, int length) {
    byte[] result = target;
    if (position + length > result.length) {
      result =
          Arrays.copyOf(result, Math.max(position + length, Math.min(2 * result.length, 1 << 28)));
    }
    System.arraycopy(bytes, from, result, position, length);
    return result;
  }
}
