package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.notify.Exchange;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notifications of one queue: reads them from the outbox, tries once, and records how it
 * went in the outbox, the notification log and the incidents in one transaction. Thread-safe.
 */
final class Post implements ReceiverQueue.Postman {
  private static final Logger log = LoggerFactory.getLogger(Post.class);

  /** The carrier's payload is kept up to this length. */
  private static final int PAYLOAD_BYTES_MAX = 64 << 10;

  /** Of one try, as others wait behind it. */
  private static final Duration TRY_MAX = Duration.ofMinutes(1);

  private final TenantId tenant;
  private final String integration;
  private final Deliveries.Tools tools;
  private final DeliveryEvents events;

  /** Runs the sender so that it can be interrupted, and tells whether it was. */
  interface Line {
    Sender.Outcome send(Sending sending);

    boolean isClosed();
  }

  /** What is sent. */
  @FunctionalInterface
  interface Sending {
    Sender.Outcome send();
  }

  private final Line line;

  Post(
      TenantId tenant,
      String integration,
      Deliveries.Tools tools,
      DeliveryEvents events,
      Line line) {
    this.tenant = tenant;
    this.integration = integration;
    this.tools = tools;
    this.events = events;
    this.line = line;
  }

  @Override
  public ReceiverQueue.Result send(List<Waiting> batch) {
    try {
      return sent(read(batch));
    } catch (StateException e) {
      log.error("reading or recording a notification to {} failed", integration, e);
      return ReceiverQueue.Result.BROKEN_OFF;
    }
  }

  /** What the outbox and the log have of one. */
  private record Letter(Waiting waiting, Notification notification, ReceiverData remembered) {}

  /** The letters of one message; a damaged one is given up. */
  private List<Letter> read(List<Waiting> batch) {
    Map<String, NotificationLog.Entry> told = new HashMap<>();
    Map<Long, byte[]> payloads =
        tools
            .state()
            .transaction(tables -> {
              for (Waiting each : batch) {
                tables
                    .notificationLog()
                    .find(tenant, each.groupKey, integration)
                    .ifPresent(entry -> told.put(each.groupKey, entry));
              }
              return tables.outbox().payloads(batch.stream().map(each -> each.id).toList());
            });
    List<Letter> letters = new ArrayList<>();
    for (Waiting each : batch) {
      try {
        byte[] payload = payloads.getOrDefault(each.id, new byte[0]);
        Notification notification = Notification.fromBytes(PackedText.unpack(payload));
        letters.add(new Letter(each, notification, remembered(told.get(each.groupKey))));
      } catch (IOException e) {
        String why = "the stored notification is damaged: " + e.getMessage();
        log.error("a notification to {} is given up: {}", integration, why);
        long now = tools.clock().epochNanos();
        tools.state().write(t -> t.outbox().drop(each.id, Outbox.Condition.FAILED, why, now));
      }
    }
    return letters;
  }

  /** Forgotten when the group is told for the first time again. */
  private static ReceiverData remembered(
      NotificationLog.@org.jspecify.annotations.Nullable Entry told) {
    return told == null || told.firing().length == 0
        ? ReceiverData.NONE
        : new ReceiverData(told.receiverData());
  }

  private ReceiverQueue.Result sent(List<Letter> letters) {
    if (letters.isEmpty()) {
      return ReceiverQueue.Result.REFUSED;
    }
    boolean digest = letters.size() > 1;
    Notification message =
        digest
            ? Digest.of(integration, letters.stream().map(Letter::notification).toList())
            : letters.getFirst().notification;
    letters.forEach(each -> each.waiting.attempts++);
    tools.metrics().tried(integration);
    if (digest) {
      tools.metrics().digest(integration, letters.size());
    }
    long began = tools.clock().monotonicNanos();
    Sender.Outcome outcome = line.send(() -> tried(letters.getFirst(), message));
    Outbox.Attempt attempt =
        new Outbox.Attempt(
            letters.getFirst().waiting.attempts,
            tools.clock().epochNanos(),
            tools.clock().monotonicNanos() - began,
            outcome instanceof Sender.Outcome.Failed failed ? failed.error() : "",
            outcome.exchanges().isEmpty() ? 0 : outcome.exchanges().getLast().status(),
            PackedText.pack(StoredExchanges.write(outcome.exchanges())));
    return switch (outcome) {
      case Sender.Outcome.Delivered delivered -> delivered(letters, message, delivered, attempt);
      case Sender.Outcome.Failed failed ->
          line.isClosed() ? ReceiverQueue.Result.BROKEN_OFF : failed(letters, failed, attempt);
    };
  }

