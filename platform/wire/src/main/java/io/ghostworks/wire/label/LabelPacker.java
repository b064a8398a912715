package io.ghostworks.wire.label;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects names and values as ranges of byte arrays and packs them, sorted, into a {@link
 * LabelSetTable}. The arrays must not change until then. Reused from set to set; not thread-safe.
 */
public final class LabelPacker {
  private static final int INSERTION_MAX = 24;

  private byte[][] nameArrays = new byte[32][];
  private int[] nameStarts = new int[32];
  private int[] nameLengths = new int[32];
  private byte[][] valueArrays = new byte[32][];
  private int[] valueStarts = new int[32];
  private int[] valueLengths = new int[32];
  private int size;
  private byte[] packed = new byte[1024];
  private int packedSize;

  /** Forgets all labels. */
  public void clear() {
    size = 0;
  }

  /** Goes back to an earlier {@link #size()}. */
  public void truncate(int newSize) {
    size = newSize;
  }

  public int size() {
    return size;
  }

  /** Adds a label without looking whether its name is there already. */
  public void add(
      byte[] nameArray,
      int nameStart,
      int nameLength,
      byte[] valueArray,
      int valueStart,
      int valueLength) {
    if (size == nameStarts.length) {
      grow();
    }
    nameArrays[size] = nameArray;
    nameStarts[size] = nameStart;
    nameLengths[size] = nameLength;
    valueArrays[size] = valueArray;
    valueStarts[size] = valueStart;
    valueLengths[size] = valueLength;
    size++;
  }

  /** Adds a label without looking whether its name is there already. */
  public void add(byte[] name, byte[] value) {
    add(name, 0, name.length, value, 0, value.length);
  }

  /** Sets a label, replacing one of the same name; an empty value removes it. */
  public void set(byte[] name, byte[] value) {
    int at = find(name);
    if (value.length == 0) {
      if (at >= 0) {
        remove(at);
      }
    } else if (at >= 0) {
      valueArrays[at] = value;
      valueStarts[at] = 0;
      valueLengths[at] = value.length;
    } else {
      add(name, value);
    }
  }

  /** The place of a name, or −1. */
  public int find(byte[] name) {
    for (int i = 0; i < size; i++) {
      if (nameLengths[i] == name.length
          && Arrays.equals(
              nameArrays[i], nameStarts[i], nameStarts[i] + name.length, name, 0, name.length)) {
        return i;
      }
    }
    return -1;
  }

  /** A copy of the value at a place. */
  public byte[] value(int index) {
    return Arrays.copyOfRange(
        valueArrays[index], valueStarts[index], valueStarts[index] + valueLengths[index]);
  }

  /** The name at a place. */
  public String name(int index) {
    return new String(
        nameArrays[index], nameStarts[index], nameLengths[index], StandardCharsets.UTF_8);
  }

  public int valueLength(int index) {
    return valueLengths[index];
  }

  /**
   * Sorts the labels by the bytes of their names; those that are in order cost one pass, and no
   * order costs more than n log n.
   */
  public void sort() {
    for (int i = 1; i < size; i++) {
      if (compareNames(i - 1, i) > 0) {
        if (size > INSERTION_MAX) {
          heapSort();
        } else {
          insertionSort(i);
        }
        return;
      }
    }
  }

  private void insertionSort(int sorted) {
    for (int i = sorted; i < size; i++) {
      for (int j = i; j > 0 && compareNames(j - 1, j) > 0; j--) {
        swap(j - 1, j);
      }
    }
  }

  private void heapSort() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      siftDown(0, end);
    }
  }

  private void siftDown(int start, int end) {
    int root = start;
    for (int child = 2 * root + 1; child < end; child = 2 * root + 1) {
      if (child + 1 < end && compareNames(child, child + 1) < 0) {
        child++;
      }
      if (compareNames(root, child) >= 0) {
        return;
      }
      swap(root, child);
      root = child;
    }
  }

  /** After {@link #sort}: the place of a name that the label before has too, or −1. */
  public int findDuplicate() {
    for (int i = 1; i < size; i++) {
      if (compareNames(i - 1, i) == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether all names and values are valid UTF-8 and no name is empty. */
  public boolean areUtf8() {
    for (int i = 0; i < size; i++) {
      if (nameLengths[i] == 0
          || !Utf8.isValid(nameArrays[i], nameStarts[i], nameLengths[i])
          || !Utf8.isValid(valueArrays[i], valueStarts[i], valueLengths[i])) {
        return false;
      }
    }
    return true;
  }

  /** Sorts, packs and adds the set; labels with empty values are left out. */
  public int addTo(LabelSetTable table) {
    int bytes = pack();
    return table.addPacked(packed, 0, bytes);
  }

  /**
   * Sorts and packs the set into {@link #packed()}; labels with empty values are left out.
   *
   * @return how many bytes it is
   */
  public int pack() {
    sort();
    packedSize = 0;
    for (int i = 0; i < size; i++) {
      if (valueLengths[i] > 0) {
        append(nameArrays[i], nameStarts[i], nameLengths[i]);
        append(valueArrays[i], valueStarts[i], valueLengths[i]);
      }
    }
    return packedSize;
  }

  /** Where {@link #pack} has packed; good until the next set is. */
  public byte[] packed() {
    return packed;
  }

  private void append(byte[] array, int start, int length) {
    if (packed.length - packedSize < length + 5) {
      packed = Arrays.copyOf(packed, Math.max(packed.length * 2, packedSize + length + 5));
    }
    int rest = length;
    while ((rest & ~0x7f) != 0) {
      packed[packedSize++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    packed[packedSize++] = (byte) rest;
    System.arraycopy(array, start, packed, packedSize, length);
    packedSize += length;
  }

  private int compareNames(int left, int right) {
    return Arrays.compareUnsigned(
        nameArrays[left],
        nameStarts[left],
        nameStarts[left] + nameLengths[left],
        nameArrays[right],
        nameStarts[right],
        nameStarts[right] + nameLengths[right]);
  }

  private void remove(int index) {
    size--;
    if (index < size) {
      swap(index, size);
    }
  }

  private void swap(int left, int right) {
    byte[] array = nameArrays[left];
    nameArrays[left] = nameArrays[right];
    nameArrays[right] = array;
    array = valueArrays[left];
    valueArrays[left] = valueArrays[right];
    valueArrays[right] = array;
    swap(nameStarts, left, right);
    swap(nameLengths, left, right);
    swap(valueStarts, left, right);
    swap(valueLengths, left, right);
  }

  private static void swap(int[] values, int left, int right) {
    int value = values[left];
    values[left] = values[right];
    values[right] = value;
  }

  private void grow() {
    int larger = size * 2;
    nameArrays = Arrays.copyOf(nameArrays, larger);
    nameStarts = Arrays.copyOf(nameStarts, larger);
    nameLengths = Arrays.copyOf(nameLengths, larger);
    valueArrays = Arrays.copyOf(valueArrays, larger);
    valueStarts = Arrays.copyOf(valueStarts, larger);
    valueLengths = Arrays.copyOf(valueLengths, larger);
  }
}
