package io.ghostworks.collector.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.collector.attribute.AttributeAction;
import io.ghostworks.collector.attribute.AttributeAction.Source;
import io.ghostworks.collector.attribute.AttributeValue;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.model.label.UserRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the actions of the processors {@code attributes} and {@code resource}. */
final class AttributeActionSection {
  private final ConfigMap map;
  private final int index;
  private final String action;
  private final String key;
  private final String pattern;
  private final String fromAttribute;
  private final String fromContext;
  private final String convertedType;
  private final Optional<ConfigNode> value;

  private AttributeActionSection(ConfigMap map, int index) {
    this.map = map;
    this.index = index;
    this.action = map.string("action", "").toLowerCase(Locale.ROOT);
    this.key = map.string("key", "");
    this.pattern = map.string("pattern", "");
    this.fromAttribute = map.string("from_attribute", "");
    this.fromContext = map.string("from_context", "");
    this.convertedType = map.string("converted_type", "");
    this.value = map.find("value");
  }

  /** The actions under a key of a processor. */
  static List<AttributeAction> read(ConfigMap processor, String listKey) {
    List<AttributeAction> actions = new ArrayList<>();
    List<ConfigMap> maps = processor.maps(listKey);
    if (maps.isEmpty()) {
      processor.error("missing required field \"%s\"".formatted(listKey), "");
    }
    for (int i = 0; i < maps.size(); i++) {
      AttributeActionSection section = new AttributeActionSection(maps.get(i), i);
      AttributeAction read = section.action();
      if (read != null) {
        actions.add(read);
      }
      maps.get(i).unsupportedRest("use value or from_attribute, which need no default");
    }
    return actions;
  }

  private @Nullable AttributeAction action() {
    boolean byPattern = action.equals("delete") || action.equals("hash");
    if (key.isEmpty() && !byPattern) {
      return fails(
          "error creating AttrProc due to missing required field \"key\" at the %d-th actions");
    }
    if (key.isEmpty() && pattern.isEmpty()) {
      return fails(
          "error creating AttrProc due to missing required field (at least one of \"key\" and"
              + " \"pattern\" have to be used) at the %d-th actions");
    }
    return switch (action) {
      case "insert", "update", "upsert" -> setting();
      case "delete", "hash" -> byPattern();
      case "extract" -> extract();
      case "convert" -> convert();
      default ->
          fails(
              "error creating AttrProc due to unsupported action \""
                  + action.replace("%", "%%")
                  + "\" at the %d-th actions");
    };
  }

  private @Nullable AttributeAction setting() {
    int sources = sources();
    if (sources == 0) {
      return fails(
          "error creating AttrProc. Either field \"value\", \"from_attribute\" or \"from_context\""
              + " setting must be specified for %d-th action");
    }
    if (sources > 1) {
      return fails(
          "error creating AttrProc due to multiple value sources being set at the %d-th actions");
    }
    if (!pattern.isEmpty() || !convertedType.isEmpty()) {
      return unused(pattern.isEmpty() ? "converted_type" : "pattern");
    }
    if (!fromContext.isEmpty()) {
      map.unsupported(
          "from_context",
          "a value cannot be taken from the request's metadata; use value or from_attribute");
      return null;
    }
    Source source =
        fromAttribute.isEmpty()
            ? literal(value.orElseThrow())
            : new Source.FromAttribute(fromAttribute);
    if (source == null) {
      return null;
    }
    return switch (action) {
      case "insert" -> new AttributeAction.Insert(key, source);
      case "update" -> new AttributeAction.Update(key, source);
      default -> new AttributeAction.Upsert(key, source);
    };
  }

  private @Nullable AttributeAction byPattern() {
    if (value.isPresent() || !fromAttribute.isEmpty()) {
      return fails(
          "error creating AttrProc. Action \""
              + action
              + "\" does not use \"value\" or \"from_attribute\" field. These must not be specified"
              + " for %d-th action");
    }
    if (!convertedType.isEmpty()) {
      return unused("converted_type");
    }
    Pattern compiled = pattern.isEmpty() ? null : compiled();
    if (!pattern.isEmpty() && compiled == null) {
      return null;
    }
    return action.equals("delete")
        ? new AttributeAction.Delete(key, compiled)
        : new AttributeAction.Hash(key, compiled);
  }

