/**
 * Runs test scripts in the language of Loki's logqltest over records in memory: log lines are
 * loaded, queries evaluated by the engine and compared with what the script expects.
 */
package io.ghostworks.logql.script;
