package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.List;

/** Where alerts go that fire, go on firing or have resolved. */
public interface AlertSink {

  /**
   * Stores what must not be lost, inside the transaction that stores the alerts' transitions. Must
   * not block on anything but the tables.
   */
  void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts);

  /** Called once that transaction is on disk. */
  void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts);
}
