/** Time as a dependency: real in the process, simulated in tests. */
package io.ghostworks.runtime.time;
