package io.ghostworks.saas.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.saas.load.SimulatedApi.Request;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two days of the demo's load, every hour and burst of them, in simulated time, seen through the
 * windows of the decision's alert rules.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedDayTest {
  private static final double DAY_SECONDS = 1200;
  private static final double END_SECONDS = 2 * DAY_SECONDS;
  private static final int TENANTS = 20;
  private static final double ACTIONS_PER_SECOND = 8;

  /** Window and threshold of HighErrorRate, by series of method, endpoint and status code. */
  private static final double WINDOW_SECONDS = 300;

  private static final double STEP_SECONDS = 30;

  private static final double ERRORS_PER_SECOND_MAX = 0.05;

  /** The shares of requests that the api's failures errors and latency strike. */
  private static final double ERRORS_SHARE = 0.35;

  private static final double LATENCY_SHARE = 0.7;

  /** Requests that put a job into the queue. */
  private static final Set<String> ENQUEUING =
      Set.of(
          "POST /api/artifacts 201", "POST /api/artifacts/{id}/shares 201", "POST /api/users 201");

  private final long seed = Long.getLong("test.seed", 20261122L);
  private final List<Request> requests = live();

  private List<Request> live() {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedApi api = new SimulatedApi();
    SignUps signUps = new SignUps(api, random.split(), "run");
    Actions actions = new Actions(api, signUps, random.split());
    Traffic traffic = new Traffic(new DailyShape(DAY_SECONDS), ACTIONS_PER_SECOND, random.split());
    for (int i = 0; i < TENANTS; i++) {
      signUps.tenant(2).ifPresent(traffic::join);
    }
    for (double now = 0; now < END_SECONDS; now += traffic.secondsToNext(now)) {
      api.moveTo(now);
      actions.run(traffic.pick(now));
    }
    return api.requests();
  }

  @Test
  void inGoodHealthNoSeriesComesNearTheThresholdOfErrors() {
    Map<String, Integer> most = mostInAWindow(request -> request.status() >= 500);
    assertThat(most).as("seed %d", seed).isNotEmpty();
    assertThat(most.values())
        .as("seed %d: %s", seed, most)
        .allMatch(count -> count / WINDOW_SECONDS < ERRORS_PER_SECOND_MAX / 2);
  }

  @Test
  void theErrorsSwitchLiftsASeriesFarAboveTheThresholdAtEveryHour() {
    assertThat(fewestOfTheBusiest() * ERRORS_SHARE / WINDOW_SECONDS)
        .as("seed %d", seed)
        .isGreaterThan(3 * ERRORS_PER_SECOND_MAX);
  }

  /** The 95th percentile is a request that waited, when clearly more than 5 % wait. */
  @Test
  void theLatencySwitchDelaysEnoughRequestsAtEveryHour() {
    double delayed = fewestOfTheBusiest() * LATENCY_SHARE;
    assertThat(delayed).as("seed %d", seed).isGreaterThan(50);
    assertThat(LATENCY_SHARE).isGreaterThan(0.05 * 4);
  }

  /** The oldest job grows old from the first one on that nobody takes. */
  @Test
  void jobsAreAskedForAtEveryHour() {
    double before = 0;
    double longest = 0;
    for (Request request : requests) {
      if (ENQUEUING.contains(seriesOf(request))) {
        longest = Math.max(longest, request.at() - before);
        before = request.at();
      }
    }
    assertThat(longest).as("seed %d", seed).isLessThan(15);
  }

  @Test
  void burstsStayWithinWhatTheApiCanServe() {
    int[] perSecond = new int[(int) END_SECONDS + 1];
    requests.forEach(request -> perSecond[(int) request.at()]++);
    int most = 0;
    for (int at = 0; at + 5 <= END_SECONDS; at++) {
      most = Math.max(most, Arrays.stream(perSecond, at, at + 5).sum());
    }
    assertThat(most / 5.0).as("seed %d", seed).isBetween(15.0, 80.0);
  }

  @Test
  void peopleMakeSomeMistakes() {
    double refused = requests.stream().filter(r -> r.status() / 100 == 4).count();
    assertThat(refused / requests.size()).as("seed %d", seed).isBetween(0.01, 0.1);
  }

  /** The most requests that each series has in any window. */
  private Map<String, Integer> mostInAWindow(Predicate<Request> wanted) {
    Map<String, Integer> most = new HashMap<>();
    for (double from = 0; from + WINDOW_SECONDS <= END_SECONDS; from += STEP_SECONDS) {
      counts(from, wanted).forEach((series, count) -> most.merge(series, count, Math::max));
    }
    return most;
  }

  /** What the busiest series has in the quietest window. */
  private int fewestOfTheBusiest() {
    int fewest = Integer.MAX_VALUE;
    for (double from = 0; from + WINDOW_SECONDS <= END_SECONDS; from += STEP_SECONDS) {
      int busiest =
          counts(from, request -> request.status() < 300).values().stream()
              .mapToInt(Integer::intValue)
              .max()
              .orElse(0);
      fewest = Math.min(fewest, busiest);
    }
    return fewest;
  }

  private Map<String, Integer> counts(double from, Predicate<Request> wanted) {
    Map<String, Integer> counts = new HashMap<>();
    for (Request request : requests) {
      if (request.at() >= from && request.at() < from + WINDOW_SECONDS && wanted.test(request)) {
        counts.merge(seriesOf(request), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String seriesOf(Request request) {
    return request.method() + " " + request.endpoint() + " " + request.status();
  }
}
