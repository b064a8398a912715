/** Clock, randomness, pools, the memory ledger, the metrics and log of the platform itself. */
package io.ghostworks.runtime;
