package io.ghostworks.saas.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.saas.load.Api.Answer;
import io.ghostworks.saas.load.Customer.Person;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What people do, and how often: one action is one to three requests. Thread-safe. */
final class Actions {
  private static final List<String> WORDS =
      List.of(
          "report",
          "contract",
          "design",
          "photo",
          "invoice",
          "draft",
          "plan",
          "slides",
          "budget",
          "notes");
  private static final List<String> TAGS =
      List.of("draft", "final", "legal", "design", "finance", "2026");

  private final Api api;
  private final SignUps signUps;
  private final RandomGenerator random;
  private final NavigableMap<Double, Action> byWeight = new TreeMap<>();
  private double total;

  Actions(Api api, SignUps signUps, RandomGenerator random) {
    this.api = api;
    this.signUps = signUps;
    this.random = random;
    weigh(32, this::view);
    weigh(24, this::search);
    weigh(15, this::create);
    weigh(5, this::share);
    weigh(2, this::delete);
    weigh(6, (customer, person) -> api.get("/api/me", person.token()));
    weigh(4, (customer, person) -> api.get("/api/usage", person.token()));
    weigh(2, (customer, person) -> api.get("/api/plans", person.token()));
    weigh(3, this::payInvoices);
    weigh(2.5, this::logInAgain);
    weigh(1.2, (customer, person) -> signUps.person(customer));
    weigh(0.5, (customer, person) -> signUps.strayPerson(customer));
    weigh(0.5, this::changePlan);
    weigh(4, this::makeMistake);
  }

  private interface Action {
    void run(Customer customer, Person person);
  }

  /** Somebody of a tenant does something. */
  void run(Customer customer) {
    byWeight
        .higherEntry(random.nextDouble() * total)
        .getValue()
        .run(customer, customer.anyPerson(random));
  }

  private void weigh(double weight, Action action) {
    total += weight;
    byWeight.put(total, action);
  }

  private void view(Customer customer, Person person) {
    String artifact = customer.anyArtifact(random);
    if (artifact.isEmpty()) {
      create(customer, person);
    } else {
      api.get("/api/artifacts/" + artifact, person.token());
    }
  }

  private void search(Customer customer, Person person) {
    String tag = random.nextInt(3) == 0 ? "&tag=" + any(TAGS) : "";
    api.get("/api/artifacts?q=" + any(WORDS) + tag, person.token());
  }

  private void create(Customer customer, Person person) {
    Answer created =
        api.send(
            "POST",
            "/api/artifacts",
            person.token(),
            Map.of(
                "name", any(WORDS) + " " + random.nextInt(1000),
                "sizeBytes", 1000L + random.nextInt(5_000_000),
                "tags", List.of(any(TAGS))));
    if (created.ok()) {
      customer.made(created.text("id"));
    }
  }

  private void share(Customer customer, Person person) {
    String artifact = customer.anyArtifact(random);
    if (!artifact.isEmpty()) {
      api.send(
          "POST",
          "/api/artifacts/" + artifact + "/shares",
          person.token(),
          Map.of("with", "partner" + random.nextInt(100) + "@example.org"));
    }
  }

  private void delete(Customer customer, Person person) {
    String artifact = customer.anyArtifact(random);
    if (!artifact.isEmpty()) {
      customer.removed(artifact);
      api.send("DELETE", "/api/artifacts/" + artifact, person.token(), null);
    }
  }

  private void payInvoices(Customer customer, Person person) {
    for (JsonNode invoice : api.get("/api/invoices", person.token()).body()) {
      if (random.nextInt(10) < 8) {
        api.send(
            "POST",
            "/api/invoices/" + invoice.path("id").asText() + "/payments",
            person.token(),
            null);
      }
    }
  }

  private void logInAgain(Customer customer, Person person) {
    if (customer.size() > 1) {
      signUps
          .logIn(person.email(), person.password())
          .ifPresent(again -> customer.replace(person, again));
    }
  }

  private void changePlan(Customer customer, Person person) {
    String tier = List.of("free", "team", "team", "enterprise").get(random.nextInt(4));
    api.send(
        "PUT",
        "/api/tenants/" + customer.tenantId() + "/plan",
        person.token(),
        Map.of("tier", tier));
  }

  private void makeMistake(Customer customer, Person person) {
    switch (random.nextInt(6)) {
      case 0 ->
          api.get("/api/artifacts/art-" + Integer.toHexString(random.nextInt()), person.token());
      case 1 ->
          api.send("POST", "/api/artifacts", person.token(), Map.of("name", "", "sizeBytes", 1));
      case 2 -> signUps.logIn(person.email(), "wrong password");
      case 3 -> api.get("/api/me", "no-such-token");
      case 4 -> api.get("/api/artefacts", person.token());
      default -> api.send("POST", "/api/invoices/inv-0/payments", person.token(), null);
    }
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
