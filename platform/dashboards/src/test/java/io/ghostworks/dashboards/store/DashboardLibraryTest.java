package io.ghostworks.dashboards.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.Findings;
import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.dashboards.Dashboards;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.DocumentReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardLibraryTest {

  private static final TenantId TENANT = TenantId.DEFAULT;
  private static final TenantId OTHER = new TenantId("other");

  @TempDir Path data;
  @TempDir Path files;

  private State state;
  private List<Dashboard> provisioned = List.of();
  private DashboardLibrary library;
  private Folders folders;
  private DashboardSearch search;

  @BeforeEach
  void open() {
    state = SqliteState.open(data);
    Random random = new Random(7);
    library = new DashboardLibrary(state, this::filesOf, Clock.system(), random::nextInt);
    folders = new Folders(state, this::filesOf, Clock.system(), random::nextInt);
    search = new DashboardSearch(state, this::filesOf);
  }

  private List<Dashboard> filesOf(TenantId tenant) {
    return tenant.equals(TENANT) ? provisioned : List.of();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void keepsEveryVersionByteForByte() {
    String first = "{ \"title\": \"A\",  \"uid\":\"a\", \"odd\": 1.10 }";
    String second = "{\"title\":\"B\",\"uid\":\"a\",\"version\":1}";
    assertThat(save(first).version()).isEqualTo(1);
    DashboardLibrary.Saved saved = save(second);
    assertThat(saved.version()).isEqualTo(2);
    assertThat(saved.slug()).isEqualTo("b");
    assertThat(original(1)).isEqualTo(first);
    assertThat(original(0)).isEqualTo(second);
    DashboardLibrary.Found found = library.get(TENANT, "a");
    assertThat(found.json().toString())
        .isEqualTo("{\"title\":\"B\",\"uid\":\"a\",\"version\":2,\"id\":%d}".formatted(saved.id()));
    assertThat(library.json(TENANT, "a", 1).get("odd").toString()).isEqualTo("1.10");
    assertThat(library.versions(TENANT, "a", 0, 10))
        .extracting(each -> each.version().version(), each -> each.version().parentVersion())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, 1), org.assertj.core.groups.Tuple.tuple(1, 0));
    assertThat(library.diff(TENANT, "a", 1, 2))
        .extracting(change -> change.op() + change.path())
        .containsExactly("replace/title", "remove/odd", "replace/version");
    DashboardLibrary.Saved restored = library.restore(TENANT, "a", 1, "me");
    assertThat(restored.version()).isEqualTo(3);
    assertThat(original(0)).isEqualTo(first);
    assertThat(library.version(TENANT, "a", 3).version().restoredFrom()).isEqualTo(1);
    assertThat(library.version(TENANT, "a", 3).version().message())
        .isEqualTo("Restored from version 1");
  }

  private String original(int version) {
    return new String(library.original(TENANT, "a", version), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsStoredIsThereAfterARestart() {
    save("{\"title\":\"A\",\"uid\":\"a\"}");
    library.star(TENANT, "a", true);
    state.close();
    open();
    assertThat(library.get(TENANT, "a").starred()).isTrue();
    assertThat(original(1)).isEqualTo("{\"title\":\"A\",\"uid\":\"a\"}");
  }

  @Test
  void refusesWhatAnotherHasChangedAndWhatHasTheSameName() {
    save("{\"title\":\"A\",\"uid\":\"a\"}");
    refused(() -> save("{\"title\":\"A\",\"uid\":\"a\"}"), 412, "version-mismatch");
    refused(() -> save("{\"title\":\"a\"}"), 412, "name-exists");
    refused(() -> save("{\"title\":\" \"}"), 400, "empty-name");
    refused(() -> save("{\"title\":\"%s\"}".formatted("x".repeat(5_001))), 400, "title-too-long");
    refused(() -> save("{\"title\":\"X\",\"id\":99}"), 404, "not-found");
    for (String uid : List.of("../../etc/passwd", "a b", "a\\u0000", "a%2e", "é")) {
      refused(() -> save("{\"title\":\"X\",\"uid\":\"%s\"}".formatted(uid)), 400, "");
    }
    refused(() -> save("{\"title\":\"X\",\"uid\":\"%s\"}".formatted("u".repeat(41))), 400, "");
    refused(() -> library.get(TENANT, "../../etc/passwd"), 404, "not-found");
    DashboardLibrary.Saved over =
        library.save(TENANT, command("{\"title\":\"A\",\"x\":1}", "", true));
    assertThat(over.uid()).isEqualTo("a");
    assertThat(over.version()).isEqualTo(2);
    refused(() -> library.get(OTHER, "a"), 404, "not-found");
  }

  @Test
  void ofManySavesOfTheSameVersionOneWins() throws Exception {
    save("{\"title\":\"A\",\"uid\":\"a\"}");
    int won = 0;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<DashboardLibrary.Saved>> saves = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String text = "{\"title\":\"A%d\",\"uid\":\"a\",\"version\":1}".formatted(i);
        saves.add(() -> save(text));
      }
      for (Future<DashboardLibrary.Saved> each : callers.invokeAll(saves)) {
        try {
          assertThat(each.get().version()).isEqualTo(2);
          won++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(RefusedException.class);
          assertThat(((RefusedException) e.getCause()).status()).isEqualTo(412);
        }
      }
    }
    assertThat(won).isEqualTo(1);
  }

  @Test
  void keepsANumberOfVersions() {
    for (int i = 0; i < DashboardLibrary.VERSIONS_MAX + 5; i++) {
      save("{\"title\":\"A\",\"uid\":\"a\",\"version\":%d}".formatted(i));
    }
    assertThat(library.versions(TENANT, "a", 0, 1_000)).hasSize(DashboardLibrary.VERSIONS_MAX);
    refused(() -> library.version(TENANT, "a", 5), 404, "not-found");
    assertThat(library.version(TENANT, "a", 6).version().version()).isEqualTo(6);
  }

  @Test
  void dashboardsOfFilesAreReadOnlyUnlessTheirProviderAllowsIt() throws IOException {
    provision(false, "{\"title\":\"F\",\"uid\":\"f\"}");
    refused(() -> save("{\"title\":\"X\",\"uid\":\"f\",\"version\":1}"), 400, "");
    refused(() -> library.delete(TENANT, "f"), 400, "");
    assertThat(library.get(TENANT, "f").provisioned()).isTrue();
    refused(() -> library.get(OTHER, "f"), 404, "not-found");
    provision(true, "{\"title\":\"F\",\"uid\":\"f\"}");
    assertThat(save("{\"title\":\"X\",\"uid\":\"f\",\"version\":1}").version()).isEqualTo(2);
    assertThat(library.get(TENANT, "f").title()).isEqualTo("X");
    provision(true, "{\"title\":\"Newer file\",\"uid\":\"f\"}");
    assertThat(library.get(TENANT, "f").title()).isEqualTo("Newer file");
    DashboardLibrary.Saved again = save("{\"title\":\"Y\",\"uid\":\"f\",\"version\":1}");
    assertThat(again.version()).isEqualTo(3);
    assertThat(library.get(TENANT, "f").title()).isEqualTo("Y");
  }

  private void provision(boolean editable, String text) throws IOException {
    Files.createDirectories(files.resolve("d"));
    Files.writeString(files.resolve("d/f.json"), text);
    Files.writeString(
        files.resolve("p.yaml"),
        """
        apiVersion: 1
        providers:
          - {name: p, folder: Files, allowUiUpdates: %s, options: {path: d}}
        """
            .formatted(editable));
    Findings findings = new Findings();
    provisioned = Dashboards.read(List.of(files.resolve("p.yaml")), findings).all();
    findings.throwIfErrors();
  }

  @Test
  void foldersNestMoveAndGoWithWhatIsInThem() {
    Folder a = folders.create(TENANT, "a", "A", "", "about", "me").folder();
    folders.create(TENANT, "b", "B", "a", "", "me");
    folders.create(TENANT, "c", "C", "b", "", "me");
    assertThat(a.description()).isEqualTo("about");
    library.save(TENANT, command("{\"title\":\"In C\",\"uid\":\"in-c\"}", "c", false));
    assertThat(folders.get(TENANT, "c").parents())
        .extracting(Folder::uid)
        .containsExactly("a", "b");
    assertThat(folders.counts(TENANT, "a")).isEqualTo(new Folders.Counts(2, 1));
    refused(() -> folders.move(TENANT, "a", "c", "me"), 400, "");
    refused(() -> folders.create(TENANT, "a", "Z", "", "", "me"), 409, "");
    refused(() -> folders.create(TENANT, "", "b", "a", "", "me"), 409, "name-exists");
    refused(() -> folders.create(TENANT, "", "x", "none", "", "me"), 404, "not-found");
    refused(() -> folders.create(TENANT, "../x", "x", "", "", "me"), 400, "");
    refused(() -> folders.update(TENANT, "a", "A2", "", 7, false, "me"), 412, "version-mismatch");
    assertThat(folders.update(TENANT, "a", "A2", "", 1, false, "me").folder().version())
        .isEqualTo(2);
    folders.create(TENANT, "d", "D", "c", "", "me");
    folders.create(TENANT, "e", "E", "d", "", "me");
    refused(() -> folders.create(TENANT, "", "F", "e", "", "me"), 400, "");
    folders.create(TENANT, "top", "Top", "", "", "me");
    refused(() -> folders.move(TENANT, "a", "top", "me"), 400, "");
    assertThat(folders.move(TENANT, "c", "", "me").parents()).isEmpty();
    assertThat(folders.children(TENANT, ""))
        .extracting(Folder::title)
        .containsExactly("A2", "C", "Top");
    assertThat(folders.delete(TENANT, "c").title()).isEqualTo("C");
    refused(() -> library.get(TENANT, "in-c"), 404, "not-found");
    refused(() -> folders.get(TENANT, "e"), 404, "not-found");
    assertThat(folders.children(OTHER, "")).isEmpty();
  }

  @Test
  void searchesAsGrafanaDoes() throws IOException {
    provision(false, "{\"title\":\"From a file\",\"uid\":\"f\",\"tags\":[\"x\"]}");
    folders.create(TENANT, "ops", "Ops", "", "", "me");
    library.save(
        TENANT, command("{\"title\":\"beta\",\"uid\":\"b\",\"tags\":[\"x\",\"y\"]}", "ops", false));
    save("{\"title\":\"Alpha\",\"uid\":\"a\"}");
    library.star(TENANT, "a", true);
    assertThat(search.find(TENANT, DashboardSearch.Query.ALL))
        .extracting(DashboardSearch.Hit::title)
        .containsExactly("Files", "Ops", "Alpha", "beta", "From a file", "Ghostworks");
    assertThat(titles("", List.of("x"), Set.of(), false)).containsExactly("beta", "From a file");
    assertThat(titles("", List.of("x", "y"), Set.of(), false)).containsExactly("beta");
    assertThat(titles("ALPH", List.of(), Set.of(), false)).containsExactly("Alpha");
    assertThat(titles("", List.of(), Set.of("ops"), false)).containsExactly("beta");
    assertThat(titles("", List.of(), Set.of("general"), false))
        .containsExactly("Files", "Ops", "Alpha", "Ghostworks");
    assertThat(titles("", List.of(), Set.of(), true)).containsExactly("Alpha");
    assertThat(library.tags(TENANT)).containsEntry("x", 2).containsEntry("y", 1);
  }

  private List<String> titles(
      String text, List<String> tags, Set<String> folderUids, boolean starred) {
    DashboardSearch.Query query =
        new DashboardSearch.Query(
            text, tags, "", Set.of(), Set.of(), folderUids, starred, false, 0, 1);
    return search.find(TENANT, query).stream().map(DashboardSearch.Hit::title).toList();
  }

  @Test
  void annotationsAreFoundByRangeTagsAndPanel() {
    Annotations notes = new Annotations(state, Clock.system());
    long deploy = notes.add(TENANT, "", 0, given(1_000L, null, "one", List.of("deploy", "a")), "");
    long range = notes.add(TENANT, "d", 3, given(5_000L, 2_000L, "two", List.of("b")), "me");
    assertThat(found(notes, 0, 10_000, List.of(), false)).containsExactly(range, deploy);
    assertThat(notes.get(TENANT, range).timeMs()).isEqualTo(2_000);
    assertThat(found(notes, 3_000, 3_500, List.of(), false)).containsExactly(range);
    assertThat(found(notes, 0, 10_000, List.of("deploy", "a"), false)).containsExactly(deploy);
    assertThat(found(notes, 0, 10_000, List.of("deploy", "b"), false)).isEmpty();
    assertThat(found(notes, 0, 10_000, List.of("deploy", "b"), true))
        .containsExactly(range, deploy);
    notes.patch(TENANT, deploy, given(null, null, "other", null));
    assertThat(notes.get(TENANT, deploy).text()).isEqualTo("other");
    assertThat(notes.get(TENANT, deploy).tags()).containsExactly("deploy", "a");
    assertThat(notes.tags(TENANT, "DEP", 10)).containsOnlyKeys("deploy");
    refused(() -> notes.get(OTHER, deploy), 404, "not-found");
    refused(() -> notes.add(TENANT, "", 0, given(1L, null, "", List.of()), ""), 400, "");
    notes.delete(TENANT, deploy);
    notes.deleteOfPanel(TENANT, "d", 3);
    assertThat(found(notes, 0, 10_000, List.of(), false)).isEmpty();
  }

  private static Annotations.Given given(Long time, Long end, String text, List<String> tags) {
    return new Annotations.Given(time, end, text, tags, null);
  }

  private static List<Long> found(
      Annotations notes, long from, long to, List<String> tags, boolean any) {
    return notes.find(TENANT, new Annotations.Query(from, to, "", 0, tags, any, 100)).stream()
        .map(Annotations.Note::id)
        .toList();
  }

  private DashboardLibrary.Saved save(String text) {
    return library.save(TENANT, command(text, "", false));
  }

  private static DashboardLibrary.Save command(String text, String folder, boolean overwrite) {
    try {
      return new DashboardLibrary.Save(DocumentReader.read(text), folder, "", overwrite, "me");
    } catch (DocumentException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(Runnable call, int status, String word) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.status()).as(e.getMessage()).isEqualTo(status);
              assertThat(e.word()).as(e.getMessage()).isEqualTo(word);
            });
  }
}