  private @Nullable AttributeAction extract() {
    if (sources() > 0) {
      return fails(
          "error creating AttrProc. Action \"extract\" does not use a value source field. These"
              + " must not be specified for %d-th action");
    }
    if (pattern.isEmpty()) {
      return fails(
          "error creating AttrProc due to missing required field \"pattern\" for action \"extract\""
              + " at the %d-th action");
    }
    if (!convertedType.isEmpty()) {
      return unused("converted_type");
    }
    Pattern compiled = compiled();
    if (compiled == null) {
      return null;
    }
    String[] groups = new String[compiled.groupCount()];
    compiled.namedGroups().forEach((name, number) -> groups[number - 1] = name);
    if (groups.length == 0) {
      return fails(
          "error creating AttrProc. Field \"pattern\" contains no named matcher groups at the %d-th"
              + " actions");
    }
    List<String> names = new ArrayList<>();
    for (String group : groups) {
      if (group == null) {
        return fails(
            "error creating AttrProc. Field \"pattern\" contains at least one unnamed matcher group"
                + " at the %d-th actions");
      }
      names.add(group);
    }
    return new AttributeAction.Extract(key, compiled, names);
  }

  private @Nullable AttributeAction convert() {
    if (sources() > 0 || !pattern.isEmpty()) {
      return fails(
          "error creating AttrProc. Action \"convert\" does not use value sources or \"pattern\""
              + " field. These must not be specified for %d-th action");
    }
    return switch (convertedType) {
      case "int" -> new AttributeAction.Convert(key, AttributeAction.Target.INT);
      case "double" -> new AttributeAction.Convert(key, AttributeAction.Target.DOUBLE);
      case "string" -> new AttributeAction.Convert(key, AttributeAction.Target.STRING);
      case "" ->
          fails(
              "error creating AttrProc due to missing required field \"converted_type\" for action"
                  + " \"convert\" at the %d-th action");
      default ->
          fails(
              "error creating AttrProc due to invalid value \""
                  + convertedType.replace("%", "%%")
                  + "\" in field \"converted_type\" for action \"convert\" at the %d-th action");
    };
  }

  private int sources() {
    return (value.isPresent() ? 1 : 0)
        + (fromAttribute.isEmpty() ? 0 : 1)
        + (fromContext.isEmpty() ? 0 : 1);
  }

  private @Nullable Source literal(ConfigNode node) {
    if (!(node instanceof ScalarNode scalar)) {
      map.unsupported(
          "value", "a list or mapping cannot be an attribute's value here; use text or a number");
      return null;
    }
    AttributeValue literal =
        switch (scalar.kind()) {
          case BOOLEAN -> new AttributeValue.Truth(map.bool("value", false));
          case INTEGER ->
              new AttributeValue.Whole(map.integer("value", 0, Long.MIN_VALUE, Long.MAX_VALUE));
          case FLOAT -> new AttributeValue.Decimal(map.number("value", 0));
          case STRING, NULL -> new AttributeValue.Text(scalar.text());
        };
    return new Source.Literal(literal);
  }

  private @Nullable Pattern compiled() {
    try {
      return UserRegex.compile(pattern);
    } catch (PatternSyntaxException e) {
      fails(
          "error creating AttrProc. Field \"pattern\" has invalid pattern: \""
              + pattern.replace("%", "%%")
              + "\" to be set at the %d-th actions");
      return null;
    }
  }

  private @Nullable AttributeAction unused(String field) {
    return fails(
        "error creating AttrProc. Action \""
            + action
            + "\" does not use the \""
            + field
            + "\" field. This must not be specified for %d-th action");
  }

  private @Nullable AttributeAction fails(String template) {
    map.error(template.formatted(index), "");
    return null;
  }
}
