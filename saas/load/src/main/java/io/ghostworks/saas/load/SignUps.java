package io.ghostworks.saas.load;

import io.ghostworks.saas.load.Api.Answer;
import io.ghostworks.saas.load.Customer.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Brings tenants and their people into the SaaS. Thread-safe. */
final class SignUps {
  private static final List<String> NAMES =
      List.of(
          "Acme",
          "Borealis",
          "Cobalt",
          "Dovetail",
          "Evergreen",
          "Fathom",
          "Granite",
          "Harbor",
          "Indigo",
          "Juniper",
          "Kestrel",
          "Lumen",
          "Meridian",
          "Nimbus",
          "Orchard",
          "Paragon",
          "Quarry",
          "Redwood",
          "Sable",
          "Tundra",
          "Umber",
          "Vantage",
          "Willow",
          "Zephyr");
  private static final List<String> TIERS =
      List.of("free", "team", "free", "team", "enterprise", "free", "team");
  private static final double[] ZONES = {-8, -5, 0, 1, 1, 2, 5.5, 9};

  private final Api api;
  private final RandomGenerator random;
  private final String run;
  private final AtomicInteger tenants = new AtomicInteger();
  private final AtomicInteger people = new AtomicInteger();

  /**
   * @param run tells the mail addresses of this run from those of others on the same database
   */
  SignUps(Api api, RandomGenerator random, String run) {
    this.api = api;
    this.random = random;
    this.run = run;
  }

  /** A new tenant with its first people; empty where the API does not answer as it should. */
  Optional<Customer> tenant(int firstPeople) {
    int number = tenants.getAndIncrement();
    String tier = TIERS.get(number % TIERS.size());
    Answer created =
        api.send(
            "POST",
            "/api/tenants",
            null,
            Map.of("name", NAMES.get(number % NAMES.size()), "tier", tier));
    if (!created.ok()) {
      return Optional.empty();
    }
    double weight = 0.5 + TIERS.indexOf(tier) + random.nextDouble();
    Customer customer = new Customer(created.text("id"), ZONES[number % ZONES.length], weight);
    for (int i = 0; i < firstPeople; i++) {
      person(customer);
    }
    return customer.size() == 0 ? Optional.empty() : Optional.of(customer);
  }

  /** A new user of a tenant: registered, activated and logged in. */
  void person(Customer customer) {
    String email = "user" + people.incrementAndGet() + "-" + run + "@example.com";
    String password = "correct horse " + email;
    Answer registered = register(customer, email, password);
    if (!registered.ok()) {
      return;
    }
    api.send(
        "POST",
        "/api/users/" + registered.text("userId") + "/activation",
        null,
        Map.of("code", registered.text("activationCode")));
    logIn(email, password).ifPresent(customer::join);
  }

  /** A user who registers and never comes back. */
  void strayPerson(Customer customer) {
    String email = "user" + people.incrementAndGet() + "-" + run + "@example.com";
    register(customer, email, "never used again");
  }

  Optional<Person> logIn(String email, String password) {
    Answer session =
        api.send("POST", "/api/sessions", null, Map.of("email", email, "password", password));
    return session.ok()
        ? Optional.of(new Person(email, password, session.text("token")))
        : Optional.empty();
  }

  private Answer register(Customer customer, String email, String password) {
    return api.send(
        "POST",
        "/api/users",
        null,
        Map.of(
            "tenantId", customer.tenantId(), "email", email, "name", "User", "password", password));
  }
}
