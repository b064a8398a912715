package io.ghostworks.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parsed templates by name, which may call each other. Parsing needs only the names of the
 * functions; what they do is given with each rendering. Immutable and thread-safe.
 */
public final class TemplateSet {

  /** The longest text that is parsed. */
  private static final int TEXT_CHARS_MAX = 1 << 20;

  /** How what actions write reaches the output. */
  public enum Mode {
    /** As it is. */
    TEXT,
    /** Escaped for HTML text and quoted attributes. */
    HTML
  }

  private final Set<String> functionNames;
  private final Map<String, ParsedTemplate> templates;

  private TemplateSet(Set<String> functionNames, Map<String, ParsedTemplate> templates) {
    this.functionNames = functionNames;
    this.templates = templates;
  }

  /** A set without templates whose texts may call these functions beside Go's own. */
  public static TemplateSet withFunctions(Set<String> functionNames) {
    Set<String> all = new java.util.HashSet<>(functionNames);
    all.addAll(Builtins.NAMES);
    return new TemplateSet(Set.copyOf(all), Map.of());
  }

  /**
   * This set with the templates of a text: the one with the given name and those that it defines. A
   * later definition takes the place of an earlier one, unless it is empty.
   *
   * @throws TemplateException if the text is not well formed
   */
  public TemplateSet parse(String name, String text) {
    if (text.length() > TEXT_CHARS_MAX) {
      throw new TemplateException(
          "template: %s: a template may have %d chars, got %d"
              .formatted(name, TEXT_CHARS_MAX, text.length()));
    }
    Map<String, ParsedTemplate> all = new LinkedHashMap<>(templates);
    Parser.parse(name, text, functionNames)
        .forEach((defined, tree) -> {
          if (!tree.isEmpty() || !all.containsKey(defined)) {
            all.put(defined, new ParsedTemplate(defined, name, text, tree));
          }
        });
    return new TemplateSet(functionNames, all);
  }

  /** Whether a template of this name is there. */
  public boolean has(String name) {
    return templates.containsKey(name);
  }

  /** The syntax trees by name. */
  Map<String, Node.Block> trees() {
    Map<String, Node.Block> trees = new LinkedHashMap<>();
    templates.forEach((name, template) -> trees.put(name, template.tree()));
    return trees;
  }

  /** Whether the other has the same templates, of the same texts. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TemplateSet set
        && functionNames.equals(set.functionNames)
        && templates.equals(set.templates);
  }

  @Override
  public int hashCode() {
    return templates.keySet().hashCode();
  }

  /**
   * Renders a template.
   *
   * @param data the value of the dot and of {@code $}
   * @param functions what the functions do, all that were named
   * @throws TemplateException if an action fails or a limit is passed
   */
  public String render(
      String name,
      @Nullable Object data,
      Map<String, GoFunction> functions,
      Mode mode,
      TemplateLimits limits) {
    ParsedTemplate template = templates.get(name);
    if (template == null) {
      throw new TemplateException(
          "template: no template %s associated with template %s"
              .formatted(GoStrings.quote(name), GoStrings.quote(name)));
    }
    return new Execution(templates, functions, mode, limits).run(template, data);
  }

  /**
   * A template with the text it stands in, for positions in errors.
   *
   * @param parsedAs the name under which the text was parsed
   */
  record ParsedTemplate(String name, String parsedAs, String text, Node.Block tree) {}
}
