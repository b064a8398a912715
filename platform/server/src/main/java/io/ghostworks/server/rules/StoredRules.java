package io.ghostworks.server.rules;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.settings.RulerLimits;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredRuleGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups that clients store, of all tenants. A change is checked, stored with its version, and
 * then takes effect; it is refused whole otherwise. Thread-safe.
 */
public final class StoredRules {

  private static final Logger log = LoggerFactory.getLogger(StoredRules.class);
  private static final int VERSIONS_PER_GROUP_MAX = 100;
  private static final int VERSIONS_PER_TENANT_MAX = 10_000;
  private static final int NAME_CHARS_MAX = 1_024;

  private final State state;
  private final RuleFileReader reader;
  private final Function<TenantId, RulerLimits> limits;
  private final Clock clock;

  /** Neither it nor what is in it is ever changed: readers need no lock. */
  private volatile Map<TenantId, Map<GroupName, StoredGroup>> tenants = Map.of();

  private Consumer<TenantId> changed = tenant -> {};

  /**
   * A group among a tenant's.
   *
   * @param language of its expressions
   */
  record GroupName(RuleLanguage language, String namespace, String group)
      implements Comparable<GroupName> {
    @Override
    public int compareTo(GroupName other) {
      int order = language.compareTo(other.language);
      order = order == 0 ? namespace.compareTo(other.namespace) : order;
      return order == 0 ? group.compareTo(other.group) : order;
    }
  }

  /**
   * @param body YAML, as it is answered
   */
  record StoredGroup(RuleFile.Group group, String body, int version) {}

  /** A group cannot be stored as it is; the message tells all its mistakes. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * @param limits of each tenant, as they hold at the moment
   */
  public StoredRules(
      State state, RuleFileReader reader, Function<TenantId, RulerLimits> limits, Clock clock) {
    this.state = state;
    this.reader = reader;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Reads what is stored.
   *
   * @param afterChange is called when a tenant's groups have changed, and lets that take effect
   */
  public synchronized void open(Consumer<TenantId> afterChange) {
    Map<TenantId, Map<GroupName, StoredGroup>> read = new TreeMap<>();
    for (StoredRuleGroups.Group stored :
        state.transaction(tables -> tables.storedRuleGroups().all())) {
      RuleLanguage language = RuleLanguage.find(stored.language()).orElseThrow();
      try {
        StoredGroup group =
            new StoredGroup(
                read(stored.namespace(), language, stored.body()), stored.body(), stored.version());
        read.computeIfAbsent(stored.tenant(), t -> new TreeMap<>())
            .put(new GroupName(language, stored.namespace(), stored.name()), group);
      } catch (RefusedException e) {
        log.error(
            "the stored group {} of namespace {} of the tenant {} is not evaluated: {}",
            stored.name(),
            stored.namespace(),
            stored.tenant(),
            e.getMessage());
      }
    }
    tenants = read;
    changed = afterChange;
  }

  private Map<GroupName, StoredGroup> groupsOf(TenantId tenant) {
    return tenants.getOrDefault(tenant, Map.of());
  }

  private void replace(TenantId tenant, Map<GroupName, StoredGroup> groups) {
    Map<TenantId, Map<GroupName, StoredGroup>> next = new TreeMap<>(tenants);
    next.put(tenant, groups);
    tenants = next;
    changed.accept(tenant);
  }

  /** The tenants that have groups, or had some. */
  public Set<TenantId> tenants() {
    return new TreeSet<>(tenants.keySet());
  }

  /** A tenant's groups as files, one for each namespace and language. */
  public List<RuleFile> files(TenantId tenant) {
    List<RuleFile> files = new ArrayList<>();
    Map<GroupName, StoredGroup> groups = groupsOf(tenant);
    groups.keySet().stream()
        .map(name -> new GroupName(name.language, name.namespace, ""))
        .distinct()
        .forEach(place ->
            files.add(
                new RuleFile(
                    place.namespace,
                    RuleFile.Origin.API,
                    place.language,
                    groups.entrySet().stream()
                        .filter(each -> isIn(each.getKey(), place))
                        .map(each -> each.getValue().group)
                        .toList())));
    return files;
  }

  private static boolean isIn(GroupName name, GroupName place) {
    return name.language == place.language && name.namespace.equals(place.namespace);
  }

  /**
   * A tenant's groups in a language, by namespace.
   *
   * @param namespace "" for all
   */
  Map<String, List<String>> bodies(TenantId tenant, RuleLanguage language, String namespace) {
    Map<String, List<String>> bodies = new TreeMap<>();
    groupsOf(tenant)
        .forEach((name, group) -> {
          if (name.language == language
              && (namespace.isEmpty() || name.namespace.equals(namespace))) {
            bodies.computeIfAbsent(name.namespace, n -> new ArrayList<>()).add(group.body);
          }
        });
    return bodies;
  }

  Optional<StoredGroup> find(TenantId tenant, GroupName name) {
    return Optional.ofNullable(groupsOf(tenant).get(name));
  }

  /**
   * Stores a group in the place of the one of its name.
   *
   * @param text YAML, as a client sends it
   * @param author who asks
   * @param kind {@code set} or {@code restore}
   */
  synchronized void set(
      TenantId tenant,
      RuleLanguage language,
      String namespace,
      String text,
      String author,
      String kind)
      throws RefusedException {
    checkName("namespace", namespace);
    ConfigNode root = parse(text);
    RuleFile.Group group = read(namespace, language, root);
    checkName("name of a group", group.name());
    GroupName name = new GroupName(language, namespace, group.name());
    checkLimits(tenant, name, group);
    String body = GroupYaml.of(root);
    StoredRuleGroups.Group row =
        new StoredRuleGroups.Group(tenant, language.word(), namespace, group.name(), body, 0);
    StoredRuleGroups.Change change = new StoredRuleGroups.Change(kind, author, clock.epochNanos());
    int version =
        state.transaction(tables -> {
          int stored = tables.storedRuleGroups().set(row, change);
          tables
              .storedRuleGroups()
              .forgetVersions(row, VERSIONS_PER_GROUP_MAX, VERSIONS_PER_TENANT_MAX);
          return stored;
        });
    Map<GroupName, StoredGroup> next = new TreeMap<>(groupsOf(tenant));
    next.put(name, new StoredGroup(group, body, version));
    replace(tenant, next);
  }

  private static void checkName(String what, String name) throws RefusedException {
    if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
      throw new RefusedException(
          "the %s must have from 1 to %d characters, got %d"
              .formatted(what, NAME_CHARS_MAX, name.length()));
    }
  }

