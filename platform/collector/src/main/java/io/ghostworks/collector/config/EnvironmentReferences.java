package io.ghostworks.collector.config;

import com.google.re2j.Pattern;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.Findings;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}}, {@code ${NAME}} and {@code ${env:NAME:-default}} in every value,
 * and {@code $$} by {@code $}. A value that is one reference takes the type of what it stands for.
 *
 * <p>Source: Collector documentation, "Environment variables"; confmap's expansion rules.
 */
final class EnvironmentReferences {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+");

  private final UnaryOperator<@Nullable String> environment;
  private final Findings findings;

  /**
   * @param environment what a variable holds, or null where it is not set
   */
  EnvironmentReferences(UnaryOperator<@Nullable String> environment, Findings findings) {
    this.environment = environment;
    this.findings = findings;
  }

  ConfigNode expand(ConfigNode root) {
    return root.mapScalars(this::expand);
  }

  private ConfigNode expand(ScalarNode scalar) {
    String text = scalar.text();
    if (text.indexOf('$') < 0) {
      return scalar;
    }
    boolean whole = text.startsWith("${") && text.indexOf('}') == text.length() - 1;
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close =
          c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '{'
              ? text.indexOf('}', at)
              : -1;
      if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
      } else if (close >= 0) {
        out.append(value(scalar, text.substring(at + 2, close)));
        at = close + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return new ScalarNode(
            scalar.position(), scalar.keyPath(), text, scalar.kind(), scalar.plain() || whole)
        .withText(out.toString());
  }

  private String value(ScalarNode scalar, String reference) {
    int colon = reference.indexOf(':');
    String scheme = colon < 0 ? "" : reference.substring(0, colon);
    String rest = reference;
    if (SCHEME.matches(scheme) && !reference.startsWith(":-", colon)) {
      if (!scheme.equals("env")) {
        findings.error(
            scalar,
            "scheme \"%s\" is not supported for uri \"%s\"".formatted(scheme, reference),
            "only env is");
        return "";
      }
      rest = reference.substring(colon + 1);
    }
    int fallback = rest.indexOf(":-");
    String name = fallback < 0 ? rest : rest.substring(0, fallback);
    if (!NAME.matches(name)) {
      findings.error(
          scalar,
          "environment variable \"%s\" has invalid name: must match regex ^[a-zA-Z_][a-zA-Z0-9_]*$"
              .formatted(name),
          "");
      return "";
    }
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      if (fallback >= 0) {
        return rest.substring(fallback + 2);
      }
      if (value == null) {
        findings.warning(scalar, "the environment variable %s is not set".formatted(name));
      }
      return "";
    }
    return value;
  }
}
