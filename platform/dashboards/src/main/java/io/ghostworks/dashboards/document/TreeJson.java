package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JSON texts as trees and back, with numbers as they are written, keys in their order, and bounds
 * on what a hostile text may be. Of a key that is there twice the last counts, as in Go.
 */
public final class TreeJson {

  /** The most bytes of a document. */
  public static final int BYTES_MAX = 8 << 20;

  private static final int DEPTH_MAX = 200;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(BYTES_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private TreeJson() {}

  /**
   * The text of bytes.
   *
   * @throws DocumentException if they are too many, or no UTF-8
   */
  public static String text(byte[] bytes) throws DocumentException {
    return text(bytes, BYTES_MAX);
  }

  /** The text of so many bytes at most. */
  public static String text(byte[] bytes, int bytesMax) throws DocumentException {
    if (bytes.length > bytesMax) {
      throw new DocumentException(
          "the text may have %d bytes, got %d".formatted(bytesMax, bytes.length));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DocumentException("the text must be UTF-8");
    }
  }

  /** The tree of a text. */
  public static JsonNode read(String text) throws DocumentException {
    try {
      JsonNode tree = MAPPER.readTree(withoutMark(text));
      if (tree == null || tree.isMissingNode()) {
        throw new DocumentException("must be JSON, and is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new DocumentException(
          "must be JSON: " + e.getOriginalMessage(), location == null ? 0 : location.getLineNr());
    }
  }

  /** The text of a tree. */
  public static String write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be written as JSON", e);
    }
  }

  /** An empty object. */
  public static com.fasterxml.jackson.databind.node.ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The tree of a value: records, maps, lists, texts, numbers. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The part of a text, as it is written, that is the value of a key of its object. */
  public static Optional<String> valueOf(String text, String key) {
    String json = withoutMark(text);
    try (JsonParser parser = MAPPER.getFactory().createParser(json.toCharArray())) {
      Optional<String> found = Optional.empty();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return found;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(key);
        var _ = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        var _ = parser.skipChildren();
        if (wanted && parser.currentToken().isStructEnd()) {
          found =
              Optional.of(json.substring(start, (int) parser.currentLocation().getCharOffset()));
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      return Optional.empty(); // whoever reads the tree says so
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text cannot fail", e);
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