  private void checkLimits(TenantId tenant, GroupName name, RuleFile.Group group)
      throws RefusedException {
    RulerLimits limit = limits.apply(tenant);
    if (limit.rulesPerGroupMax() > 0 && group.rules().size() > limit.rulesPerGroupMax()) {
      throw new RefusedException(
          "per-user rules per rule group limit (limit: %d actual: %d) exceeded"
              .formatted(limit.rulesPerGroupMax(), group.rules().size()));
    }
    Map<GroupName, StoredGroup> groups = groupsOf(tenant);
    int count = groups.size() + (groups.containsKey(name) ? 0 : 1);
    if (limit.groupsMax() > 0 && count > limit.groupsMax()) {
      throw new RefusedException(
          "per-user rule groups limit (limit: %d actual: %d) exceeded"
              .formatted(limit.groupsMax(), count));
    }
  }

  private RuleFile.Group read(String namespace, RuleLanguage language, String text)
      throws RefusedException {
    return read(namespace, language, parse(text));
  }

  private static ConfigNode parse(String text) throws RefusedException {
    try {
      ConfigNode root = YamlReader.read("group", text);
      if (root instanceof ConfigNode.MapNode) {
        return root;
      }
    } catch (ConfigException e) {
      throw new RefusedException("unable to decoded rule group: " + e.getMessage());
    }
    throw new RefusedException("unable to decoded rule group");
  }

  private RuleFile.Group read(String namespace, RuleLanguage language, ConfigNode root)
      throws RefusedException {
    Findings findings = new Findings();
    RuleFile file = reader.readGroup(namespace, language, root, findings);
    if (findings.hasErrors()) {
      throw new RefusedException(
          findings.errors().stream().map(ConfigError::toString).collect(Collectors.joining(", ")));
    }
    return file.groups().getFirst();
  }

  /** Deletes a group; whether it was there. */
  synchronized boolean delete(TenantId tenant, GroupName name, String author) {
    return delete(tenant, List.of(name), author) > 0;
  }

  /** Deletes all groups of a namespace; whether there were any. */
  synchronized boolean deleteNamespace(
      TenantId tenant, RuleLanguage language, String namespace, String author) {
    GroupName place = new GroupName(language, namespace, "");
    List<GroupName> names =
        groupsOf(tenant).keySet().stream().filter(name -> isIn(name, place)).toList();
    return delete(tenant, names, author) > 0;
  }

  private int delete(TenantId tenant, List<GroupName> names, String author) {
    StoredRuleGroups.Change change =
        new StoredRuleGroups.Change("delete", author, clock.epochNanos());
    int deleted =
        state.transaction(tables -> {
          int count = 0;
          for (GroupName name : names) {
            count +=
                tables
                        .storedRuleGroups()
                        .delete(tenant, name.language.word(), name.namespace, name.group, change)
                    ? 1
                    : 0;
          }
          return count;
        });
    if (deleted > 0) {
      Map<GroupName, StoredGroup> next = new TreeMap<>(groupsOf(tenant));
      names.forEach(next::remove);
      replace(tenant, next);
    }
    return deleted;
  }

  /** The versions of a tenant's groups in a language, the newest first. */
  List<StoredRuleGroups.Version> versions(
      TenantId tenant, RuleLanguage language, StoredRuleGroups.Filter filter, int most) {
    return state.transaction(
        tables -> tables.storedRuleGroups().versions(tenant, language.word(), filter, most));
  }

  /**
   * Stores a former version of a group anew.
   *
   * @return whether there is such a version, and it is not a deletion
   */
  synchronized boolean restore(TenantId tenant, GroupName name, int version, String author)
      throws RefusedException {
    Optional<String> body =
        state
            .transaction(tables ->
                tables
                    .storedRuleGroups()
                    .findVersion(tenant, name.language.word(), name.namespace, name.group, version))
            .map(StoredRuleGroups.Version::body)
            .filter(text -> !text.isEmpty());
    if (body.isEmpty()) {
      return false;
    }
    set(tenant, name.language, name.namespace, body.get(), author, "restore");
    return true;
  }
}
