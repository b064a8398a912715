package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Fleet;
import io.ghostworks.bench.fleet.RequestTemplate;
import io.ghostworks.bench.fleet.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Scrapes the targets of a fleet in made-up time and sends what they give, 500 samples a request.
 */
final class FleetSender {
  private static final int PER_REQUEST = 500;

  /** Prometheus refuses what is an hour behind the newest of all samples. */
  private static final int ROUNDS_APART_MAX = 20;

  private final Fleet fleet;
  private final RoundSender sender;
  private final List<List<RequestTemplate>> templates = new ArrayList<>();

  FleetSender(Fleet fleet, RoundSender sender) {
    this.fleet = fleet;
    this.sender = sender;
    for (Target target : fleet.targets()) {
      List<RequestTemplate> ofTarget = new ArrayList<>();
      for (int from = 0; from < target.labels().size(); from += PER_REQUEST) {
        int to = Math.min(target.labels().size(), from + PER_REQUEST);
        ofTarget.add(RequestTemplate.of(target.labels().subList(from, to)));
      }
      templates.add(ofTarget);
    }
  }

  /**
   * Sends scrapes.
   *
   * @param stepMs between two of them
   * @return how many samples were sent
   */
  long send(long startMs, long stepMs, int rounds) throws InterruptedException {
    RoundSender.Share share =
        (connection, round) -> {
          for (int i = connection; i < templates.size(); i += RoundSender.CONNECTIONS) {
            fleet.targets().get(i).scrape(startMs + round * stepMs);
            send(fleet.targets().get(i), templates.get(i));
          }
        };
    for (int from = 0; from < rounds; from += ROUNDS_APART_MAX) {
      sender.rounds(from, Math.min(rounds, from + ROUNDS_APART_MAX), share);
    }
    return (long) fleet.series() * rounds;
  }

  private void send(Target target, List<RequestTemplate> requests)
      throws IOException, InterruptedException {
    int from = 0;
    for (RequestTemplate request : requests) {
      sender.send(request.fill(target.values(), from, target.timestampMs()));
      from += request.size();
    }
  }
}
