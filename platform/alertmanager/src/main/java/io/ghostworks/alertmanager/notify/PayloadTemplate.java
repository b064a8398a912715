package io.ghostworks.alertmanager.notify;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.GoYaml;
import io.ghostworks.config.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree of a configuration whose texts are templates, as the payload of a webhook or the details
 * of an incident (Alertmanager's {@code DeepCopyWithTemplate}). What a text renders to is read as
 * YAML once, so that {@code {{ .Alerts | toJson }}} becomes a list; where that gives a string, or
 * it is no YAML, it stays the text.
 */
public record PayloadTemplate(ConfigNode node) {

  /** The template of one text. */
  public static PayloadTemplate of(String text) {
    return new PayloadTemplate(YamlReader.read("default", '"' + text.replace("\"", "\\\"") + '"'));
  }

  /** The tree with its texts rendered, as JSON is written of it. */
  public @Nullable Object render(ServiceTalk talk) throws NotifyException {
    return render(node, talk);
  }

  private static @Nullable Object render(ConfigNode node, ServiceTalk talk) throws NotifyException {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, talk);
      case ListNode list -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
          items.add(render(item, talk));
        }
        yield items;
      }
      case MapNode map -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Entry entry : map.entries()) {
          if (GoYaml.isString(entry.key())) {
            entries.put(talk.text(entry.key().text()), render(entry.value(), talk));
          }
        }
        yield entries;
      }
    };
  }

  private static @Nullable Object scalar(ScalarNode scalar, ServiceTalk talk)
      throws NotifyException {
    if (!GoYaml.isString(scalar)) {
      return GoYaml.value(scalar);
    }
    String text = talk.text(scalar.text());
    try {
      Object value = GoYaml.value(YamlReader.read("payload", text));
      return value instanceof String ? text : value;
    } catch (ConfigException e) {
      return text; // It is no YAML, and need not be.
    }
  }
}
