package io.ghostworks.logql.pipeline;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a record while stages change them: those of its stream, its structured metadata and
 * what stages parsed, kept apart. Parsed labels win over metadata, and metadata over the stream's.
 * Used by one thread, for one record after the other.
 */
final class LineLabels {
  static final String ERROR = "__error__";
  static final String ERROR_DETAILS = "__error_details__";
  static final String PRESERVE_ERROR = "__preserve_error__";

  /** What is added to a parsed name that the stream or the metadata has too. */
  static final String DUPLICATE = "_extracted";

  private final ParserHints hints;
  private final LabelPairs stream = new LabelPairs();
  private final LabelPairs metadata = new LabelPairs();
  private final LabelPairs parsed = new LabelPairs();
  private final List<String> deleted = new ArrayList<>();
  private final LabelSetCache cache = new LabelSetCache();
  private Labels base = Labels.EMPTY;
  private String error = "";
  private String errorDetails = "";

  LineLabels(ParserHints hints) {
    this.hints = hints;
  }

  /** Starts with a record's own labels. */
  void reset(Labels streamLabels, Labels structuredMetadata) {
    base = streamLabels;
    stream.clear();
    metadata.clear();
    parsed.clear();
    deleted.clear();
    error = "";
    errorDetails = "";
    hints.reset();
    for (int i = 0; i < structuredMetadata.size(); i++) {
      addMetadata(structuredMetadata.name(i), structuredMetadata.value(i));
    }
  }

  private void addMetadata(String name, String value) {
    String unique = base.has(name) ? name + DUPLICATE : name;
    switch (unique) {
      case ERROR -> error = value;
      case ERROR_DETAILS -> errorDetails = value;
      default -> {
        int at = metadata.indexOf(unique);
        if (at >= 0) {
          metadata.value(at, value);
        } else {
          metadata.add(unique, value);
        }
      }
    }
  }

  ParserHints hints() {
    return hints;
  }

  String error() {
    return error;
  }

  String errorDetails() {
    return errorDetails;
  }

  boolean hasError() {
    return !error.isEmpty();
  }

  void error(String kind, String details) {
    error = kind;
    errorDetails = details;
  }

  /** A parser failed; empty details leave those of an earlier fault. */
  void parserError(String kind, String details) {
    error = kind;
    if (!details.isEmpty()) {
      errorDetails = details;
    }
    if (hints.preservesError()) {
      set(PRESERVE_ERROR, "true");
    }
  }

  void clearError() {
    error = "";
  }

  void clearErrorDetails() {
    errorDetails = "";
  }

  /** Whether the record's own labels have the name, so that a parsed one needs another. */
  boolean isTaken(String name) {
    return base.has(name) || metadata.has(name);
  }

  /** The name under which a parsed value is set. */
  String unique(String name) {
    return isTaken(name) ? name + DUPLICATE : name;
  }

  /** The value of a label, or null where there is none. */
  @Nullable String find(String name) {
    int at = stream.indexOf(name);
    if (at >= 0) {
      return stream.value(at);
    }
    at = metadata.indexOf(name);
    if (at >= 0) {
      return metadata.value(at);
    }
    at = parsed.indexOf(name);
    if (at >= 0) {
      return parsed.value(at);
    }
    return deleted.contains(name) ? null : base.find(name);
  }

  /** The value of a label for a comparison of texts: that of the error too, "" for none. */
  String text(String name) {
    if (name.equals(ERROR)) {
      return error;
    }
    String value = find(name);
    return value == null ? "" : value;
  }

  /** Sets a parsed label. */
  void set(String name, String value) {
    metadata.remove(name);
    stream.remove(name);
    int at = parsed.indexOf(name);
    if (at >= 0) {
      parsed.value(at, value);
      return;
    }
    parsed.add(name, value);
    hints.extracted(name);
  }

  void delete(String name) {
    stream.remove(name);
    metadata.remove(name);
    parsed.remove(name);
    deleted.add(name);
  }

