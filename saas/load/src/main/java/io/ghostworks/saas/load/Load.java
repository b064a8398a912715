package io.ghostworks.saas.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** The load process: signs the tenants up, then lets their people work until it is stopped. */
public final class Load {
  private static final int IN_FLIGHT_MAX = 100;
  private static final int FIRST_PEOPLE = 2;
  private static final int CHURN_TENANTS = 3;
  private static final double CHURN_SECONDS = 100;
  private static final double REPORT_SECONDS = 30;

  private final ApiClient api;
  private final SignUps signUps;
  private final Actions actions;
  private final Traffic traffic;
  private final RandomGenerator random;
  private final int tenants;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private final long startNanos = System.nanoTime();

  private Load(URI target, int tenants, double meanPerSecond, Duration day, long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    this.random = new LockedRandom(seeds.split());
    this.tenants = tenants;
    this.api = new ApiClient(target);
    this.signUps =
        new SignUps(api, random, Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
    this.actions = new Actions(api, signUps, random);
    this.traffic = new Traffic(new DailyShape(day.toSeconds()), meanPerSecond, seeds.split());
  }

  /**
   * Settings are system properties: {@code saas.load.target}, {@code .tenants}, {@code .rate}
   * (actions per second, the mean of a day), {@code .day} (how long a day lasts) and {@code .seed}.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Load load =
        new Load(
            URI.create(System.getProperty("saas.load.target", "http://127.0.0.1:8000")),
            Integer.getInteger("saas.load.tenants", 20),
            Double.parseDouble(System.getProperty("saas.load.rate", "8")),
            Duration.parse(System.getProperty("saas.load.day", "PT20M")),
            Long.getLong("saas.load.seed", System.nanoTime()));
    load.signUp();
    System.out.println("ready");
    load.run();
  }

  /**
   * Signs up gently: a machine that has just started everything is slow, and slow answers are
   * alerts.
   */
  private void signUp() throws InterruptedException {
    while (traffic.customers().size() < tenants) {
      Optional<Customer> customer = signUps.tenant(FIRST_PEOPLE);
      customer.ifPresent(traffic::join);
      Thread.sleep(customer.isPresent() ? 50 : 1000);
    }
  }

  private void run() throws InterruptedException {
    double nextChurn = CHURN_SECONDS;
    double nextReport = REPORT_SECONDS;
    while (true) {
      double now = seconds();
      Thread.sleep(Duration.ofNanos((long) (traffic.secondsToNext(now) * 1e9)));
      Customer customer = traffic.pick(seconds());
      if (inFlight.tryAcquire()) {
        Thread.ofVirtual().start(() -> act(customer));
      }
      if (now >= nextChurn) {
        nextChurn = now + CHURN_SECONDS;
        Thread.ofVirtual().start(this::churn);
      }
      if (now >= nextReport) {
        nextReport = now + REPORT_SECONDS;
        System.out.println("load " + api.takeCounts() + " tenants=" + traffic.customers().size());
      }
    }
  }

  private void act(Customer customer) {
    try {
      actions.run(customer);
    } finally {
      inFlight.release();
    }
  }

  /**
   * Tenants come and go: a new one signs up; where there are some more than at the start, one
   * leaves.
   */
  private void churn() {
    signUps.tenant(1).ifPresent(traffic::join);
    List<Customer> customers = traffic.customers();
    if (customers.size() > tenants + CHURN_TENANTS) {
      Customer leaving = customers.get(random.nextInt(customers.size()));
      traffic.leave(leaving);
      String token = leaving.anyPerson(random).token();
      api.send("DELETE", "/api/tenants/" + leaving.tenantId(), token, null);
    }
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** One source of randomness for all threads. */
  private record LockedRandom(RandomGenerator random) implements RandomGenerator {
    @Override
    public long nextLong() {
      synchronized (random) {
        return random.nextLong();
      }
    }
  }
}
