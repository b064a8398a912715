package io.ghostworks.series.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Ints in byte arrays, at any offset. */
final class IntBytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private IntBytes() {}

  static int get(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void set(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }
}
