package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.TranslationStrategy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The section otlp: how OTLP metrics are named. Rules of prometheus config/config.go, OTLPConfig. A
 * key that is not given has the default of {@link MetricTranslation#DEFAULT}, which promotes more
 * than Prometheus's own does.
 */
final class OtlpSection {
  static final Shape SHAPE =
      Shape.create()
          .flag("promote_all_resource_attributes", "keep_identifying_resource_attributes")
          .flag("convert_histograms_to_nhcb", "promote_scope_metadata")
          .flag("label_name_underscore_sanitization", "label_name_preserve_multiple_underscores")
          .texts("promote_resource_attributes", "ignore_resource_attributes")
          .text("translation_strategy")
          .rule(OtlpSection::checkAttributes);

  private OtlpSection() {}

  /**
   * What the section says; mistakes are reported, and values that are wrong have their default.
   *
   * @param node as {@link #SHAPE} has checked it
   * @param names the file's validation of names
   */
  static MetricTranslation read(ConfigNode node, Findings findings, NameValidation names) {
    Given given = new Given(ConfigMap.of(node, findings));
    MetricTranslation absent = MetricTranslation.DEFAULT;
    TranslationStrategy strategy = strategy(given, names);
    boolean promoteAll = given.flag("promote_all_resource_attributes", false);
    return new MetricTranslation(
        strategy,
        absent.namespace(),
        promoteAll,
        resourceAttributes(given, promoteAll),
        given.flag("keep_identifying_resource_attributes", absent.keepIdentifying()),
        given.flag("promote_scope_metadata", absent.promoteScope()),
        absent.targetInfo(),
        new AttributeNames(
            strategy.escapes(),
            given.flag("label_name_preserve_multiple_underscores", true),
            given.flag("label_name_underscore_sanitization", true)),
        given.flag("convert_histograms_to_nhcb", false),
        false);
  }

  private static TranslationStrategy strategy(Given given, NameValidation names) {
    TranslationStrategy absent = MetricTranslation.DEFAULT.strategy();
    String word = given.text("translation_strategy");
    Optional<TranslationStrategy> found = TranslationStrategy.find(word);
    if (found.isEmpty() && !word.isEmpty()) {
      given.refuse(
          "translation_strategy",
          "must be one of "
              + Arrays.stream(TranslationStrategy.values())
                  .map(TranslationStrategy::word)
                  .collect(Collectors.joining(", ")));
    } else if (found.isPresent() && !found.get().escapes() && names == NameValidation.LEGACY) {
      given.refuse(
          "translation_strategy",
          "must escape names where metric_name_validation_scheme is legacy");
    }
    return found.orElse(absent);
  }

  private static Set<String> resourceAttributes(Given given, boolean promoteAll) {
    if (promoteAll) {
      return stripped(given.texts("ignore_resource_attributes"));
    }
    boolean named = given.map().findIncludingNull("promote_resource_attributes").isPresent();
    return named
        ? stripped(given.texts("promote_resource_attributes"))
        : MetricTranslation.DEFAULT.resourceAttributes();
  }

  private static Set<String> stripped(List<String> attributes) {
    return attributes.stream().map(String::strip).collect(Collectors.toSet());
  }

  private static void checkAttributes(Given given) {
    boolean promoteAll = given.flag("promote_all_resource_attributes", false);
    List<String> promoted = given.texts("promote_resource_attributes");
    List<String> ignored = given.texts("ignore_resource_attributes");
    if (promoteAll) {
      if (!promoted.isEmpty()) {
        given.refuse(
            "promote_resource_attributes",
            "must not be given together with promote_all_resource_attributes");
      }
      checkAttributes(given, "ignore_resource_attributes", ignored);
    } else {
      if (!ignored.isEmpty()) {
        given.refuse(
            "ignore_resource_attributes", "needs promote_all_resource_attributes: true beside it");
      }
      checkAttributes(given, "promote_resource_attributes", promoted);
    }
  }

  private static void checkAttributes(Given given, String key, List<String> attributes) {
    Set<String> seen = new HashSet<>();
    for (String attribute : attributes) {
      String name = attribute.strip();
      if (name.isEmpty()) {
        given.refuse(key, "must not have an empty attribute");
      } else if (!seen.add(name)) {
        given.refuse(key, "must not have the attribute '" + name + "' twice");
      }
    }
  }
}
