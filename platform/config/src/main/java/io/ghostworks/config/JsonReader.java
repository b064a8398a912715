package io.ghostworks.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON text (RFC 8259, nothing more) into the same positioned tree as YAML. Duplicate keys
 * are an error.
 */
public final class JsonReader {
  private final TreeBuilding building;
  private final JsonParser parser;

  private JsonReader(TreeBuilding building, JsonParser parser) {
    this.building = building;
    this.parser = parser;
  }

  /** The value that {@code text} is. */
  public static ConfigNode read(String file, String text) {
    return read(file, text, TreeLimits.DEFAULT);
  }

  /**
   * The value that {@code text} is, within {@code limits}.
   *
   * @throws ConfigException where the text is not one JSON value or breaks a limit; always exactly
   *     one error
   */
  public static ConfigNode read(String file, String text, TreeLimits limits) {
    TreeBuilding building = new TreeBuilding(file, limits);
    building.checkLength(text);
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depthMax() + 1)
                    .maxStringLength(limits.charsMax())
                    .build())
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    try (JsonParser parser = factory.createParser(text)) {
      JsonReader reader = new JsonReader(building, parser);
      if (parser.nextToken() == null) {
        throw building.refused(building.at(1, 1), "", "must be a JSON value, not empty", "");
      }
      ConfigNode root = reader.value("", 0);
      if (parser.nextToken() != null) {
        throw building.refused(
            reader.position(), "", "must end after one JSON value", parser.getText());
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      Position position =
          location == null
              ? Position.wholeFile(file)
              : building.at(location.getLineNr(), location.getColumnNr());
      throw building.refused(position, "", "must be JSON: " + e.getOriginalMessage(), "");
    } catch (IOException e) {
      throw new UncheckedIOException("reading a string cannot fail", e);
    }
  }

  private ConfigNode value(String path, int depth) throws IOException {
    Position position = position();
    building.count(position, path, depth);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(position, path, depth);
      case START_ARRAY -> array(position, path, depth);
      case VALUE_STRING -> scalar(position, path, ScalarKind.STRING);
      case VALUE_NUMBER_INT -> scalar(position, path, ScalarKind.INTEGER);
      case VALUE_NUMBER_FLOAT -> scalar(position, path, ScalarKind.FLOAT);
      case VALUE_TRUE, VALUE_FALSE -> scalar(position, path, ScalarKind.BOOLEAN);
      case VALUE_NULL -> scalar(position, path, ScalarKind.NULL);
      default ->
          throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
    };
  }

  private ScalarNode scalar(Position position, String path, ScalarKind kind) throws IOException {
    return new ScalarNode(position, path, parser.getText(), kind, kind != ScalarKind.STRING);
  }

  private ListNode array(Position position, String path, int depth) throws IOException {
    List<ConfigNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(TreeBuilding.child(path, items.size()), depth + 1));
    }
    return new ListNode(position, path, items);
  }

  private MapNode object(Position position, String path, int depth) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      ScalarNode key =
          new ScalarNode(
              position(), TreeBuilding.child(path, name), name, ScalarKind.STRING, false);
      parser.nextToken();
      Entry before = entries.putIfAbsent(name, new Entry(key, value(key.keyPath(), depth + 1)));
      if (before != null) {
        throw building.duplicateKey(key, before.key().position());
      }
    }
    return new MapNode(position, path, new ArrayList<>(entries.values()));
  }

  private Position position() {
    JsonLocation location = parser.currentTokenLocation();
    return building.at(location.getLineNr(), location.getColumnNr());
  }
}