  private boolean isUnchanged() {
    return deleted.isEmpty() && stream.size() + metadata.size() + parsed.size() == 0;
  }

  /** Every name with its value, for templates. */
  Map<String, String> toMap() {
    Map<String, String> map = new HashMap<>();
    collect().forEach(map);
    return map;
  }

  /** Every name, those of errors too. */
  List<String> names() {
    return collect().names();
  }

  private Collected collect() {
    Collected all = new Collected();
    addStream(all);
    addMetadata(all);
    addParsed(all);
    return all;
  }

  private void addStream(Collected out) {
    for (int i = 0; i < base.size(); i++) {
      String name = base.name(i);
      if (!deleted.contains(name) && !metadata.has(name) && !parsed.has(name)) {
        int at = stream.indexOf(name);
        out.add(name, at < 0 ? base.value(i) : stream.value(at));
      }
    }
  }

  private void addMetadata(Collected out) {
    for (int i = 0; i < metadata.size(); i++) {
      if (!parsed.has(metadata.name(i))) {
        out.add(metadata.name(i), metadata.value(i));
      }
    }
  }

  private void addParsed(Collected out) {
    for (int i = 0; i < parsed.size(); i++) {
      out.add(parsed.name(i), parsed.value(i));
    }
    if (!error.isEmpty()) {
      out.add(ERROR, error);
    }
    if (!errorDetails.isEmpty()) {
      out.add(ERROR_DETAILS, errorDetails);
    }
  }

  /** The stream's labels as they are left. */
  Labels streamLabels() {
    if (isUnchanged() || (deleted.isEmpty() && !overridesStream())) {
      return base;
    }
    Collected out = new Collected();
    addStream(out);
    return cache.of(out);
  }

  private boolean overridesStream() {
    for (int i = 0; i < base.size(); i++) {
      String name = base.name(i);
      if (stream.has(name) || metadata.has(name) || parsed.has(name)) {
        return true;
      }
    }
    return false;
  }

  /** The structured metadata as it is left. */
  Labels structuredMetadata() {
    if (metadata.size() == 0) {
      return Labels.EMPTY;
    }
    Collected out = new Collected();
    addMetadata(out);
    return cache.of(out);
  }

  /** What was parsed, and what went wrong; values may be empty. */
  Labels parsedLabels() {
    if (parsed.size() == 0 && error.isEmpty() && (isUnchanged() || errorDetails.isEmpty())) {
      return Labels.EMPTY;
    }
    Collected out = new Collected();
    addParsed(out);
    return cache.of(out);
  }

  /** All labels in one set; values may be empty. */
  Labels all() {
    return isUnchanged() && error.isEmpty() ? base : cache.of(collect());
  }

  /** The labels named, or all others, of all; an error keeps every label, lest it be lost. */
  Labels grouped(LabelGroups groups) {
    if (hasError() || groups.keepsAll()) {
      return all();
    }
    if (groups.keepsNone()) {
      return Labels.EMPTY;
    }
    Collected all = collect();
    Collected out = new Collected();
    for (int i = 0; i < all.size(); i++) {
      String name = all.name(i);
      if (groups.keeps(name) && !name.equals(ERROR_DETAILS)) {
        out.add(name, all.value(i));
      }
    }
    return cache.of(out);
  }

  /** Labels in no order. */
  static final class Collected {
    private final LabelPairs pairs = new LabelPairs();

    void add(String name, String value) {
      pairs.add(name, value);
    }

    int size() {
      return pairs.size();
    }

    String name(int index) {
      return pairs.name(index);
    }

    String value(int index) {
      return pairs.value(index);
    }

    List<String> names() {
      List<String> names = new ArrayList<>(pairs.size());
      for (int i = 0; i < pairs.size(); i++) {
        names.add(pairs.name(i));
      }
      return names;
    }

    void forEach(Map<String, String> out) {
      for (int i = 0; i < pairs.size(); i++) {
        out.put(pairs.name(i), pairs.value(i));
      }
    }
  }
}
