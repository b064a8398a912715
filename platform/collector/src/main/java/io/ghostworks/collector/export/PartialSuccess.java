package io.ghostworks.collector.export;

import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;

/** Reads an export response: how many items the other side did not take. */
final class PartialSuccess {
  private static final int PARTIAL_SUCCESS = 1 << 3 | ProtoReader.BYTES;
  private static final int REJECTED = 1 << 3 | ProtoReader.VARINT;
  private static final int MESSAGE = 2 << 3 | ProtoReader.BYTES;

  private PartialSuccess() {}

  static Delivery of(byte[] response) {
    long rejected = 0;
    String message = "";
    try {
      ProtoReader reader = new ProtoReader(response, 0, response.length);
      while (reader.next()) {
        if (reader.tag() != PARTIAL_SUCCESS) {
          reader.skip();
          continue;
        }
        int outer = reader.enter();
        while (reader.next()) {
          switch (reader.tag()) {
            case REJECTED -> rejected = reader.varint();
            case MESSAGE -> {
              int length = reader.length();
              message =
                  new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
              reader.skipBytes(length);
            }
            default -> reader.skip();
          }
        }
        reader.leave(outer);
      }
    } catch (WireFormatException e) {
      return new Delivery.Taken(0, String.valueOf(e.getMessage())); // The status says it was taken.
    }
    return new Delivery.Taken(rejected, message);
  }
}