  private Sender.Outcome tried(Letter first, Notification message) {
    Deliveries.Target target = first.waiting.target;
    try {
      Duration timeout = target.timeout().compareTo(TRY_MAX) < 0 ? target.timeout() : TRY_MAX;
      return target.sender().send(message, first.remembered, timeout);
    } catch (RuntimeException e) {
      log.error("telling {} broke off", integration, e);
      return new Sender.Outcome.Failed(
          e.toString(), false, FailureReason.OTHER, List.<Exchange>of());
    }
  }

  private ReceiverQueue.Result delivered(
      List<Letter> letters,
      Notification message,
      Sender.Outcome.Delivered delivered,
      Outbox.Attempt attempt) {
    Outbox.Sent sent = sent(letters, letters.getFirst().waiting.id);
    Optional<byte[]> kept = kept(letters.getFirst().notification);
    tools
        .state()
        .write(tables -> {
          tables.outbox().end(sent, Outbox.Condition.DELIVERED, attempt, kept.orElse(null));
          for (Letter each : letters) {
            tables.notificationLog().put(tenant, entry(each, delivered, attempt.atNanos()));
            tell(tables, each, sent, DeliveryEvents.Outcome.DELIVERED, attempt);
          }
        });
    if (letters.getFirst().waiting.attempts > 1) {
      log.info(
          "{} was told of {} after {} attempts",
          integration,
          letters.size() > 1 ? message.reason() : "a group",
          letters.getFirst().waiting.attempts);
    }
    return ReceiverQueue.Result.DELIVERED;
  }

  private NotificationLog.Entry entry(
      Letter letter, Sender.Outcome.Delivered delivered, long nowNanos) {
    return new NotificationLog.Entry(
        letter.notification.groupKey(),
        integration,
        letter.notification.firing(),
        letter.notification.resolved(),
        nowNanos,
        nowNanos + letter.waiting.target.remembered().toNanos(),
        delivered.remembered().values());
  }

  private ReceiverQueue.Result failed(
      List<Letter> letters, Sender.Outcome.Failed failed, Outbox.Attempt attempt) {
    tools.metrics().failed(integration);
    warn(letters, failed);
    Outbox.Sent sent = sent(letters, letters.getFirst().waiting.id);
    boolean first = letters.getFirst().waiting.error.isEmpty();
    letters.forEach(each -> each.waiting.error = failed.error());
    boolean digest = letters.size() > 1;
    if (failed.retry() || digest) {
      tools
          .state()
          .write(tables -> {
            tables.outbox().retry(sent, attempt);
            if (first) {
              letters.forEach(
                  each -> tell(tables, each, sent, DeliveryEvents.Outcome.FAILED, attempt));
            }
          });
      return failed.retry() ? ReceiverQueue.Result.FAILED : ReceiverQueue.Result.DIGEST_REFUSED;
    }
    tools.metrics().refused(integration, failed.reason());
    Optional<byte[]> kept = kept(letters.getFirst().notification);
    tools
        .state()
        .write(tables -> {
          tables.outbox().end(sent, Outbox.Condition.FAILED, attempt, kept.orElse(null));
          letters.forEach(
              each -> tell(tables, each, sent, DeliveryEvents.Outcome.REFUSED, attempt));
        });
    return ReceiverQueue.Result.REFUSED;
  }

  private void warn(List<Letter> letters, Sender.Outcome.Failed failed) {
    if (!failed.error().equals(letters.getFirst().waiting.error)) {
      log.warn(
          "telling {} failed at attempt {}{}: {}",
          integration,
          letters.getFirst().waiting.attempts,
          failed.retry() ? ", it will be tried again" : "",
          failed.error());
    }
  }

  private void tell(
      State.Tables tables,
      Letter letter,
      Outbox.Sent sent,
      DeliveryEvents.Outcome outcome,
      Outbox.Attempt attempt) {
    events.told(
        tables,
        letter.waiting.groupKey,
        new DeliveryEvents.News(
            letter.waiting.id,
            integration,
            outcome,
            letter.notification.reason(),
            letter.notification.firing().length,
            letter.notification.resolved().length,
            attempt.error(),
            sent.ids().size() > 1 ? sent.carrier() : 0,
            attempt.atNanos()));
  }

  private static Outbox.Sent sent(List<Letter> letters, long carrier) {
    return new Outbox.Sent(carrier, letters.stream().map(each -> each.waiting.id).toList());
  }

  /** What is kept of a long payload: its first alerts; empty where it is kept as it is. */
  private static Optional<byte[]> kept(Notification notification) {
    byte[] packed = PackedText.pack(notification.toBytes());
    if (packed.length <= PAYLOAD_BYTES_MAX) {
      return Optional.empty();
    }
    int alerts = notification.alerts().size();
    while (packed.length > PAYLOAD_BYTES_MAX && alerts > 0) {
      alerts /= 4;
      packed =
          PackedText.pack(
              notification.withAlerts(notification.alerts().subList(0, alerts)).toBytes());
    }
    return Optional.of(packed);
  }
}
