package io.ghostworks.rules;

import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.JsonReader;
import io.ghostworks.config.YamlReader;
import io.ghostworks.promql.parse.ParserOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rule files as Prometheus does ({@code model/rulefmt/rulefmt.go}): unknown keys, duplicate
 * groups, expressions and templates that do not parse, and fields that a recording rule may not
 * have are mistakes, told in Prometheus's words. Rule files of Loki have the same form with
 * expressions of LogQL, and ours of spans with TraceQL.
 *
 * <p>A file may also hold {@code PrometheusRule} resources of Kubernetes: one, several documents of
 * them, or a list.
 */
public final class RuleFileReader {

  private static final int DOCUMENTS_MAX = 10_000;

  private final ExpressionReader expressions;
  private final boolean ignoresUnknownKeys;

  /**
   * @param options which of PromQL's switchable features expressions may use
   */
  public RuleFileReader(ParserOptions options) {
    this(new ExpressionReader(options), false);
  }

  private RuleFileReader(ExpressionReader expressions, boolean ignoresUnknownKeys) {
    this.expressions = expressions;
    this.ignoresUnknownKeys = ignoresUnknownKeys;
  }

  /** The same for files with keys of their owners' own; {@code serve} refuses them. */
  public RuleFileReader ignoringUnknownKeys() {
    return new RuleFileReader(expressions, true);
  }

  /**
   * What a file of Prometheus says; only good for use where the findings have no errors.
   *
   * @param file how the file is named in groups' keys and views
   */
  public RuleFile read(String file, ConfigNode root, Findings findings) {
    return read(file, RuleLanguage.PROMQL, root, findings);
  }

  /** The same in another language. */
  public RuleFile read(String file, RuleLanguage language, ConfigNode root, Findings findings) {
    List<RuleFile> read = readAll(file, language, List.of(root), findings);
    return read.size() == 1
        ? read.getFirst()
        : new RuleFile(
            file,
            RuleFile.Origin.FILE,
            language,
            read.stream().flatMap(each -> each.groups().stream()).toList());
  }

  /**
   * All that a file on disk says. Resources count as one file each, named after the file that holds
   * them and themselves, since their groups may have the same names.
   *
   * @throws io.ghostworks.config.ConfigException where it cannot be read
   */
  public List<RuleFile> readAll(Path path, RuleLanguage language, Findings findings) {
    String file = path.toString();
    String text = ConfigFile.text(path);
    List<ConfigNode> documents =
        file.endsWith(".json")
            ? List.of(JsonReader.read(file, text))
            : YamlReader.readAll(file, text);
    return readAll(file, language, documents, findings);
  }

  /** The same of documents that were read already. */
  public List<RuleFile> readAll(
      String file, RuleLanguage language, List<ConfigNode> documents, Findings findings) {
    if (documents.isEmpty()) {
      return List.of(new RuleFile(file, RuleFile.Origin.FILE, language, List.of()));
    }
    if (RuleResources.isResource(documents.getFirst())) {
      return resources(file, language, documents, findings);
    }
    if (documents.size() > 1) {
      findings.warning(
          documents.get(1),
          "Multiple document yaml rules files are not supported, only the first document is"
              + " processed");
    }
    ConfigMap top = ConfigMap.of(documents.getFirst(), findings);
    RuleFile read =
        new RuleFile(
            file,
            RuleFile.Origin.FILE,
            language,
            groups(language).read(top, RuleGroupReader.Form.FILE));
    if (!ignoresUnknownKeys) {
      top.rejectUnknownKeys();
    }
    return List.of(read);
  }

  private List<RuleFile> resources(
      String file, RuleLanguage language, List<ConfigNode> documents, Findings findings) {
    List<RuleResources.Resource> found = new ArrayList<>();
    for (ConfigNode document : documents) {
      if (!document.isNull()) {
        found.addAll(RuleResources.of(document, findings));
      }
      if (found.size() > DOCUMENTS_MAX) {
        findings.error(
            document, "must hold at most %d resources".formatted(DOCUMENTS_MAX), "split the file");
        break;
      }
    }
    List<RuleFile> read = new ArrayList<>();
    for (RuleResources.Resource resource : found) {
      read.add(
          new RuleFile(
              found.size() == 1 ? file : file + "#" + resource.name(),
              RuleFile.Origin.FILE,
              language,
              groups(language).read(resource.spec(), RuleGroupReader.Form.RESOURCE)));
      resource.spec().rejectUnknownKeys();
    }
    return read;
  }

  /**
   * One group as clients of the ruler API send it.
   *
   * @param namespace in which it is
   */
  public RuleFile readGroup(
      String namespace, RuleLanguage language, ConfigNode root, Findings findings) {
    ConfigMap map = ConfigMap.of(root, findings);
    RuleFile.Group group = groups(language).group(map, RuleGroupReader.Form.API);
    return new RuleFile(namespace, RuleFile.Origin.API, language, List.of(group));
  }

  private RuleGroupReader groups(RuleLanguage language) {
    return new RuleGroupReader(language, expressions, ignoresUnknownKeys);
  }
}
