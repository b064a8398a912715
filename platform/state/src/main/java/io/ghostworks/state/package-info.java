/**
 * Small durable state: alert instances, the alerts a receiver is told about, the notification log
 * and the outbox. Callers see one interface per concern inside a transaction; that SQLite, JDBI and
 * Flyway stand behind them is known nowhere else. It holds no telemetry and knows no rule and no
 * route.
 */
package io.ghostworks.state;
