package io.ghostworks.saas.load;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A tenant as its people know it: who they are, and what they have made lately. Thread-safe. */
final class Customer {
  private static final int ARTIFACTS_MAX = 40;

  private final String tenantId;
  private final double zoneHours;
  private final double weight;
  private final List<Person> people = new CopyOnWriteArrayList<>();
  private final List<String> artifacts = new CopyOnWriteArrayList<>();

  /**
   * @param zoneHours the offset of the tenant's time zone
   * @param weight how much of the traffic it makes, relative to others
   */
  Customer(String tenantId, double zoneHours, double weight) {
    this.tenantId = tenantId;
    this.zoneHours = zoneHours;
    this.weight = weight;
  }

  /** A user with an open session. */
  record Person(String email, String password, String token) {}

  String tenantId() {
    return tenantId;
  }

  double zoneHours() {
    return zoneHours;
  }

  double weight() {
    return weight;
  }

  int size() {
    return people.size();
  }

  void join(Person person) {
    people.add(person);
  }

  void replace(Person before, Person after) {
    people.remove(before);
    people.add(after);
  }

  Person anyPerson(RandomGenerator random) {
    return people.get(random.nextInt(people.size()));
  }

  void made(String artifactId) {
    artifacts.add(artifactId);
    if (artifacts.size() > ARTIFACTS_MAX) {
      artifacts.removeFirst();
    }
  }

  void removed(String artifactId) {
    artifacts.remove(artifactId);
  }

  /** One of the latest artifacts, or an empty string where there is none. */
  String anyArtifact(RandomGenerator random) {
    List<String> now = List.copyOf(artifacts);
    return now.isEmpty() ? "" : now.get(random.nextInt(now.size()));
  }
}
