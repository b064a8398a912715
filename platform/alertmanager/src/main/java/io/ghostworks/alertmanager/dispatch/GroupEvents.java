package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.List;
import java.util.Set;

/**
 * Hears of the life of alert groups, inside the transaction that stores what happened: what it
 * writes is stored together with that or not at all. Called on the state's thread: takes no lock
 * and waits for nothing.
 */
public interface GroupEvents {

  /** Hears nothing and holds nothing. */
  GroupEvents NONE =
      new GroupEvents() {
        @Override
        public void changed(
            State.Tables tables,
            Group group,
            List<ReceivedAlerts.Row> fired,
            List<ReceivedAlerts.Row> resolved,
            long nowNanos) {}

        @Override
        public void muted(
            State.Tables tables,
            Group group,
            List<ReceivedAlerts.Row> alerts,
            String why,
            long nowNanos) {}

        @Override
        public boolean acknowledged(
            State.Tables tables, Group group, long[] firing, long nowNanos) {
          return false;
        }

        @Override
        public void known(State.Tables tables, Set<String> groupKeys, long nowNanos) {}
      };

  /**
   * A group of alerts.
   *
   * @param key the route's and the labels', as in the notification log
   * @param receiver of the route
   */
  record Group(String key, String receiver, Labels labels) {}

  /**
   * Alerts of a group fire that did not, or are over. One that is told a second time changes
   * nothing.
   *
   * @param fired alerts whose end is not known or in the future
   * @param resolved alerts whose end has passed
   */
  void changed(
      State.Tables tables,
      Group group,
      List<ReceivedAlerts.Row> fired,
      List<ReceivedAlerts.Row> resolved,
      long nowNanos);

  /**
   * Alerts of a group are not told, for a reason that is new.
   *
   * @param why in words, such as {@code silence 3f0e…}
   */
  void muted(
      State.Tables tables, Group group, List<ReceivedAlerts.Row> alerts, String why, long nowNanos);

  /**
   * Whether somebody has seen all these alerts, so that they need not be told again.
   *
   * @param firing hashes for the notification log, ascending
   */
  boolean acknowledged(State.Tables tables, Group group, long[] firing, long nowNanos);

  /** The only groups that there are after a start. */
  void known(State.Tables tables, Set<String> groupKeys, long nowNanos);
}
