package io.ghostworks.saas.load;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * When the next action happens and whose it is: arrivals are independent of how fast the API
 * answers (a Poisson process whose rate follows each tenant's day), and now and then one tenant
 * comes all at once. One thread.
 */
final class Traffic {
  private static final double BURST_EVERY_SECONDS = 75;
  private static final double BURST_SECONDS = 12;
  private static final double BURST_FACTOR = 12;

  private final DailyShape day;
  private final double meanPerSecond;
  private final RandomGenerator random;
  private final List<Customer> customers = new CopyOnWriteArrayList<>();
  private int burst = -1;
  private double burstEndsAt;
  private double nextBurstAt;

  Traffic(DailyShape day, double meanPerSecond, RandomGenerator random) {
    this.day = day;
    this.meanPerSecond = meanPerSecond;
    this.random = random;
    this.nextBurstAt = BURST_EVERY_SECONDS / 2;
  }

  void join(Customer customer) {
    customers.add(customer);
  }

  void leave(Customer customer) {
    customers.remove(customer);
  }

  List<Customer> customers() {
    return List.copyOf(customers);
  }

  /** Seconds from this time to the next action. */
  double secondsToNext(double now) {
    double rate = weights(now)[customers.size()] / mean() * meanPerSecond;
    return -Math.log(1 - random.nextDouble()) / Math.max(rate, 0.1);
  }

  /** Whose action it is at this time. */
  Customer pick(double now) {
    double[] weights = weights(now);
    double at = random.nextDouble() * weights[customers.size()];
    for (int i = 0; i < customers.size(); i++) {
      at -= weights[i];
      if (at < 0) {
        return customers.get(i);
      }
    }
    return customers.getLast();
  }

  /** The weight of each customer now, and last their sum. */
  private double[] weights(double now) {
    moveBurst(now);
    double[] weights = new double[customers.size() + 1];
    double sum = 0;
    for (int i = 0; i < customers.size(); i++) {
      Customer customer = customers.get(i);
      double weight = customer.weight() * day.factor(now, customer.zoneHours());
      weights[i] = i == burst ? weight * BURST_FACTOR : weight;
      sum += weights[i];
    }
    weights[customers.size()] = sum;
    return weights;
  }

  private double mean() {
    return customers.stream().mapToDouble(Customer::weight).sum();
  }

  private void moveBurst(double now) {
    if (burst >= 0 && now >= burstEndsAt) {
      burst = -1;
      nextBurstAt = now + BURST_EVERY_SECONDS * (0.5 + random.nextDouble());
    }
    if (burst < 0 && now >= nextBurstAt && !customers.isEmpty()) {
      burst = random.nextInt(customers.size());
      burstEndsAt = now + BURST_SECONDS * (0.5 + random.nextDouble());
    }
  }
}
