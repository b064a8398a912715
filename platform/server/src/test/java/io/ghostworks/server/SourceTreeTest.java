package io.ghostworks.server;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom: the table of docs/ARCHITECTURE.md, and no two packages that know each other.
 */
class SourceTreeTest {

  private static final Set<String> BASE = Set.of("model", "config", "runtime");
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("config", Set.of("model")),
          Map.entry("runtime", Set.of("model", "config")),
          Map.entry("query", BASE),
          Map.entry("storage", BASE),
          Map.entry("template", BASE),
          Map.entry("state", BASE),
          Map.entry("journal", with("storage")),
          Map.entry("series", with("query", "storage", "journal")),
          Map.entry("records", with("query", "storage", "journal")),
          Map.entry("promql", with("query")),
          Map.entry("traceql", with("query")),
          Map.entry("logql", with("query", "template")),
          Map.entry("wire", BASE),
          Map.entry("scrape", with("wire")),
          Map.entry("collector", with("wire", "scrape")),
          Map.entry("rules", with("promql", "logql", "traceql", "template", "state", "query")),
          Map.entry("alertmanager", with("template", "wire", "state")),
          Map.entry("dashboards", with("state", "promql", "logql", "traceql")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.ghostworks");

  @Test
  void modulesKnowOnlyWhatTheTableAllows() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      String module = module(each);
      Set<String> allowed = MAY_KNOW.get(module);
      if (allowed == null) {
        continue;
      }
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String target = module(dependency.getTargetClass());
        if (!target.isEmpty() && !target.equals(module) && !allowed.contains(target)) {
          violations.add(each.getName() + " knows " + dependency.getTargetClass().getName());
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void everyModuleButTheServerStandsInTheTable() {
    Set<String> modules =
        CLASSES.stream().map(SourceTreeTest::module).collect(Collectors.toCollection(TreeSet::new));
    modules.remove("server");
    modules.remove("ui"); // the web application has no Java code
    modules.remove("");
    assertThat(MAY_KNOW.keySet()).containsAll(modules);
  }

  @Test
  void noTwoPackagesKnowEachOther() {
    slices().matching("io.ghostworks.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static String module(JavaClass each) {
    String[] parts = each.getPackageName().split("\\.", -1);
    return parts.length >= 3 && parts[0].equals("io") && parts[1].equals("ghostworks")
        ? parts[2]
        : "";
  }

  private static Set<String> with(String... more) {
    return Stream.concat(BASE.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }
}
