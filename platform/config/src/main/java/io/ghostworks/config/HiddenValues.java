package io.ghostworks.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Takes values out of a YAML text that nobody may see, and puts them back into what was edited
 * meanwhile. Everything else stays as it is written, comments too.
 *
 * <p>An item of a list is found again by its {@code name}; else by everything of it that is seen,
 * if no other is the same; else by its place, if the list has as many items as before. A value that
 * is not found again has to be written anew: guessing could send a secret to somebody else.
 */
public final class HiddenValues {

  private final Shown shown;

  /** What is seen of a value. */
  @FunctionalInterface
  public interface Shown {
    /**
     * @param key above the value
     * @param place the key above that; "" where there is none
     * @return the text itself where it is no secret
     */
    String of(String key, String place, String text);
  }

  public HiddenValues(Shown shown) {
    this.shown = shown;
  }

  /** The text without what is hidden. */
  public String hide(String file, String yaml) {
    Edits edits = new Edits(yaml);
    root(file, yaml).ifPresent(root -> hide(root, "", "", edits));
    return edits.applied();
  }

  private void hide(Node node, String key, String place, Edits edits) {
    switch (node) {
      case MappingNode map -> {
        for (NodeTuple entry : map.getValue()) {
          hide(entry.getValueNode(), text(entry.getKeyNode()), key, edits);
        }
      }
      case SequenceNode list -> list.getValue().forEach(item -> hide(item, key, place, edits));
      case ScalarNode scalar -> {
        String seen = shown.of(key, place, scalar.getValue());
        if (!seen.equals(scalar.getValue())) {
          edits.replace(scalar, seen);
        }
      }
      default -> throw new IllegalStateException("a node of an unknown kind: " + node);
    }
  }

  /**
   * The edited text with the hidden values of another one.
   *
   * @param hiddenText what is seen of a value of which nothing is
   * @throws ConfigException where a hidden value is not known, or a text is no YAML
   */
  public String restore(String file, String edited, String stored, String hiddenText) {
    Edits edits = new Edits(edited);
    List<ConfigError> unknown = new ArrayList<>();
    Node former = root(file, stored).orElse(null);
    root(file, edited)
        .ifPresent(
            root -> new Restoring(file, hiddenText, edits, unknown).walk(root, former, "", "", ""));
    if (!unknown.isEmpty()) {
      throw new ConfigException(unknown);
    }
    return edits.applied();
  }

