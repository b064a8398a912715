package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.LiveLayers.Layers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the parts that are past retention, by time and by size. Used by one thread at a time. */
final class PartExpiry {
  private final LiveLayers live;
  private final Retention retention;
  private final PartExchange exchange;
  private final Downsampling downsampling;
  private final Accounts accounts;
  private final ChangedTimes changes;
  private final Expiry expiry;
  private Map<TenantId, Long> floors = Map.of();

  PartExpiry(
      LiveLayers live,
      Retention retention,
      PartExchange exchange,
      Downsampling downsampling,
      Accounts accounts,
      ChangedTimes changes,
      Expiry expiry) {
    this.live = live;
    this.retention = retention;
    this.exchange = exchange;
    this.downsampling = downsampling;
    this.accounts = accounts;
    this.changes = changes;
    this.expiry = expiry;
  }

  /** Drops whole parts; what coarser rows are still to be made of stays. */
  void expire() throws IOException {
    List<LivePart> all = live.current().parts();
    expiry.retain(all);
    Map<TenantId, Long> floorsBefore = floors;
    floors = expiry.floors(all);
    retention.floors(floors);
    changes.moved(floorsBefore, floors);
    List<LivePart> past = new ArrayList<>();
    for (LivePart part : all) {
      if (expiry.isPast(part, floors, part.isStep(all)) && !downsampling.awaits(part)) {
        past.add(part);
      }
    }
    drop(past, "time");
    drop(expiry.beyondSize(live.current().parts()), "size");
  }

  /**
   * A part of which some series only are past their retention, or null.
   *
   * @param leftAlone parts that cannot be rewritten
   */
  @Nullable LivePart partlyPast(Layers layers, Set<LivePart> leftAlone) {
    for (LivePart part : layers.parts()) {
      if (!leftAlone.contains(part)
          && expiry.isPartlyPast(part, floors, part.isStep(layers.parts()))
          && !downsampling.awaits(part)) {
        return part;
      }
    }
    return null;
  }

  private void drop(List<LivePart> dropped, String reason) throws IOException {
    if (!dropped.isEmpty()) {
      exchange.replace(dropped, null);
      changes.changed(dropped);
      accounts.dropped(reason, dropped.size());
    }
  }
}
