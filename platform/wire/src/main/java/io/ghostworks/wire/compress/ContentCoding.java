package io.ghostworks.wire.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.ghostworks.wire.WireFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * The content codings of bodies that reach us. Decoding never makes more bytes than its limit, and
 * never allocates for bytes that are not there.
 */
public enum ContentCoding {
  IDENTITY("identity"),
  GZIP("gzip"),
  ZSTD("zstd"),
  /** One block of the raw format, as remote write and Loki clients send it. */
  SNAPPY("snappy"),
  /** The zlib format, or bare deflate, which many senders mean. */
  DEFLATE("deflate"),
  /** The LZ4 frame format; it is read and never written. */
  LZ4("lz4");

  /** A block of snappy can hardly become more than 64 / 3 times as long. */
  private static final int SNAPPY_RATIO_MAX = 64;

  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  /** 8 MiB, the window that RFC 9659 permits for this coding; it is memory of its own. */
  private static final int ZSTD_WINDOW_LOG_MAX = 23;

  /** Grants what a decoding holds before it holds it; it may refuse by throwing. */
  public interface Memory {
    void reserve(long bytes);

    void release(long bytes);
  }

  private static final Memory UNCOUNTED =
      new Memory() {
        @Override
        public void reserve(long bytes) {}

        @Override
        public void release(long bytes) {}
      };

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** The coding's name in {@code Content-Encoding}. */
  public String token() {
    return token;
  }

  /** The coding that a {@code Content-Encoding} header names; none is {@link #IDENTITY}. */
  public static Optional<ContentCoding> find(@Nullable String header) {
    String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      return Optional.of(IDENTITY);
    }
    for (ContentCoding coding : values()) {
      if (coding.token.equals(name)) {
        return Optional.of(coding);
      }
    }
    return name.equals("x-gzip") ? Optional.of(GZIP) : Optional.empty();
  }

  /**
   * Decodes a body, its memory being bounded by nothing but the limit.
   *
   * @throws BodyTooLargeException if it becomes longer than the limit
   * @throws WireFormatException if it is damaged
   */
  public byte[] decode(byte[] body, int offset, int length, int limitBytes) {
    return decode(body, offset, length, limitBytes, UNCOUNTED);
  }

  /**
   * Decodes a body.
   *
   * @param memory is asked before anything grows; on return exactly the result's length is held of
   *     it. If this throws, what is still held is for the caller to give back.
   * @throws BodyTooLargeException if it becomes longer than the limit
   * @throws WireFormatException if it is damaged
   */
  public byte[] decode(byte[] body, int offset, int length, int limitBytes, Memory memory) {
    if (this == SNAPPY) {
      return snappy(body, offset, length, limitBytes, memory);
    }
    if (this != IDENTITY && length == 0) {
      throw new WireFormatException("malformed %s body: it is empty".formatted(token), 0);
    }
    if (this == IDENTITY && length > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
    if (this == LZ4) {
      return new Lz4Frames(body, offset, length, limitBytes, memory).decoded();
    }
    if (this == ZSTD && Zstd.getFrameContentSize(body, offset, length) > limitBytes) {
      throw new BodyTooLargeException(limitBytes); // Before its window is refused as too large.
    }
    long window = this == ZSTD ? 1L << ZSTD_WINDOW_LOG_MAX : 0;
    memory.reserve(window);
    try (InputStream in = stream(body, offset, length)) {
      byte[] decoded = read(in, limitBytes, memory);
      memory.release(window);
      return decoded;
    } catch (IOException e) {
      throw new WireFormatException("malformed %s body: %s".formatted(token, e.getMessage()), e);
    }
  }

  private InputStream stream(byte[] body, int offset, int length) throws IOException {
    InputStream in = new ByteArrayInputStream(body, offset, length);
    return switch (this) {
      case GZIP -> new GZIPInputStream(in, FIRST_BUFFER_BYTES);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG_MAX);
      case DEFLATE ->
          new InflaterInputStream(in, new Inflater(!isZlib(body, offset, length))) {
            @Override
            public void close() throws IOException {
              super.close();
              inf.end();
            }
          };
      case IDENTITY, SNAPPY, LZ4 -> in;
    };
  }

  private static boolean isZlib(byte[] body, int offset, int length) {
    return length >= 2
        && (body[offset] & 0x0f) == 8
        && ((body[offset] & 0xff) << 8 | (body[offset + 1] & 0xff)) % 31 == 0;
  }

  /** Reads all of a stream, with one byte of look-ahead at the limit. */
  private static byte[] read(InputStream in, int limitBytes, Memory memory) throws IOException {
    int first = Math.min(limitBytes, FIRST_BUFFER_BYTES);
    memory.reserve(first);
    byte[] buffer = new byte[first];
    int size = 0;
    while (true) {
      if (size == buffer.length) {
        int next = in.read();
        if (next < 0) {
          return buffer;
        }
        if (size >= limitBytes) {
          throw new BodyTooLargeException(limitBytes);
        }
        buffer =
            resized(buffer, (int) Math.min(limitBytes, Math.max(64, buffer.length * 2L)), memory);
        buffer[size++] = (byte) next;
      }
      int count = in.read(buffer, size, buffer.length - size);
      if (count < 0) {
        return resized(buffer, size, memory);
      }
      size += count;
    }
  }

  static byte[] resized(byte[] buffer, int length, Memory memory) {
    memory.reserve(length);
    byte[] resized = Arrays.copyOf(buffer, length);
    memory.release(buffer.length);
    return resized;
  }

  private static byte[] snappy(byte[] body, int offset, int length, int limitBytes, Memory memory) {
    try {
      long decoded =
          length == 0 ? 0 : Snappy.uncompressedLength(body, offset, length) & 0xffffffffL;
      if (decoded > limitBytes) {
        throw new BodyTooLargeException(limitBytes);
      }
      if (length == 0 || decoded > (long) length * SNAPPY_RATIO_MAX) {
        throw new WireFormatException(
            "malformed snappy body: %d bytes cannot become %d".formatted(length, decoded), 0);
      }
      memory.reserve(decoded);
      byte[] out = new byte[(int) decoded];
      Snappy.uncompress(body, offset, length, out, 0);
      return out;
    } catch (IOException e) {
      throw new WireFormatException("malformed snappy body: " + e.getMessage(), e);
    }
  }

  /** Encodes a body; of {@link #DEFLATE} in the zlib format, not as {@link #LZ4}. */
  public byte[] encode(byte[] body) {
    try {
      return switch (this) {
        case IDENTITY -> body;
        case GZIP -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 64);
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
          }
          yield out.toByteArray();
        }
        case ZSTD -> Zstd.compress(body);
        case SNAPPY -> Snappy.compress(body);
        case LZ4 -> throw new UnsupportedOperationException("lz4 is read and never written");
        case DEFLATE -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2 + 64);
          try (var deflate = new java.util.zip.DeflaterOutputStream(out)) {
            deflate.write(body);
          }
          yield out.toByteArray();
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
  }
}