  private static Optional<Node> root(String file, String yaml) {
    if (yaml.isBlank()) {
      return Optional.empty();
    }
    var _ = YamlReader.read(file, yaml); // Refuses what is damaged or too large.
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
    return new Compose(settings).composeString(yaml);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** What is seen of a value with all below it. */
  private String seen(Node node, String key, String place) {
    StringBuilder out = new StringBuilder();
    switch (node) {
      case MappingNode map -> {
        for (NodeTuple entry : map.getValue()) {
          String name = text(entry.getKeyNode());
          out.append(name).append('\u0001').append(seen(entry.getValueNode(), name, key));
        }
      }
      case SequenceNode list ->
          list.getValue().forEach(item -> out.append('\u0002').append(seen(item, key, place)));
      case ScalarNode scalar -> out.append(shown.of(key, place, scalar.getValue()));
      default -> throw new IllegalStateException("a node of an unknown kind: " + node);
    }
    return out.append('\u0003').toString();
  }

  /** One walk through an edited text beside the former one. */
  private final class Restoring {
    private final String file;
    private final String hiddenText;
    private final Edits edits;
    private final List<ConfigError> unknown;

    Restoring(String file, String hiddenText, Edits edits, List<ConfigError> unknown) {
      this.file = file;
      this.hiddenText = hiddenText;
      this.edits = edits;
      this.unknown = unknown;
    }

    void walk(Node node, @Nullable Node former, String key, String place, String path) {
      switch (node) {
        case MappingNode map -> {
          for (NodeTuple entry : map.getValue()) {
            String name = text(entry.getKeyNode());
            walk(
                entry.getValueNode(),
                below(former, name),
                name,
                key,
                path.isEmpty() ? name : path + "." + name);
          }
        }
        case SequenceNode list -> {
          List<Node> formerItems =
              former instanceof SequenceNode sequence ? sequence.getValue() : List.of();
          for (int i = 0; i < list.getValue().size(); i++) {
            Node item = list.getValue().get(i);
            Node match = match(item, i, list.getValue().size(), formerItems, key, place);
            walk(item, match, key, place, path + "[" + i + "]");
          }
        }
        case ScalarNode scalar -> scalar(scalar, former, key, place, path);
        default -> throw new IllegalStateException("a node of an unknown kind: " + node);
      }
    }

    private void scalar(
        ScalarNode scalar, @Nullable Node former, String key, String place, String path) {
      String written = scalar.getValue();
      if (former instanceof ScalarNode known
          && !shown.of(key, place, known.getValue()).equals(known.getValue())
          && shown.of(key, place, known.getValue()).equals(written)) {
        edits.replace(scalar, known.getValue());
      } else if (written.equals(hiddenText) && !edits.done.contains(scalar)) {
        int line = scalar.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        unknown.add(
            new ConfigError(
                file, line, path, "the secret that stood here is not known", "", "write it anew"));
      }
    }

    private @Nullable Node below(@Nullable Node former, String name) {
      if (former instanceof MappingNode map) {
        for (NodeTuple entry : map.getValue()) {
          if (text(entry.getKeyNode()).equals(name)) {
            return entry.getValueNode();
          }
        }
      }
      return null;
    }

    private @Nullable Node match(
        Node item, int index, int size, List<Node> formerItems, String key, String place) {
      Node name = below(item, "name");
      if (name != null) {
        return only(
            formerItems.stream()
                .filter(each -> {
                  Node other = below(each, "name");
                  return other != null && text(other).equals(text(name));
                })
                .toList());
      }
      String seen = seen(item, key, place);
      Node same =
          only(formerItems.stream().filter(each -> seen(each, key, place).equals(seen)).toList());
      return same == null && size == formerItems.size() ? formerItems.get(index) : same;
    }

    private @Nullable Node only(List<Node> nodes) {
      return nodes.size() == 1 ? nodes.getFirst() : null;
    }
  }

  /** Values of a text that others take the places of. */
  private static final class Edits {
    private record Edit(int start, int end, String text) {}

    private final String text;
    private final List<Edit> edits = new ArrayList<>();
    private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());

    Edits(String text) {
      this.text = text;
    }

    /** An alias gives its anchor's node again, which is changed once. */
    void replace(ScalarNode scalar, String value) {
      if (!done.add(scalar)) {
        return;
      }
      int start = offset(scalar.getStartMark().orElseThrow().getIndex());
      int end = offset(scalar.getEndMark().orElseThrow().getIndex());
      start = afterProperties(start);
      boolean endsLine = end > start && text.charAt(end - 1) == '\n';
      edits.add(new Edit(start, endsLine ? end - 1 : end, quoted(value)));
    }

    private int offset(int codePoint) {
      return text.offsetByCodePoints(0, codePoint);
    }

    /** Behind an anchor and a tag. */
    private int afterProperties(int from) {
      int at = from;
      while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
          at++;
        }
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
          at++;
        }
      }
      return at;
    }

    private static String quoted(String value) {
      StringBuilder out = new StringBuilder("\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\n' -> out.append("\\n");
          default -> {
            if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
              out.append("\\u%04x".formatted((int) c));
            } else {
              out.append(c);
            }
          }
        }
      }
      return out.append('"').toString();
    }

    String applied() {
      StringBuilder out = new StringBuilder();
      int at = 0;
      edits.sort((a, b) -> Integer.compare(a.start, b.start));
      for (Edit edit : edits) {
        out.append(text, at, edit.start).append(edit.text);
        at = edit.end;
      }
      return out.append(text, at, text.length()).toString();
    }
  }
}
